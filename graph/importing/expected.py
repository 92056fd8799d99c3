"""What columns lists of a kind may have, and which they must have."""

from typing import Final

from graph.errors import KnowledgeError
from graph.importing.columns import Mapping
from graph.importing.headers import ID, LOCATION, NAMES, columns_of
from graph.importing.problems import shortened
from graph.importing.reading import Table
from ontology import KINDS, Bilingual, KindShape, checks

TOPIC_KINDS: Final = ("topic", "competence", "sector")
"""One list holds them all; its column ``kind`` tells which."""


def shape_of(kind: str) -> KindShape:
    """The shape of the rows of a list.

    Raises:
        KnowledgeError: there is no such kind.
    """
    if kind in KINDS and kind != "source":
        return checks("topic" if kind in TOPIC_KINDS else kind)
    listed = ", ".join(name for name in KINDS if name != "source")
    if not kind:
        raise KnowledgeError(
            Bilingual(
                "It is not said what one row of the list is.",
                "Es ist nicht gesagt, was eine Zeile der Liste ist.",
            ),
            Bilingual("Say so (--kind): {listed}.", "Das angeben (--kind): {listed}.").with_(
                listed=listed
            ),
        )
    raise KnowledgeError(
        Bilingual("There is no kind “{kind}”.", "Es gibt keine Art „{kind}“.").with_(
            kind=shortened(kind)
        ),
        Bilingual("Choose one of: {listed}.", "Eine davon wählen: {listed}.").with_(listed=listed),
    )


def known_columns(kind: str) -> tuple[str, ...]:
    """What a person may say that a column is, in the order of a template.

    Raises:
        KnowledgeError: there is no such kind.

    >>> known_columns("place")[:3]
    ('id', 'name', 'name_de')
    """
    shape = shape_of(kind)
    names = [ID, *(name for name, _ in columns_of(shape))]
    located = [LOCATION] if "city" in names else []
    return tuple(dict.fromkeys([*names, *located]))


def unknown_column(shape: KindShape) -> Bilingual:
    """What is said of a column that nothing speaks for."""
    names = dict.fromkeys([ID, *(name for name, _ in columns_of(shape))])
    return Bilingual(
        "This column is not known here, so it is left out. Known are: {names}.",
        "Diese Spalte ist hier nicht bekannt und bleibt deshalb unbeachtet. Bekannt sind: {names}.",
    ).with_(names=", ".join(names))


def require_a_name(mapping: Mapping, shape: KindShape, table: Table) -> None:
    """Every list must name its rows, by an id or by a name.

    Raises:
        KnowledgeError: this one does not.
    """
    if mapping.kind == "figure" and mapping.column("subject") and mapping.column("measure"):
        return
    if mapping.column(ID) or any(c.check and c.check.path in NAMES for c in mapping.columns):
        return
    names = [name for name, check in columns_of(shape) if check.path in NAMES]
    raise KnowledgeError(
        Bilingual(
            "{table} has no column that names its rows.",
            "{table} hat keine Spalte, die ihre Zeilen benennt.",
        ).with_(table=table.name or "table"),
        Bilingual(
            "Add one of these columns: {names}.", "Eine dieser Spalten ergänzen: {names}."
        ).with_(names=", ".join(dict.fromkeys([ID, *names]))),
    )
