"""What an evaluation says, for people and for programs."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Interval:
    """A bootstrap 95 % interval."""

    low: float
    high: float


@dataclass(frozen=True)
class Score:
    """How one ranker did; means over the heads.

    Attributes:
        name: the ranker; ours is ``clusterradar``.
        recall: share of a head's targets among its first 20.
        ndcg: nDCG of the first 20, the ideal over as many targets as fit.
        mrr: reciprocal rank of the first target; 0 where none is ranked.
        coverage: share of all candidates that stand among the first 20 of any head.
        ms_median: milliseconds a head.
        ms_p95: milliseconds that 95 of 100 heads stay below.
        hits: share of a head's targets among its first 8.
        mrr_interval: of ``mrr``, over the heads.
        hits_interval: of ``hits``, over the heads.
    """

    name: str
    recall: float
    ndcg: float
    mrr: float
    coverage: float
    ms_median: float
    ms_p95: float
    hits: float
    mrr_interval: Interval
    hits_interval: Interval

    def as_json(self) -> dict[str, Any]:
        """The words that programs rely on."""
        return {
            "name": self.name,
            "recall@20": round(self.recall, 6),
            "ndcg@20": round(self.ndcg, 6),
            "mrr": round(self.mrr, 6),
            "mrr_interval": [round(self.mrr_interval.low, 6), round(self.mrr_interval.high, 6)],
            "hits@8": round(self.hits, 6),
            "hits@8_interval": [
                round(self.hits_interval.low, 6),
                round(self.hits_interval.high, 6),
            ],
            "coverage": round(self.coverage, 6),
            "ms_median": round(self.ms_median, 3),
            "ms_p95": round(self.ms_p95, 3),
        }


@dataclass(frozen=True)
class Evaluation:
    """How all rankers did on one set.

    Attributes:
        set: its name.
        heads: for how many things something was to be found.
        targets: how many things were to be found, over all heads.
        candidates: among how many.
        rankers: ours first.
        note: what was learned or left out.
    """

    set: str
    heads: int
    targets: int
    candidates: int
    rankers: tuple[Score, ...]
    note: str = ""

    def as_json(self) -> dict[str, Any]:
        """The words that programs rely on."""
        return {
            "set": self.set,
            "heads": self.heads,
            "targets": self.targets,
            "candidates": self.candidates,
            "note": self.note,
            "rankers": [ranker.as_json() for ranker in self.rankers],
        }
