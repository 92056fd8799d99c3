"""What follows from what is said: rule materialisation, independent of the store."""

from graph.inference.horn import INTEREST
from graph.inference.reasoner import Reasoner
from graph.inference.statements import Memory, Statements

__all__ = ["INTEREST", "Memory", "Reasoner", "Statements"]
