"""How well kept what is known of a thing is: how complete, by which lists, with which words."""

from graph.upkeep.upkeep import Listed, Upkeep, upkeep_of
from graph.upkeep.weighing import Completeness, completeness

__all__ = ["Completeness", "Listed", "Upkeep", "completeness", "upkeep_of"]
