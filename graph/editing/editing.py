"""An edit: what members say by hand of one thing, property by property."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from pyoxigraph import NamedNode, Quad

from graph import decisions
from graph.audience import Viewer, readable
from graph.editing.changes import PropertyChange
from graph.editing.messages import no_such_thing
from graph.editing.returning import refuse_who_was_erased
from graph.editing.standing import Standing
from graph.editing.values import Values, with_kind
from graph.knowledge import About, Batch, Change, Knowledge, Source
from graph.knowledge.reading import on_demand
from graph.knowledge.resolving import context, width
from graph.knowledge.telling import audience_of
from graph.source_names import EDITS
from graph.store import NodeTerm, graph_of, object_of
from ontology import RDF

_TYPE: Final = RDF + "type"
_LABEL: Final = ("Written by hand", "Von Hand geschrieben")


def edit(
    knowledge: Knowledge,
    thing: str,
    changes: Sequence[PropertyChange],
    *,
    account: str,
    viewer: Viewer,
    now: datetime,
) -> Batch | None:
    """Let members say something about a thing by hand, in one commit.

    For each property the values are all that is to be said from now on, as far as the editor
    may read it; what others say there to audiences that the editor does not belong to stays.
    Where that is what is read already, lists go on counting. Editing the same values again
    settles a doubt (:func:`~graph.editing.doubts`) in favour of what was written by hand.

    Args:
        knowledge: what is known.
        thing: its canonical IRI.
        changes: properties with their values, each property once.
        account: who decides that these values count.
        viewer: the editor; each value's audience is one of the editor's.
        now: when, with a time zone.

    Returns:
        The batch; None where nothing changes.

    Raises:
        KnowledgeError: there is no such thing for the editor, a value would tell an audience of
            something that it may not know, or somebody who was erased would be back.
    """
    with knowledge.alone():
        view = knowledge.view(viewer)
        known = view.thing(thing)
        if known is None or known.kind == "source":
            raise no_such_thing()
        refuse_who_was_erased(knowledge, view, known.kind, thing, changes)
        values = Values(knowledge, view, known.kind, thing, _told(changes))
        pen = Pen(knowledge, thing, account, viewer, now)
        for change in changes:
            wanted = values.by_audience(with_kind(change, known.kind))
            for audience in wanted:
                values.check_known(thing, audience)
            pen.say(change.property, wanted)
        return pen.commit("edit")


def withdraw(
    knowledge: Knowledge,
    thing: str,
    properties: Iterable[str],
    *,
    account: str,
    viewer: Viewer,
    now: datetime,
) -> Batch | None:
    """Take back what was written by hand of some properties, so that lists count again.

    Arguments as for :func:`edit`; it settles a doubt in favour of the lists.
    """
    with knowledge.alone():
        if knowledge.view(viewer).thing(thing) is None:
            raise no_such_thing()
        pen = Pen(knowledge, thing, account, viewer, now)
        for name in properties:
            pen.withdraw(name)
        return pen.commit("edit")


def _told(changes: Iterable[PropertyChange]) -> str:
    """The widest audience that is told of what the thing is, and so of the thing; empty: none."""
    told = {said.audience for one in changes if one.property == _TYPE for said in one.values}
    return min(told, key=lambda audience: (width(audience), audience), default="")


@dataclass(frozen=True)
class _Plan:
    """What is to be said by hand to one audience, and whether that is to count alone."""

    standing: Standing
    values: frozenset[NodeTerm]
    decides: bool


class Pen:
    """Writes down what one editor wants to be said of one thing.

    Args:
        knowledge: what is known; nobody else changes it meanwhile.
        thing: IRI of the thing.
        account: who decides.
        viewer: the editor.
        now: when.
    """

    def __init__(
        self, knowledge: Knowledge, thing: str, account: str, viewer: Viewer, now: datetime
    ) -> None:
        self._knowledge = knowledge
        self._addresses = knowledge.addresses
        self._thing = thing
        self._account = account
        self._audiences = readable(viewer)
        self._now = now
        self._reading = on_demand(knowledge.store, knowledge.addresses)
        self.add: set[Quad] = set()
        self.remove: set[Quad] = set()

    def standing(self, property_: str) -> dict[str, Standing]:
        """How a property stands for each of the editor's audiences."""
        return {
            audience: Standing(self._reading, self._thing, property_, audience)
            for audience in self._audiences
        }

    def say(self, property_: str, wanted: dict[str, frozenset[NodeTerm]]) -> None:
        """Say exactly this of a property: audience to values."""
        standing = self.standing(property_)
        nothing: frozenset[NodeTerm] = frozenset()
        moved = [
            audience
            for audience, one in standing.items()
            if _differs(one, wanted.get(audience, nothing)) or one.is_doubtful
        ]
        if not moved:
            return
        touched = _touched(moved, self._audiences)
        plans = [
            _Plan(standing[a], wanted.get(a, nothing), self._decides(standing[a], a, moved))
            for a in touched
        ]
        own = [p for p in plans if p.standing.audience in moved or p.standing.by_lists]
        if all(self._as_lists_say(plan, touched) for plan in own):
            plans = [_Plan(plan.standing, nothing, False) for plan in own]
        for plan in plans:
            self._write(plan, property_)

    def withdraw(self, property_: str) -> None:
        """Say nothing of a property, and let lists count."""
        for one in self.standing(property_).values():
            self.remove |= one.by_hand | self._decisions(one)

    def commit(self, kind: str) -> Batch | None:
        """Carry it out, if there is anything to do."""
        change = Change(frozenset(self.add), frozenset(self.remove))
        store = self._knowledge.store
        if all(quad in store for quad in change.add) and not change.remove - change.add:
            return None
        is_said = self._addresses.parse_source_graph
        said = {quad for quad in self.add if is_said(graph_of(quad).value)}
        self._introduce({audience_of(quad) for quad in said})
        place = self._addresses.parse(self._thing)
        return self._knowledge.commit(change, About(kind, EDITS, "/".join(place or ())))

    def state(self, predicate: str, values: Iterable[NodeTerm], audience: str) -> None:
        """Say something to an audience, whatever else is said."""
        graph = NamedNode(self._addresses.source_graph(EDITS, audience))
        node, prop = NamedNode(self._thing), NamedNode(predicate)
        self.add |= {Quad(node, prop, value, graph) for value in values}

    def _introduce(self, audiences: Iterable[str]) -> None:
        """Let the source describe itself to those it speaks to for the first time.

        In a batch of its own: undoing the first edit must not take it from the later ones.
        """
        source = Source(EDITS, label=_LABEL[0], label_de=_LABEL[1])
        for audience in audiences:
            described = source.quads(self._addresses, audience)
            if not all(quad in self._knowledge.store for quad in described):
                self._knowledge.commit(Change(described), About("source", EDITS))

    def _decides(self, standing: Standing, audience: str, moved: Iterable[str]) -> bool:
        """Whether it must be decided here that what is written by hand counts alone.

        A wider decision holds here as well; but what lists say to this very audience is
        remembered with a decision of this audience.
        """
        wider = any(one in context(audience) and one != audience for one in moved)
        return not wider or bool(standing.by_lists)

    def _as_lists_say(self, plan: _Plan, touched: Iterable[str]) -> bool:
        """Whether lists alone say what is wanted, once decisions in ``touched`` are gone."""
        one = plan.standing
        beyond = set(context(one.audience)) - set(touched)
        return one.meant(plan.values) == one.of_lists() and not (
            one.winner_in(beyond) or self._words(plan.values)
        )

    def _words(self, values: Iterable[NodeTerm]) -> bool:
        return any(self._addresses.parse_term(value.value) for value in values)

    def _write(self, plan: _Plan, property_: str) -> None:
        one = plan.standing
        self.remove |= one.by_hand | self._decisions(one)
        if plan.values:
            self.state(property_, plan.values, one.audience)
        if plan.decides:
            self.add |= decisions.value_wins(
                self._addresses,
                self._thing,
                property_,
                EDITS,
                self._account,
                self._now,
                one.audience,
                digest=one.digest,
            )

    def _decisions(self, standing: Standing) -> set[Quad]:
        """The quads of all that was decided in an audience about which value counts."""
        graph = NamedNode(self._addresses.decision_graph(standing.audience))
        return {
            quad
            for decision in standing.decided
            for quad in self._knowledge.store.match(NamedNode(decision.iri), None, None, graph)
        }


def _differs(standing: Standing, wanted: frozenset[NodeTerm]) -> bool:
    """Whether an audience reads something else than is wanted, open words included."""
    if standing.meant(wanted) != standing.read:
        return True
    return _unread(standing, wanted) != _unread(
        standing, (object_of(quad) for quad in standing.by_hand)
    )


def _unread(standing: Standing, values: Iterable[NodeTerm]) -> set[NodeTerm]:
    return {value for value in values if not standing.meant([value])}


def _touched(moved: Sequence[str], audiences: Iterable[str]) -> list[str]:
    """The audiences whose values are written anew: what moved, and all that is narrower."""
    return [a for a in audiences if any(one in context(a) for one in moved)]
