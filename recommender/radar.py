"""The radar: what is near a centre, for one viewer, with a reason for everything."""

from collections.abc import Collection
from typing import Final

from graph import ANONYMOUS, Viewer
from ontology import KINDS
from recommender.answer import RadarAnswer, Suggestion, Total
from recommender.ground import Grounds, Knowable
from recommender.look import LENSES, Look
from recommender.telling import Teller

MOST: Final = 24
"""Suggestions that a wedge shows at most."""


class Radar:
    """Answers what is near.

    Args:
        knowledge: what the answers are about. Answers follow its newest generation.
    """

    def __init__(self, knowledge: Knowable) -> None:
        self._grounds = Grounds(knowledge)

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
        centre = ground.node(iri, lang)
        number = ground.terrain.snapshot.number.get(centre.iri)
        totals: dict[str, Total] = {}
        suggestions: tuple[Suggestion, ...] = ()
        if number is not None:
            look = Look(ground.terrain, number, lens)
            found = look.find(kinds, limit)
            totals = dict(found.totals)
            suggestions = Teller(ground, look, lang).tell(found)
        return RadarAnswer(centre, viewer.name, lens, lang, totals, suggestions)
