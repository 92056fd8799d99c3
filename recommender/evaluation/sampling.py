"""Smaller questions about the same graph: fewer heads, or heads that say less of themselves."""

from dataclasses import dataclass, replace

import numpy as np

from recommender.evaluation.sets import Known, Reach


@dataclass(frozen=True, eq=False, kw_only=True)
class Thinned(Known):
    """A graph in which the heads say only a part of what they could.

    Attributes:
        whole: the graph as it is. Whoever is known there is not to be found anew.
    """

    whole: Known

    def known(self) -> Reach:
        """Who is known to whom, also where it is no longer said."""
        return Reach(self.whole)


def fewer(known: Known, most: int) -> Known:
    """The same graph with at most so many heads, drawn evenly."""
    heads = list(known.targets)
    chosen = heads[:: max(1, len(heads) // most)][:most]
    return replace(known, targets={head: known.targets[head] for head in chosen})


def thinned(known: Known, share: float, seed: int) -> Thinned:
    """The same graph with a share of the statements about each of its heads.

    Args:
        known: the graph.
        share: of the statements that is kept, drawn at random for each head.
        seed: of the draw; what is kept at a smaller share is kept at a larger one too.
    """
    heads = np.array(list(known.targets), np.int64)
    about = np.isin(known.heads, heads) | np.isin(known.tails, heads)
    lot = np.random.default_rng(seed).random(len(known.heads))
    kept = ~about | (lot < share)
    fields = {
        name: getattr(known, name)
        for name in ("ids", "kinds", "kind_names", "names", "targets", "candidates", "paths")
    }
    edges = {name: getattr(known, name)[kept] for name in ("heads", "relations", "tails", "times")}
    return Thinned(**fields, **edges, whole=known)
