"""Turns what a look found into suggestions with names and reasons."""

from collections.abc import Sequence
from typing import Final

from recommender.answer import Connection, Reason, Step, Suggestion
from recommender.because import because_label, with_because
from recommender.fitting import complement_sentence, field_sentence
from recommender.ground import Ground
from recommender.look import Found, Look
from recommender.matches import Match
from recommender.naming import Names
from recommender.paths import Way
from recommender.sentences import LONGEST, sentence

_RINGS: Final = (1,) * 8 + (2,) * 16
"""The ring of each of the first places of an answer."""

_LAST_RING: Final = 3


class Teller:
    """Tells of one look in one language.

    Args:
        ground: where things have their names.
        look: what is told of.
        lang: ``de`` or ``en``.
    """

    def __init__(self, ground: Ground, look: Look, lang: str) -> None:
        self._ground = ground
        self._look = look
        self._lang = lang
        self._names = ground.names(lang)
        self._arcs = ground.terrain.arcs

    def tell(self, found: Found) -> tuple[Suggestion, ...]:
        """The suggestions, in the order of the find."""
        told = []
        for place, one in enumerate(found.chosen):
            node = one.candidate.number
            suggestion = Suggestion(
                node=self._names.node(node),
                wedge=one.candidate.wedge,
                ring=_RINGS[place] if place < len(_RINGS) else _LAST_RING,
                score=one.score,
                reason=self._reason(node, found),
                shared_cluster=bool(self._look.shared[node]),
            )
            told.append(suggestion)
        return tuple(told)

    def _reason(self, node: int, found: Found) -> Reason:
        ways = found.ways[node]
        match = found.matches.get(node)
        if match is not None:
            return self._match(node, match)
        start = int(self._arcs.starts[ways[0][0]])
        alike = [way for way in ways if self._arcs.starts[way[0]] == start]
        hops = [[self._names.hop(arc) for arc in way] for way in alike]
        at = self._elsewhere(node, ways) if self._look.lens == "beyond" else ""
        steps = [self._names.step(arc) for arc in ways[0]]
        because = self._look.middle.because.get(start)
        if because is None:
            text = sentence(self._names.named(start), hops, self._lang, at=at)
            return Reason(text, tuple(steps))
        text = with_because(because, self._names.named(start), hops, self._lang, at=at)
        label = because_label(because, self._lang)
        return Reason(text, (Step(self._names.node(start), "", label, True), *steps))

    def _match(self, node: int, match: Match) -> Reason:
        """What a lens that goes by subjects says, and the way over the subject."""
        steps = [self._names.step(arc) for arc in match.way]
        because = self._look.middle.because.get(match.seed)
        label = because_label(because, self._lang) if because else ""
        behind = f" – {label}" if label else ""
        text = self._matching(node, match, LONGEST - len(behind)) + behind
        if because:
            steps.insert(0, Step(self._names.node(match.seed), "", label, True))
        return Reason(text, tuple(steps))

    def _matching(self, node: int, match: Match, room: int) -> str:
        named, lang = self._names.named, self._lang
        subject, mine = named(match.subject), named(match.mine)
        if not match.own:
            if match.subject == node:
                hops = [self._names.hop(arc) for arc in match.way]
                return sentence(named(match.seed), [hops], lang, longest=room)
            also = named(match.also) if match.also >= 0 else None
            return field_sentence(subject, mine, also, lang, room)
        theirs = "device" if named(node).kind == "device" else match.theirs
        return complement_sentence(
            match.own, named(match.carrier), theirs, subject, mine, lang, room
        )

    def _elsewhere(self, node: int, ways: Sequence[Way]) -> str:
        """The nearest cluster that a suggestion belongs to, unless its ways pass one already."""
        clusters = self._ground.terrain.belonging.clusters(node)
        passed = {int(self._arcs.ends[arc]) for way in ways for arc in way}
        if passed & set(clusters):
            return ""
        near = self._look.near
        return self._names.named(max(clusters, key=lambda one: (near[one], -one))).label


def connection(names: Names, start: int, way: Way, lang: str) -> Connection:
    """A way from one thing to another, in words and as statements."""
    text = sentence(names.named(start), [[names.hop(arc) for arc in way]], lang)
    return Connection(text, tuple(names.step(arc) for arc in way))
