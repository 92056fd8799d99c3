"""Where quads lie: one protocol, and the back ends that keep to it.

Nothing outside ``graph.knowledge`` writes to a store.
"""

from graph.store.embedded import EmbeddedStore
from graph.store.opening import open_store
from graph.store.protocol import Answer, Difference, Store
from graph.store.terms import (
    NodeTerm,
    graph_of,
    normal,
    object_of,
    quad_in,
    subject_of,
    update_text,
)

__all__ = [
    "Answer",
    "Difference",
    "EmbeddedStore",
    "NodeTerm",
    "Store",
    "graph_of",
    "normal",
    "object_of",
    "open_store",
    "quad_in",
    "subject_of",
    "update_text",
]
