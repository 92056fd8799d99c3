"""The proximity engine: integers and arrays only, usable on any list of edges."""

from recommender.engine.fading import ages, fading
from recommender.engine.many import settle_many
from recommender.engine.pagerank import PersonalisedPageRank, Ranking
from recommender.engine.push import push
from recommender.engine.walk import Walk

__all__ = ["PersonalisedPageRank", "Ranking", "Walk", "ages", "fading", "push", "settle_many"]
