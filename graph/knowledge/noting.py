"""What an import notes of the rows of a source, for as long as nobody else changes them.

A note spares the next import of the source to read and compare what has not changed. It is only
ever a short cut: a note is taken away before anything changes what the source says, or what its
rows and words are, so where there is one it is right; where there is none, nothing is missing.
"""

import gzip
import zlib
from collections.abc import Iterable
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from pyoxigraph import NamedNode, Quad

from graph.addresses import Addresses
from graph.knowledge.folder import write_whole
from graph.store import Difference, graph_of, object_of


class Notes:
    """The notes of a data folder, or of a store in memory.

    Args:
        folder: where they lie; None: in memory.
        addresses: of the data folder.
    """

    def __init__(self, folder: Path | None, addresses: Addresses) -> None:
        self._folder = folder
        self._addresses = addresses
        self._held: dict[str, bytes] = {}

    def keep(self, source: str, note: bytes) -> None:
        """Note something of a source; what cannot be written is not noted."""
        if self._folder is None:
            self._held[_name(source)] = note
            return
        with suppress(OSError):
            self._folder.mkdir(exist_ok=True)
            write_whole(self._folder / _name(source), gzip.compress(note, 1), mode=0o600)

    def get(self, source: str) -> bytes:
        """What is noted of a source; empty: nothing."""
        if self._folder is None:
            return self._held.get(_name(source), b"")
        try:
            return gzip.decompress((self._folder / _name(source)).read_bytes())
        except (OSError, EOFError, zlib.error):
            return b""

    def take_away(self, own: Difference) -> None:
        """Forget what is noted of all sources that a change is about.

        Raises:
            OSError: the disk is broken; then nothing may be changed.
        """
        if self._there():
            for source in self._concerned(own):
                self._forget(_name(source))

    def take_all_away(self) -> None:
        """Forget everything."""
        for name in self._there():
            self._forget(name)

    def _there(self) -> list[str]:
        if self._folder is None:
            return list(self._held)
        return [path.name for path in self._folder.glob("*")] if self._folder.is_dir() else []

    def _forget(self, name: str) -> None:
        self._held.pop(name, None)
        if self._folder is not None:
            (self._folder / name).unlink(missing_ok=True)

    def _concerned(self, own: Difference) -> set[str]:
        found: set[str] = set()
        is_source: dict[NamedNode, bool] = {}
        for quad in _both(own):
            graph = graph_of(quad)
            if graph not in is_source:
                place = self._addresses.parse_source_graph(graph.value)
                is_source[graph] = place is not None
                found.update(place[:1] if place else ())
            if not is_source[graph]:
                iri = object_of(quad).value
                said = self._addresses.parse_row(iri) or self._addresses.parse_term(iri)
                found.update(said[:1] if said else ())
        return found


def _both(own: Difference) -> Iterable[Quad]:
    yield from own.remove
    yield from own.add


def _name(source: str) -> str:
    return sha256(source.encode()).hexdigest()[:32]
