"""The learned ranker: any typed links in, candidates ranked by what came later before."""

from recommender.ranking.features import Features, Table
from recommender.ranking.learned import BLOCK, Learned, learn
from recommender.ranking.links import Links

__all__ = ["BLOCK", "Features", "Learned", "Links", "Table", "learn"]
