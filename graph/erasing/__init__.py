"""Erasure: what the law says must go goes from everywhere, and no later import brings it back."""

from graph.erasing.erase import Erased, Erasing, erase
from graph.erasing.erase import finish as finish_erasing
from graph.erasing.marks import ErasedMarks, erased_marks

__all__ = ["Erased", "ErasedMarks", "Erasing", "erase", "erased_marks", "finish_erasing"]
