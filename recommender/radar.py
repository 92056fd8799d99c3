"""The radar: what is near a centre, for one viewer, with a reason for everything."""

from collections import OrderedDict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from threading import Lock
from typing import Final

import numpy as np

from graph import ANONYMOUS, Viewer
from ontology import KINDS
from recommender.answer import Connection, Node, RadarAnswer
from recommender.connecting import Connecting
from recommender.engine.pagerank import best
from recommender.ground import Ground, Grounds, Knowable
from recommender.look import LENSES, Look, Middle
from recommender.mine import Seed, me, middle_of, nodes_of
from recommender.snapshot import KIND_NUMBER
from recommender.telling import Teller, connection

MOST: Final = 24
"""Suggestions that a wedge shows at most."""

_REMEMBERED: Final = 64
"""Answers that are kept for whoever asks the same again: the page asks what its script asks."""


class Radar:
    """Answers what is near.

    Args:
        knowledge: what the answers are about. Answers follow its newest generation.
    """

    def __init__(self, knowledge: Knowable) -> None:
        self._grounds = Grounds(knowledge)
        self._answers: OrderedDict[tuple[object, ...], RadarAnswer] = OrderedDict()
        self._lock = Lock()

    def answer(
        self,
        iri: str,
        *,
        viewer: Viewer = ANONYMOUS,
        lens: str = "nearest",
        kinds: Collection[str] | None = None,
        limit: int = MOST,
        lang: str = "en",
        unwanted: Sequence[str] = (),
    ) -> RadarAnswer:
        """What lies around a thing.

        Args:
            iri: the centre; an address that it had before a merge will do.
            viewer: who asks. Only statements that the viewer may read are counted.
            lens: one of :data:`recommender.LENSES`; ``beyond`` shows whatever belongs to some
                cluster, but to none of the centre's.
            kinds: only these kinds (``topic``, ``event``, ...); by default all that are drawn.
            limit: suggestions a wedge, at most 24.
            lang: ``de`` or ``en``.
            unwanted: IRIs of what is not to be suggested.

        Returns:
            The suggestions, best first, each with a reason; none where nothing is linked to
            the centre. The score is the proximity as a share of the nearest thing's, fading
            as :mod:`recommender.variety` says.

        Raises:
            KnowledgeError: there is no such thing that the viewer may read.
            ValueError: there is no such lens, kind or limit.
        """
        how = _How.of(lens, kinds, limit, lang, unwanted)
        return self._remembered(self._grounds.of(viewer), iri, how, viewer)

    def mine(
        self,
        seeds: Sequence[Seed],
        *,
        viewer: Viewer,
        name: str = "",
        lens: str = "nearest",
        kinds: Collection[str] | None = None,
        limit: int = MOST,
        lang: str = "en",
        unwanted: Sequence[str] = (),
    ) -> RadarAnswer:
        """What lies around somebody: near their organisation, interests and saved things.

        Args:
            seeds: what is theirs. What the viewer may not read, or what is gone, is left out.
            viewer: who asks. Only statements that the viewer may read are counted.
            name: what the centre is called.
            lens, kinds, limit, lang: as for :meth:`answer`; ``beyond`` looks beyond the clusters
                of their organisation and of themselves.
            unwanted: IRIs of what is not to be suggested, the newest first. What is near the
                newest of them fades, to a quarter at most.

        Returns:
            As for :meth:`answer`; the centre's kind is ``me``. The seeds are not suggested, nor
            what their own organisation says of itself: its machines, listings, people and
            competences. Each reason says which of the seeds it comes from, and its path begins
            with a step to that seed, which has no property.

        Raises:
            ValueError: there is no such lens, kind or limit.
        """
        how = _How.of(lens, kinds, limit, lang, unwanted)
        ground = self._grounds.of(viewer)
        answer = self._remembered(ground, tuple(seeds), how, viewer)
        return replace(answer, centre=me(ground.view.addresses.base, name))

    def connections(
        self, one: str, other: str, *, viewer: Viewer = ANONYMOUS, lang: str = "en", most: int = 5
    ) -> tuple[Connection, ...]:
        """How two things are connected.

        Args:
            one, other: their IRIs; addresses that they had before a merge will do.
            viewer: who asks. Only statements that the viewer may read are walked.
            lang: ``de`` or ``en``.
            most: how many connections are told.

        Returns:
            Connections of at most six statements, the shortest first and the strongest of equals,
            of which no two pass the same thing; none where there is none that explains anything.

        Raises:
            KnowledgeError: one of them is nothing that the viewer may read.
        """
        ground = self._grounds.of(viewer)
        number = ground.terrain.snapshot.number
        start, end = (number.get(ground.thing(iri).iri, -1) for iri in (one, other))
        if start < 0 or end < 0 or start == end:
            return ()
        found = Connecting(ground.terrain.arcs).ways(start, end, most)
        return tuple(connection(ground.names(lang), start, way, lang) for way in found)

    def best_linked(
        self, kinds: Collection[str], *, viewer: Viewer = ANONYMOUS, limit: int = 12, lang: str
    ) -> tuple[Node, ...]:
        """The things of some kinds with the most links that a viewer may read, best first."""
        ground = self._grounds.of(viewer)
        snapshot, degrees = ground.terrain.snapshot, np.diff(ground.terrain.arcs.pointers)
        wanted = [KIND_NUMBER[kind] for kind in kinds]
        there = best(np.flatnonzero(np.isin(snapshot.kinds, wanted)), degrees, limit)
        return tuple(ground.node(snapshot.iris[node], lang) for node in there.nodes.tolist())

    def _remembered(
        self, ground: Ground, centre: str | tuple[Seed, ...], how: "_How", viewer: Viewer
    ) -> RadarAnswer:
        """The answer, worked out where nobody asked the same before."""
        key = (ground.view.generation, ground.view.audiences, centre, how)
        with self._lock:
            answer = self._answers.get(key)
        if answer is None:
            answer = _answer(ground, centre, how)
        with self._lock:
            self._answers[key] = answer
            self._answers.move_to_end(key)
            while len(self._answers) > _REMEMBERED:
                self._answers.popitem(last=False)
        return replace(answer, viewer=viewer.name)


@dataclass(frozen=True)
class _How:
    """What an answer depends on beside its centre."""

    lens: str
    kinds: frozenset[str] | None
    limit: int
    lang: str
    unwanted: tuple[str, ...]

    @classmethod
    def of(
        cls,
        lens: str,
        kinds: Collection[str] | None,
        limit: int,
        lang: str,
        unwanted: Sequence[str],
    ) -> "_How":
        """What is asked, once it is known that it can be answered.

        Raises:
            ValueError: there is no such lens, kind or limit.
        """
        if lens not in LENSES:
            raise ValueError(f"a lens is one of {', '.join(LENSES)}: {lens}")
        if not 1 <= limit <= MOST:
            raise ValueError(f"limit lies between 1 and {MOST}: {limit}")
        unknown = set(kinds or ()) - KINDS.keys()
        if unknown:
            raise ValueError(f"there is no kind called {', '.join(sorted(unknown))}")
        wanted = None if kinds is None else frozenset(kinds)
        return cls(lens, wanted, limit, lang, tuple(unwanted))


def _answer(ground: Ground, centre: str | tuple[Seed, ...], how: _How) -> RadarAnswer:
    if isinstance(centre, str):
        node = ground.node(centre, how.lang)
        number = ground.terrain.snapshot.number.get(node.iri)
        without = nodes_of(ground, how.unwanted)
        middle = None if number is None else Middle.of(number, without)
    else:
        node = me(ground.view.addresses.base, "")
        middle = middle_of(ground, centre, how.unwanted)
    if middle is None:
        return RadarAnswer(node, "", how.lens, how.lang, {}, ())
    look = Look(ground.terrain, middle, how.lens)
    found = look.find(how.kinds, how.limit)
    suggestions = Teller(ground, look, how.lang).tell(found)
    return RadarAnswer(node, "", how.lens, how.lang, dict(found.totals), suggestions)
