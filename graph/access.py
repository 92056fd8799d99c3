"""Why somebody can or cannot see what is said about a thing: for whoever may see it all."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from graph.audience import PLATFORM, PUBLIC, Viewer
from graph.editing import others_say
from graph.knowledge import Knowledge, View
from graph.knowledge.reading import ever_one, on_demand
from graph.model import Statement
from ontology import KINDS, RDF, Bilingual

_TYPE: Final = RDF + "type"


@dataclass(frozen=True)
class Access:
    """Whether somebody sees one statement, and why.

    Attributes:
        statement: what is said.
        source: the name of the source that says it; empty where it follows from others.
        audience: whom it is said to.
        sees: whether the person in question reads it.
        why: what decides that.
    """

    statement: Statement
    source: str
    audience: str
    sees: bool
    why: Bilingual


def explain_access(
    knowledge: Knowledge, thing: str, audiences: Iterable[str], viewer: Viewer
) -> list[Access]:
    """Why somebody can, or cannot, see what is said about a thing.

    It tells only of what whoever asks may read: about a statement that is hidden from the
    asker nothing is said, whether the other sees it or not.

    Args:
        knowledge: what is known.
        thing: its canonical IRI.
        audiences: those of the person in question (:func:`~graph.readable`).
        viewer: who asks.

    Returns:
        The statements about the thing, those of what it is first; none where there is no such
        thing for whoever asks.
    """
    view = knowledge.view(viewer)
    if view.thing(thing) is None:
        return []
    theirs = frozenset(audiences)
    origins = view.origins(thing)
    knows = any(one.audience in theirs and _is_kind(one.statement) for one in origins)
    found = []
    for one in origins:
        heard = one.audience in theirs
        why = _why(one.audience, heard=heard, knows=knows)
        found.append(Access(one.statement, one.source, one.audience, heard and knows, why))
    found += _lost(knowledge, thing, viewer)
    return sorted(found, key=_order)


def _is_kind(statement: Statement) -> bool:
    """Whether a statement makes a thing one that is there."""
    kinds = {kind.iri for kind in KINDS.values()}
    return statement.predicate == _TYPE and statement.object.value in kinds


def _why(audience: str, *, heard: bool, knows: bool) -> Bilingual:
    if not heard:
        return _NOT_TOLD.with_(audience=audience)
    if not knows:
        return _NOT_THERE
    return {PUBLIC: _PUBLIC, PLATFORM: _SIGNED_IN}.get(audience, _TOLD).with_(audience=audience)


def _lost(knowledge: Knowledge, thing: str, viewer: Viewer) -> list[Access]:
    """What lists say that nobody reads, because something else counts."""
    return [
        Access(
            Statement(thing, name, saying.value),
            saying.source,
            saying.audience,
            False,
            _DOES_NOT_COUNT,
        )
        for name in _decided(knowledge, thing, knowledge.view(viewer))
        for saying in others_say(knowledge, thing, name, viewer)
        if not saying.counts
    ]


def _decided(knowledge: Knowledge, thing: str, view: View) -> list[str]:
    """The properties for which somebody decided that one source counts."""
    decided = on_demand(knowledge.store, knowledge.addresses).decided
    found = {
        name
        for member in ever_one((thing,), decided)
        for decision in decided.about(member)
        if decision.audience in view.audiences
        for name in decision.properties
    }
    return sorted(found)


def _order(access: Access) -> tuple[bool, str, str, str, str]:
    said = access.statement
    return (
        not _is_kind(said),
        said.predicate,
        str(said.object),
        access.audience,
        access.source,
    )


_PUBLIC: Final = Bilingual("Everybody reads it.", "Alle lesen es.")
_SIGNED_IN: Final = Bilingual("Whoever is signed in reads it.", "Wer angemeldet ist, liest es.")
_TOLD: Final = Bilingual(
    "It is told to “{audience}”, to which they belong.",
    "Es ist für „{audience}“ bestimmt, wozu sie gehören.",
)
_NOT_TOLD: Final = Bilingual(
    "It is told only to “{audience}”, to which they do not belong.",
    "Es ist nur für „{audience}“ bestimmt, wozu sie nicht gehören.",
)
_NOT_THERE: Final = Bilingual(
    "They are told it, but not that there is such a thing; so nothing of it is shown to them.",
    "Es ist für sie bestimmt, aber nicht, dass es dieses Ding gibt; also sehen sie nichts davon.",
)
_DOES_NOT_COUNT: Final = Bilingual(
    "Nobody reads it: something else was decided to count for this property.",
    "Niemand liest es: Für diese Eigenschaft wurde entschieden, dass etwas anderes gilt.",
)
