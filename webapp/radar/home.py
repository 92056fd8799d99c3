"""Which thing the first radar is around."""

from typing import Final

from pyoxigraph import NamedNode

from graph import Thing, View

_ORDER: Final = ("cluster", "organisation", "project", "topic", "competence", "sector", "person")
_LOOKED_AT: Final = 200
"""How many things of a kind are compared; with more, the first ones do."""


class HomeCentres:
    """Finds the first centre, and remembers it until the data change."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, ...], tuple[int, Thing | None]] = {}

    def of(self, view: View, wanted: str) -> Thing | None:
        """The thing an operator wants (``kind/slug``), else the best connected cluster.

        Where there are no clusters the best connected thing of another kind will do; None where
        there is nothing at all.
        """
        kind, _, slug = wanted.partition("/")
        chosen = view.find(kind, slug) if slug else None
        if chosen is not None:
            return chosen
        generation, thing = self._found.get(view.audiences, (-1, None))
        if generation != view.generation:
            thing = _best_connected(view)
            self._found[view.audiences] = (view.generation, thing)
        return thing


def _best_connected(view: View) -> Thing | None:
    counts = view.counts()
    kinds = [*_ORDER, *sorted(set(counts) - set(_ORDER))]
    kind = next((kind for kind in kinds if counts.get(kind)), None)
    if kind is None:
        return None
    return max(
        view.things(kind)[:_LOOKED_AT], key=lambda thing: (_links(view, thing.iri), thing.iri)
    )


def _links(view: View, iri: str) -> int:
    return sum(1 for _ in view.statements(obj=NamedNode(iri)))
