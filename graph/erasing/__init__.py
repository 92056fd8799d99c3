"""Erasure: what the law says must go goes from everywhere, and no later import brings it back."""

from graph.erasing.about import KnownAbout, known_about
from graph.erasing.erase import Erased, Erasing, erase
from graph.erasing.erase import finish as finish_erasing
from graph.erasing.marks import ErasedMarks, erased_marks

__all__ = [
    "Erased",
    "ErasedMarks",
    "Erasing",
    "KnownAbout",
    "erase",
    "erased_marks",
    "finish_erasing",
    "known_about",
]
