"""Invented data of realistic shape, at every scale point; the same for the same seed."""

from graph.generating.dirty import generate_dirty
from graph.generating.scales import SCALES, Scale
from graph.generating.shape import GeneratedEdges, generated_edges
from graph.generating.tables import Written, generate

__all__ = [
    "SCALES",
    "GeneratedEdges",
    "Scale",
    "Written",
    "generate",
    "generate_dirty",
    "generated_edges",
]
