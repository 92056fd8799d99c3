"""What crosses the border of the knowledge: changes, batches and sources."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from pyoxigraph import Literal, NamedNode, Quad

from graph.addresses import Addresses
from graph.audience import PUBLIC
from graph.source_names import called
from graph.store import object_of
from ontology import CR, RDF, RDFS, XSD

_BOOLEAN: Final = NamedNode(XSD + "boolean")


@dataclass(frozen=True)
class Change:
    """Source and decision quads to put in and to take out.

    A quad in both stays; putting in what is there and taking out what is not changes nothing.
    """

    add: frozenset[Quad] = frozenset()
    remove: frozenset[Quad] = frozenset()


@dataclass(frozen=True)
class About:
    """What a batch was, in words that a list of batches can show.

    Attributes:
        kind: the kind of work (``import``, ``edit``, ``undo``, ``rebuild``, ``erasure``).
        source: the name of the source it came from; empty if none.
        title: a file name or a sentence.
        counts: numbers by name (``rows``, ``new``, ``changed``, ...).
        audience: who may know title and counts; empty: whoever may know of the batch.
    """

    kind: str
    source: str = ""
    title: str = ""
    counts: Mapping[str, int] = field(default_factory=dict, hash=False)
    audience: str = ""


@dataclass(frozen=True)
class Batch:
    """One commit that was carried out.

    Attributes:
        number: counts up from 1; also the generation that it made.
        time: when, in UTC.
        about: what it was.
        added: how many source and decision quads came.
        removed: how many went.
        undone_by: the batch that took it back, while that one is in force; else None.
        undoes: the batch that it takes back, or None.
        erased: how many of its statements were erased since, for good.
        kept: whether what it changed is still kept, so that it can be undone.
        id: names it to viewers, to whom its number would tell of hidden commits.
        audiences: how many quads of each audience came and went.
    """

    number: int
    time: datetime
    about: About
    added: int = 0
    removed: int = 0
    undone_by: int | None = None
    undoes: int | None = None
    erased: int = 0
    kept: bool = True
    id: str = ""
    audiences: Mapping[str, tuple[int, int]] = field(default_factory=dict, hash=False)


@dataclass(frozen=True)
class Source:
    """One list or one origin, as it describes itself.

    Attributes:
        name: unique in the data folder; part of the addresses of its rows.
        kind: the kind of its rows (``organisation``); empty if mixed or unknown.
        owner: whose list it is; empty if nobody's.
        label: its name for people; the name where it gives none.
        label_de: its name in German, where ``label`` is English; empty: one name for all.
        as_of: the year or date its statements are of; empty if current.
        complete: whether a row that is no longer in the list is gone.
    """

    name: str
    kind: str = ""
    owner: str = ""
    label: str = ""
    as_of: str = ""
    complete: bool = False
    label_de: str = ""

    def quads(self, addresses: Addresses, audience: str = PUBLIC) -> frozenset[Quad]:
        """The description of the source, in its own graph for one audience.

        It is read as the thing ``id/source/<name>``.
        """
        subject = NamedNode(addresses.source(self.name))
        graph = NamedNode(addresses.source_graph(self.name, audience))
        said: list[tuple[str, NamedNode | Literal]] = [
            (RDF + "type", NamedNode(CR + "Source")),
            *((RDFS + "label", label) for label in self._labels()),
            (CR + "complete", Literal("true" if self.complete else "false", datatype=_BOOLEAN)),
        ]
        for name, text in (
            ("sourceKind", self.kind),
            ("owner", self.owner),
            ("asOf", self.as_of),
        ):
            if text:
                said.append((CR + name, Literal(text)))
        return frozenset(Quad(subject, NamedNode(name), term, graph) for name, term in said)

    def _labels(self) -> list[Literal]:
        name = self.label or called(self.name)
        if not self.label_de:
            return [Literal(name)]
        return [Literal(name, language="en"), Literal(self.label_de, language="de")]

    @classmethod
    def read(cls, name: str, quads: Iterable[Quad]) -> "Source":
        """The source that the quads about it describe; a bare name where there are none."""
        said: dict[str, str] = {}
        label_de = ""
        for quad in sorted(quads, key=str, reverse=True):
            value = object_of(quad)
            if isinstance(value, Literal) and value.language == "de":
                label_de = value.value
            else:
                said[quad.predicate.value] = value.value
        return cls(
            name=name,
            kind=said.get(CR + "sourceKind", ""),
            owner=said.get(CR + "owner", ""),
            label=said.get(RDFS + "label", called(name)),
            as_of=said.get(CR + "asOf", ""),
            complete=said.get(CR + "complete") == "true",
            label_de=label_de,
        )
