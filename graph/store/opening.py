"""From an address to a store."""

from pathlib import Path

from graph.errors import KnowledgeError
from graph.store.embedded import EmbeddedStore
from graph.store.protocol import Store
from ontology import Bilingual


def open_store(url: str) -> Store:
    """Open a store: ``memory:``, or a folder (a path or a ``file:`` URL) on disk.

    Raises:
        KnowledgeError: the address is of no known form.
        OSError: the folder is in use, not readable or holds something else.

    >>> open_store("memory:").count()
    0
    """
    scheme, separator, rest = url.partition(":")
    if url == "memory:":
        return EmbeddedStore()
    if scheme == "file" and separator:
        return EmbeddedStore(Path(rest.removeprefix("//")))
    if separator and "/" not in scheme and len(scheme) > 1:
        raise KnowledgeError(
            Bilingual(
                "No store can be opened at {url}.", "Unter {url} lässt sich kein Speicher öffnen."
            ).with_(url=url),
            Bilingual("Name a folder, or memory:", "Geben Sie einen Ordner an, oder memory:"),
        )
    return EmbeddedStore(Path(url))
