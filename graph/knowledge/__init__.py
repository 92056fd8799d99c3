"""Sources say, decisions choose, readers see: commits, batches, undo and views."""

from graph.knowledge.checkpoints import Checkpoint
from graph.knowledge.copying import KnowledgeCopy, copied, restore
from graph.knowledge.deriving import ontology_digest
from graph.knowledge.knowledge import Knowledge
from graph.knowledge.model import About, Batch, Change, Source
from graph.knowledge.view import View

__all__ = [
    "About",
    "Batch",
    "Change",
    "Checkpoint",
    "Knowledge",
    "KnowledgeCopy",
    "Source",
    "View",
    "copied",
    "ontology_digest",
    "restore",
]
