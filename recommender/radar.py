"""The radar: what is near a centre, for one viewer, with a reason for everything."""

from collections import OrderedDict
from collections.abc import Collection
from dataclasses import replace
from threading import Lock
from typing import Final

from graph import ANONYMOUS, Viewer
from ontology import KINDS
from recommender.answer import RadarAnswer
from recommender.ground import Ground, Grounds, Knowable
from recommender.look import LENSES, Look
from recommender.telling import Teller

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
    ) -> RadarAnswer:
        """What lies around a thing.

        Args:
            iri: the centre; an address that it had before a merge will do.
            viewer: who asks. Only statements that the viewer may read are counted.
            lens: ``nearest``, or ``beyond`` for what only another cluster can give: whatever
                belongs to some cluster, but to none of the centre's.
            kinds: only these kinds (``topic``, ``event``, ...); by default all that are drawn.
            limit: suggestions a wedge, at most 24.
            lang: ``de`` or ``en``.

        Returns:
            The suggestions, best first, each with a reason; none where nothing is linked to
            the centre. The score is the proximity as a share of the nearest thing's, fading
            as :mod:`recommender.variety` says.

        Raises:
            KnowledgeError: there is no such thing that the viewer may read.
            ValueError: there is no such lens, kind or limit.
        """
        if lens not in LENSES:
            raise ValueError(f"a lens is one of {', '.join(LENSES)}: {lens}")
        if not 1 <= limit <= MOST:
            raise ValueError(f"limit lies between 1 and {MOST}: {limit}")
        unknown = set(kinds or ()) - KINDS.keys()
        if unknown:
            raise ValueError(f"there is no kind called {', '.join(sorted(unknown))}")
        ground = self._grounds.of(viewer)
        wanted = None if kinds is None else frozenset(kinds)
        key = (ground.view.generation, ground.view.audiences, iri, lens, wanted, limit, lang)
        with self._lock:
            answer = self._answers.get(key)
        if answer is None:
            answer = _answer(ground, iri, lens, wanted, limit, lang)
        with self._lock:
            self._answers[key] = answer
            self._answers.move_to_end(key)
            while len(self._answers) > _REMEMBERED:
                self._answers.popitem(last=False)
        return replace(answer, viewer=viewer.name)


def _answer(
    ground: Ground, iri: str, lens: str, kinds: frozenset[str] | None, limit: int, lang: str
) -> RadarAnswer:
    centre = ground.node(iri, lang)
    number = ground.terrain.snapshot.number.get(centre.iri)
    if number is None:
        return RadarAnswer(centre, "", lens, lang, {}, ())
    look = Look(ground.terrain, number, lens)
    found = look.find(kinds, limit)
    suggestions = Teller(ground, look, lang).tell(found)
    return RadarAnswer(centre, "", lens, lang, dict(found.totals), suggestions)
