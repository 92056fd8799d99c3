"""A list as a whole: whether it may be imported under its name, and what describes it."""

import re
from dataclasses import replace
from typing import Final

from pyoxigraph import Literal, NamedNode, Quad

from graph.addresses import Addresses
from graph.errors import KnowledgeError
from graph.importing.plans import ListInfo
from graph.importing.problems import shortened
from graph.knowledge import Source
from graph.store import graph_of, subject_of
from ontology import CR, Bilingual

CHECKSUM: Final = NamedNode(CR + "checksum")
"""Says of a source which file it was read from, so that the same file is recognised."""

_SOURCE_NAME: Final = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?")
_DATE: Final = re.compile(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?")


def check_info(info: ListInfo, earlier: Source | None) -> None:
    """Refuse a name that cannot name a source, a wrong date, and a source of another kind.

    Raises:
        KnowledgeError: one of these.
    """
    if not _SOURCE_NAME.fullmatch(info.source):
        raise KnowledgeError(
            Bilingual(
                "“{name}” cannot be the name of a source.",
                "„{name}“ kann kein Name einer Quelle sein.",
            ).with_(name=shortened(info.source)),
            Bilingual(
                "Use up to 64 small letters, digits and hyphens, for example optence-members.",
                "Bis zu 64 kleine Buchstaben, Ziffern und Bindestriche schreiben, zum Beispiel "
                "optence-mitglieder.",
            ),
        )
    if info.as_of and not _DATE.fullmatch(info.as_of):
        raise KnowledgeError(
            Bilingual("“{text}” is not a date.", "„{text}“ ist kein Datum.").with_(
                text=shortened(info.as_of)
            ),
            Bilingual(
                "Write 2016, 2016-03 or 2016-03-04.", "2016, 2016-03 oder 2016-03-04 schreiben."
            ),
        )
    if earlier and earlier.kind and earlier.kind != info.kind:
        raise KnowledgeError(
            Bilingual(
                "The source “{source}” holds rows of the kind {old}, not {new}.",
                "Die Quelle „{source}“ enthält Zeilen der Art {old}, nicht {new}.",
            ).with_(source=info.source, old=earlier.kind, new=info.kind),
            Bilingual(
                "Choose another name for the source, or the kind {old}.",
                "Einen anderen Namen für die Quelle wählen oder die Art {old}.",
            ).with_(old=earlier.kind),
        )


def constants(info: ListInfo) -> dict[str, Literal]:
    """What every row of a list says that does not say it itself: property to value."""
    said: dict[str, Literal] = {}
    if info.as_of:
        said[CR + "asOf"] = Literal(info.as_of)
    if info.status:
        said[CR + "status"] = Literal(info.status)
    if info.invented:
        said[CR + "invented"] = Literal(True)
    return said


def remembered(info: ListInfo, earlier: Source | None) -> ListInfo:
    """What a list is, with what was told the last time and is not told now."""
    if earlier is None:
        return replace(info, complete=info.complete is not False)
    return replace(
        info,
        label=info.label or earlier.label,
        label_de=info.label_de if info.label else earlier.label_de,
        owner=info.owner or earlier.owner,
        as_of=info.as_of or earlier.as_of,
        complete=earlier.complete if info.complete is None else info.complete,
    )


def describe(addresses: Addresses, info: ListInfo) -> frozenset[Quad]:
    """What the source says about itself."""
    source = Source(
        info.source,
        kind=info.kind,
        owner=info.owner,
        label=info.label,
        label_de=info.label_de,
        as_of=info.as_of,
        complete=bool(info.complete),
    )
    quads = source.quads(addresses)
    if not info.checksum:
        return quads
    one = next(iter(quads))
    return quads | {Quad(subject_of(one), CHECKSUM, Literal(info.checksum), graph_of(one))}
