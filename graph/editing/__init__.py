"""Editing: what members say by hand, which wins over lists until the lists change.

All that members say is one source, ``edits``. It speaks of things by their canonical IRIs, each
value to its own audience; a decision for each property says that these values count. An edit
is one commit, which can be undone.
"""

from graph.editing.changes import PropertyChange, Said
from graph.editing.creating import Created, create, new_iri
from graph.editing.doubting import Doubt, OpenWord, OtherSaying, doubts, open_words, others_say
from graph.editing.editing import edit, withdraw
from graph.editing.hearing import dissolve, say_instead
from graph.editing.removing import remove

__all__ = [
    "Created",
    "Doubt",
    "OpenWord",
    "OtherSaying",
    "PropertyChange",
    "Said",
    "create",
    "dissolve",
    "doubts",
    "edit",
    "new_iri",
    "open_words",
    "others_say",
    "remove",
    "say_instead",
    "withdraw",
]
