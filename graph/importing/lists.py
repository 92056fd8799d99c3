"""A list as a whole: whether it may be imported under its name, and what describes it."""

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from pyoxigraph import Literal, NamedNode, Quad

from graph.addresses import Addresses
from graph.audience import PUBLIC
from graph.errors import KnowledgeError
from graph.importing.choices import choice_quads
from graph.importing.plans import ListInfo
from graph.importing.problems import shortened
from graph.knowledge import Knowledge, Source
from graph.source_names import EDITS, called, owner_of, source_name
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
    if not _SOURCE_NAME.fullmatch(called(info.source)) or info.source == EDITS:
        raise wrong_name(called(info.source))
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
            ).with_(source=called(info.source), old=earlier.kind, new=info.kind),
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


def inside(info: ListInfo) -> ListInfo:
    """A list with the name that it has inside: names are unique per owner.

    Raises:
        KnowledgeError: the name is that of another owner's list.
    """
    plain, owner = called(info.source), owner_of("", info.owner)
    if info.source not in (plain, source_name(plain, owner)):
        raise wrong_name(info.source)
    return replace(info, source=source_name(plain, owner))


def described(
    knowledge: Knowledge, source: str, audiences: Iterable[str]
) -> tuple[Source | None, str]:
    """How a source describes itself, and the widest audience that it does so to.

    Args:
        knowledge: what is known.
        source: its name inside.
        audiences: those that the importer may read, the widest first.
    """
    subject = NamedNode(knowledge.addresses.source(source))
    for audience in audiences:
        graph = NamedNode(knowledge.addresses.source_graph(source, audience))
        said = list(knowledge.store.match(subject, None, None, graph))
        if said:
            return Source.read(source, said), audience
    return None, PUBLIC


def wrong_name(name: str) -> KnowledgeError:
    """A text cannot be the name of the importer's list."""
    return KnowledgeError(
        Bilingual(
            "“{name}” cannot be the name of a source.",
            "„{name}“ kann kein Name einer Quelle sein.",
        ).with_(name=shortened(name)),
        Bilingual(
            "Use up to 64 small letters, digits and hyphens, for example optence-members.",
            "Bis zu 64 kleine Buchstaben, Ziffern und Bindestriche schreiben, zum Beispiel "
            "optence-mitglieder.",
        ),
    )


def not_yours(audience: str) -> KnowledgeError:
    """The importer does not belong to the audience of the list."""
    return KnowledgeError(
        Bilingual(
            "This list would be for “{audience}”, to which you do not belong.",
            "Diese Liste wäre für „{audience}“, wozu Sie nicht gehören.",
        ).with_(audience=audience),
        Bilingual("Choose another audience.", "Einen anderen Leserkreis wählen."),
    )


def remembered(info: ListInfo, earlier: Source | None, audience: str) -> ListInfo:
    """What a list is, with what was told the last time and is not told now.

    Args:
        info: what is told now.
        earlier: what the source says about itself.
        audience: whom it says it to.
    """
    info = replace(info, audience=info.audience or audience)
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
    quads = source.quads(addresses, info.audience)
    quads |= choice_quads(addresses, info.source, info.audience, info.choices)
    if not info.checksum:
        return quads
    one = next(iter(quads))
    return quads | {Quad(subject_of(one), CHECKSUM, Literal(info.checksum), graph_of(one))}
