"""The SHACL shapes, compiled once to checks of columns.

A validator that knows all of SHACL looks at about 800 organisations a second; a list has
200,000 rows. So the shapes keep to a subset that becomes plain column checks, and a shape that
says anything else is refused when it is read: nothing is ever checked by halves. The full
validator stays the judge of the same shapes in ``clusterradar check``.

The subset: a node shape has target classes and property shapes; a property shape has a path of
one property and, of the constraints, ``datatype``, ``class``, ``or`` over single classes,
``nodeKind`` (IRI or literal), ``in``, ``pattern``, ``minCount``, ``maxCount``, ``minInclusive``,
``maxInclusive``, ``minLength``, ``maxLength``, ``languageIn`` and ``uniqueLang``.
"""

from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Final

from pyoxigraph import BlankNode, NamedNode

from ontology.bilingual import Bilingual
from ontology.files import files
from ontology.kinds import KIND_OF_CLASS, KINDS
from ontology.namespaces import CR, RDF, RDFS, SH
from ontology.turtle import Node, Turtle


class ShapeError(ValueError):
    """A shape says something that cannot be compiled to a column check."""


@dataclass(frozen=True)
class PropertyCheck:
    """What a shape says about one property of a kind.

    Attributes:
        path: IRI of the property.
        columns: the columns of a list that hold its values; those that end in ``_de`` or
            ``_en`` hold texts in that language.
        aliases: other headings, as people write them, for the first column (or, where all
            columns have a language, for the column without its ending).
        label: what a form and a message call it.
        comment: what to write there.
        datatype: IRI of the datatype that every value has; empty where any will do.
        kinds: the kinds of things that a value may be; empty for literals and web addresses.
        classes: the IRIs of the classes of these kinds.
        in_values: the codes that may be written; empty where anything may.
        pattern: a regular expression that is found in every value; empty for none.
        min_count: how many values there must be.
        max_count: how many values there may be; None for any number.
        min_value, max_value: bounds of a number, themselves allowed.
        min_length, max_length: bounds of the number of characters.
        languages: the languages that a text may have; empty where it needs none.
        unique_lang: whether there is at most one text in a language.
        node_kind: ``IRI``, ``Literal`` or empty.
    """

    path: str
    columns: tuple[str, ...]
    aliases: tuple[str, ...]
    label: Bilingual
    comment: Bilingual
    datatype: str = ""
    kinds: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()
    in_values: tuple[str, ...] = ()
    pattern: str = ""
    min_count: int = 0
    max_count: int | None = None
    min_value: Decimal | None = None
    max_value: Decimal | None = None
    min_length: int | None = None
    max_length: int | None = None
    languages: tuple[str, ...] = ()
    unique_lang: bool = False
    node_kind: str = ""

    @property
    def many(self) -> bool:
        """Whether one cell may hold several values."""
        return self.max_count != 1 and not self.unique_lang


@dataclass(frozen=True)
class KindShape:
    """What the shapes say about things of one kind.

    Attributes:
        kind: the word of the kind.
        properties: its properties, in the order in which a form shows them.
        weights: IRIs of the properties that a complete profile says something with, and their
            weights (whole numbers from 1 on), the heaviest first; empty where nobody asks how
            complete a thing of this kind is.
    """

    kind: str
    properties: tuple[PropertyCheck, ...]
    weights: tuple[tuple[str, int], ...] = ()

    def column(self, name: str) -> PropertyCheck | None:
        """The check whose values stand in a column of this name.

        >>> checks("cluster").column("members").path.rpartition("#")[2]
        'memberCount'
        """
        return next((check for check in self.properties if name in check.columns), None)

    def of(self, path: str) -> tuple[PropertyCheck, ...]:
        """Everything that is said about one property."""
        return tuple(check for check in self.properties if check.path == path)


def checks(kind: str) -> KindShape:
    """The shapes of a kind as column checks.

    Args:
        kind: the word of a kind; ``topic``, ``sector`` and ``competence`` share one shape,
            and so one file may hold all three.

    Raises:
        KeyError: there is no such kind.
        ShapeError: the shapes say something that cannot be compiled.
    """
    return compiled(files()["shapes"])[KINDS[kind].name]


@lru_cache(maxsize=4)
def compiled(path: Path) -> dict[str, KindShape]:
    """The shapes of a file by kind.

    Raises:
        ShapeError: a shape is outside the subset, or a kind has no shape or two.
    """
    shapes = Turtle([path])
    found: dict[str, KindShape] = {}
    for node in shapes.subjects(SH + "NodeShape"):
        _only(shapes, node, _NODE_WORDS)
        properties = _properties(shapes, node)
        weights = _weights(shapes, node, [check.path for check in properties])
        for target in shapes.texts(node, SH + "targetClass"):
            kind = KIND_OF_CLASS.get(target)
            if kind is None or kind.name in found:
                raise ShapeError(f"{node.value}: {target} is no kind, or has a shape already")
            found[kind.name] = KindShape(kind.name, properties, weights)
    if missing := set(KINDS) - set(found):
        raise ShapeError(f"no shape for {', '.join(sorted(missing))}")
    return found


_NODE_WORDS: Final = frozenset(
    {RDF + "type", RDFS + "label", SH + "targetClass", SH + "property", CR + "completeWith"}
)
_CONSTRAINTS: Final = (
    "path name description order datatype class or nodeKind in pattern minCount maxCount "
    "minInclusive maxInclusive minLength maxLength languageIn uniqueLang"
)
_PROPERTY_WORDS: Final = frozenset(
    {RDF + "type", CR + "column", CR + "columnAlias", CR + "cellIn"}
    | {SH + word for word in _CONSTRAINTS.split()}
)
_NODE_KINDS: Final = {SH + "IRI": "IRI", SH + "Literal": "Literal"}


def _only(shapes: Turtle, node: Node, words: frozenset[str]) -> None:
    if outside := sorted(set(shapes.properties(node)) - words):
        raise ShapeError(f"{node.value}: cannot be compiled: {', '.join(outside)}")


def _properties(shapes: Turtle, node: Node) -> tuple[PropertyCheck, ...]:
    ordered = sorted(
        shapes.values(node, SH + "property"),
        key=lambda prop: (Decimal(_one(shapes, prop, "order") or 0), prop.value),
    )
    return tuple(_property(shapes, prop) for prop in ordered)


def _weights(shapes: Turtle, node: Node, paths: list[str]) -> tuple[tuple[str, int], ...]:
    """The weighted properties of a complete profile, equal ones in the order of a form."""
    found: dict[str, int] = {}
    for pair in shapes.values(node, CR + "completeWith"):
        said = [value.value for value in shapes.members(pair)]
        if len(said) != 2 or said[0] not in paths or said[0] in found or not said[1].isdecimal():
            raise ShapeError(f"{node.value}: cr:completeWith takes ( property weight ), each once")
        found[said[0]] = int(said[1])
    return tuple(sorted(found.items(), key=lambda one: (-one[1], paths.index(one[0]))))


def _property(shapes: Turtle, node: Node) -> PropertyCheck:
    _only(shapes, node, _PROPERTY_WORDS)
    classes = _allowed_classes(shapes, node)
    label, comment = (shapes.bilingual(node, SH + word) for word in ("name", "description"))
    columns = shapes.texts(node, CR + "column")
    path = next(iter(shapes.values(node, SH + "path")), None)
    if not (isinstance(path, NamedNode) and label and comment and columns):
        raise ShapeError(
            f"{node.value}: a property shape needs a path of one property, a column, and a name "
            "and a description in English and German"
        )
    return PropertyCheck(
        path=path.value,
        columns=columns,
        aliases=shapes.texts(node, CR + "columnAlias"),
        label=label,
        comment=comment,
        datatype=_one(shapes, node, "datatype"),
        kinds=tuple(KIND_OF_CLASS[cls].name for cls in classes),
        classes=classes,
        in_values=_listed(shapes, node, SH + "in") or _listed(shapes, node, CR + "cellIn"),
        pattern=_one(shapes, node, "pattern"),
        min_count=_number(shapes, node, "minCount") or 0,
        max_count=_number(shapes, node, "maxCount"),
        min_value=_decimal(shapes, node, "minInclusive"),
        max_value=_decimal(shapes, node, "maxInclusive"),
        min_length=_number(shapes, node, "minLength"),
        max_length=_number(shapes, node, "maxLength"),
        languages=_listed(shapes, node, SH + "languageIn"),
        unique_lang=_one(shapes, node, "uniqueLang") == "true",
        node_kind=_node_kind(shapes, node),
    )


def _one(shapes: Turtle, node: Node, word: str) -> str:
    found = shapes.texts(node, SH + word)
    if len(found) > 1:
        raise ShapeError(f"{node.value}: says sh:{word} more than once")
    return found[0] if found else ""


def _number(shapes: Turtle, node: Node, word: str) -> int | None:
    text = _one(shapes, node, word)
    return int(text) if text else None


def _decimal(shapes: Turtle, node: Node, word: str) -> Decimal | None:
    text = _one(shapes, node, word)
    return Decimal(text) if text else None


def _listed(shapes: Turtle, node: Node, prop: str) -> tuple[str, ...]:
    found = shapes.values(node, prop)
    if len(found) > 1:
        raise ShapeError(f"{node.value}: says {prop} more than once")
    return tuple(value.value for value in shapes.members(found[0])) if found else ()


def _node_kind(shapes: Turtle, node: Node) -> str:
    word = _one(shapes, node, "nodeKind")
    if word and word not in _NODE_KINDS:
        raise ShapeError(f"{node.value}: cannot be compiled: sh:nodeKind {word}")
    return _NODE_KINDS.get(word, "")


def _allowed_classes(shapes: Turtle, node: Node) -> tuple[str, ...]:
    """The classes of ``sh:class``, or of an ``sh:or`` over single classes."""
    one = _one(shapes, node, "class")
    choices = shapes.values(node, SH + "or")
    if len(choices) > 1 or (choices and one):
        raise ShapeError(f"{node.value}: cannot be compiled: sh:or beside a second one or sh:class")
    if choices:
        classes = tuple(_choice(shapes, node, choice) for choice in shapes.members(choices[0]))
    else:
        classes = tuple(word for word in (one,) if word)
    if unknown := [cls for cls in classes if cls not in KIND_OF_CLASS]:
        raise ShapeError(f"{node.value}: {', '.join(unknown)} is no kind's class")
    return classes


def _choice(shapes: Turtle, node: Node, choice: Node) -> str:
    if isinstance(choice, BlankNode) and shapes.properties(choice) == [SH + "class"]:
        return _one(shapes, choice, "class")
    raise ShapeError(f"{node.value}: cannot be compiled: sh:or over more than classes")
