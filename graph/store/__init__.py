"""Where quads lie: one protocol, and the back ends that keep to it.

Nothing outside ``graph.knowledge`` writes to a store.
"""

from graph.store.embedded import EmbeddedStore
from graph.store.opening import open_store
from graph.store.protocol import Answer, Difference, Store
from graph.store.terms import NodeTerm, normal, update_text

__all__ = [
    "Answer",
    "Difference",
    "EmbeddedStore",
    "NodeTerm",
    "Store",
    "normal",
    "open_store",
    "update_text",
]
