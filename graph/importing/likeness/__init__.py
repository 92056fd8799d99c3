"""Likeness: which rows or things are one, and what speaks for and against it."""

from graph.importing.likeness.lists import find_pairs
from graph.importing.likeness.measuring import Quality, measure, true_pairs
from graph.importing.likeness.pairs import Evidence, Pair

__all__ = ["Evidence", "Pair", "Quality", "find_pairs", "measure", "true_pairs"]
