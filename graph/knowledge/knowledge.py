"""The knowledge of one data folder: open, commit, undo, view."""

from collections import OrderedDict
from collections.abc import Collection, Iterable, Iterator
from contextlib import ExitStack, suppress
from dataclasses import replace
from pathlib import Path
from threading import RLock
from typing import Final, Self

from pyoxigraph import Quad

from graph.addresses import DEFAULT_BASE, Addresses
from graph.audience import ANONYMOUS, Viewer, readable
from graph.inference import Reasoner
from graph.knowledge.checkpoints import Checkpoint, Checkpoints
from graph.knowledge.deriving import Deriving, ontology_digest, ontology_reasoner
from graph.knowledge.folder import DataFolder, broken
from graph.knowledge.journal import BatchLog, FolderLog, MemoryLog, Revise, is_parted
from graph.knowledge.messages import (
    already_undone,
    disk_full,
    is_full,
    no_such_batch,
    refuse_what_is_gone,
    reopen,
)
from graph.knowledge.model import About, Batch, Change, Source
from graph.knowledge.noting import Notes
from graph.knowledge.recorded import DamagedRecord, Record
from graph.knowledge.resolving import shared
from graph.knowledge.rewriting import Rewriting, finish_erasing
from graph.knowledge.said import Said
from graph.knowledge.state import exact
from graph.knowledge.telling import Telling, begun
from graph.knowledge.undoing import Standing, in_force
from graph.knowledge.view import Seen, View
from graph.progress import Progress, silent
from graph.store import Difference, Store, open_store

_VIEWS: Final = 16
"""Different sets of audiences whose readings are remembered."""

_LONG: Final = 20_000
"""Quads from which on a commit takes so long that readers would notice."""


class Knowledge:
    """What is known in one data folder, or in memory.

    Many threads may read while one commits; commits wait for each other. Made by :meth:`open`.
    """

    def __init__(
        self,
        store: Store,
        addresses: Addresses,
        log: BatchLog,
        folder: DataFolder | None = None,
        reasoner: Reasoner | None = None,
    ) -> None:
        self.store = store
        self.addresses = addresses
        self.folder = folder.path if folder else None
        self._data_folder = folder
        self._log = log
        self._said = Said(store, addresses)
        self._deriving = Deriving(store, addresses, reasoner or ontology_reasoner())
        self._writing = RLock()
        self._remembering = RLock()
        self._seen: OrderedDict[tuple[str, ...], Seen] = OrderedDict()
        self._stuck = False
        self._remembered = b""
        self.notes = Notes(folder.path / "notes" if folder else None, addresses)
        self._checkpoints = Checkpoints(store, folder.checkpoints if folder else None)
        for record in log.pending():
            self._apply(record)
        self.generation = max((batch.number for batch in log.batches()), default=0)

    @classmethod
    def open(cls, folder: Path | str | None = None, *, base: str | None = None) -> Self:
        """Open a data folder, finishing what a crash left.

        Where the ontology changed since, what follows from the data is derived anew.

        Args:
            folder: made if it is not there; None: in memory.
            base: the base IRI that the folder has or gets; None: its own, else the default.

        Raises:
            KnowledgeError: another process has it open, it is damaged, of another base or of
                a newer format, or the disk is full.
            ValueError: the base has no scheme, or does not end with a slash.
        """
        if folder is None:
            return cls(open_store("memory:"), Addresses(base or DEFAULT_BASE), MemoryLog())
        held = DataFolder(Path(folder), base)
        try:
            with ExitStack() as unless_opened:
                unless_opened.callback(held.release)
                store = open_store(str(held.store))
                unless_opened.callback(store.close)
                log = FolderLog(held.path, held.batches)
                knowledge = cls(store, Addresses(held.base), log, held)
                if is_parted(store, log):
                    raise broken(held.path)
                knowledge._follow_ontology(held)
                finish_erasing(knowledge)
                unless_opened.pop_all()
        except (OSError, DamagedRecord) as error:
            raise (disk_full(error) if is_full(error) else broken(held.path)) from error
        return knowledge

    def _follow_ontology(self, folder: DataFolder) -> None:
        """Derive anew what another ontology, of another release, had derived."""
        digest = ontology_digest()
        if folder.derived_by != digest:
            self.rebuild()
            folder.derived_by = digest

    # Reading

    def view(self, viewer: Viewer = ANONYMOUS, *, within: str = "") -> View:
        """What a viewer may read now.

        Args:
            viewer: who asks.
            within: only what everybody of this audience may read as well.
        """
        audiences = shared(viewer, within) if within else readable(viewer)
        with self._remembering:
            seen = self._seen.get(audiences)
            if seen is None or seen.generation != self.generation:
                seen = Seen(self.store, self.addresses, audiences, self.generation)
            self._seen[audiences] = seen
            self._seen.move_to_end(audiences)
            while len(self._seen) > _VIEWS:
                self._seen.popitem(last=False)
        return View(viewer, seen)

    def sources(self, viewer: Viewer | None = None) -> list[Source]:
        """The sources, as they describe themselves to a viewer, by name; None: all of them."""
        return self._said.sources(None if viewer is None else readable(viewer))

    def source(self, name: str) -> Source:
        """A source as it describes itself; a bare name where it does not."""
        return self._said.source(name)

    def rows(self, source: str) -> dict[str, list[Quad]]:
        """What each row of a source says now, by the row's key, to all audiences."""
        return self._said.rows(source)

    def things_of_rows(self, source: str) -> dict[str, str]:
        """The canonical IRI of the thing that each row of a source speaks of, by its key.

        A row that several audiences know is read as its widest audience reads it.
        """
        return self._said.things_of_rows(source)

    def unresolved(self, properties: Collection[str] = (), audience: str = "") -> list[str]:
        """The words that no decision explains to those who read them, sorted.

        Args:
            properties: look only at what is said with these, and take it that each public
                decision about a word says what it means, which spares reading nearly all.
            audience: look only at what is said to exactly this audience.
        """
        return self._said.unresolved(properties, audience)

    def batches(self, viewer: Viewer | None = None) -> list[Batch]:
        """The batches that a viewer may know of, newest first; None: all of them.

        A viewer's batches are numbered as if there were no others.
        """
        return Telling(in_force(self._log.batches()), viewer).batches()

    def dump(self, graphs: Iterable[str] | None = None) -> Iterator[Quad]:
        """All quads, or those of some graphs."""
        return self.store.dump(graphs)

    def checkpoint(self) -> Checkpoint:
        """A copy of the newest state (at most a second old) that another process may read.

        While a commit is under way it is the copy of before, where there is one: readers do
        not wait for an import. It stays until :meth:`release` was called as often as it was
        handed out.

        Raises:
            KnowledgeError: the disk is full.
        """
        if not self._writing.acquire(blocking=False):
            if (copy := self._checkpoints.lend_as_it_is()) is not None:
                return copy
            self._writing.acquire()
        try:
            return self._checkpoints.lend(self.generation)
        except OSError as error:
            raise disk_full(error) from error
        finally:
            self._writing.release()

    def release(self, checkpoint: Checkpoint) -> None:
        """A reader no longer uses a copy that :meth:`checkpoint` gave."""
        self._checkpoints.give_back(checkpoint)

    # Writing

    def alone(self) -> RLock:
        """Nobody else changes anything while ``with knowledge.alone():`` lasts."""
        return self._writing

    def commit(self, change: Change, about: About, progress: Progress = silent) -> Batch:
        """Carry out a change, wholly or not at all.

        Args:
            change: source and decision quads.
            about: what it is.
            progress: told how far it has come, in quads of the stage ``committing``: each is
                worked out, written down and stored.

        Returns:
            The batch; its numbers count only what really came and went.

        Raises:
            KnowledgeError: the disk is full; everything is as before.
            ValueError: a quad lies in another graph than a source's or one of decisions.
        """
        with self._writing:
            own = exact(self.store, self.addresses, change)
            return self._carry_out(own, about, progress=progress)

    def undo(self, batch: int | str, *, viewer: Viewer | None = None) -> Batch:
        """Take a batch back, as a new batch.

        Args:
            batch: its number, or its id: viewers know only that.
            viewer: who wants it; what is hidden from a viewer neither hinders nor is told of.
                None: whoever runs the platform.

        Raises:
            KnowledgeError: there is no such batch, it is undone already, a later batch
                stands on it, or the disk is full.
        """
        with self._writing:
            batches = in_force(self._log.batches())
            telling = Telling(batches, viewer)
            found = telling.find(batch)
            told = telling.told(found) if found else None
            if found is None or told is None:
                raise no_such_batch(batch)
            if told.undone_by is not None:
                raise already_undone(told.number, told.undone_by)
            own = self._log.own(found.number)
            refuse_what_is_gone(told, own)
            Standing(self.store, self.addresses, telling, self._log.own).refuse(found, batches)
            inverse = exact(self.store, self.addresses, Change(add=own.remove, remove=own.add))
            about = replace(found.about, kind="undo", counts={})
            return self._carry_out(inverse, about, undoes=found.number)

    def rebuild(self) -> None:
        """Work out all reading and inferred graphs from scratch.

        What differs is written as a batch of its own; nothing is, where nothing differs.
        """
        with self._writing:
            derived = self._deriving.from_scratch(Difference())
            if derived:
                self._carry_out(Difference(), About("rebuild"), derived=derived)

    @property
    def erased(self) -> bytes:
        """What :meth:`rewrite` was last given to remember; empty before that."""
        file = self._data_folder.erased if self._data_folder else None
        return self._remembered if file is None else file.read_bytes() if file.exists() else b""

    def batch_files(self) -> Path:
        """The folder that batches are kept in, one file each; only of a knowledge on disk."""
        assert self._data_folder is not None
        return self._data_folder.batches

    def records(self) -> Iterator[Record]:
        """All batches with what they changed, oldest first."""
        return self._log.records()

    def rewrite(self, change: Change, revised: Revise, about: About, remembered: bytes) -> Batch:
        """Carry out a change so that no file holds what it takes away: nothing can undo it.

        Store and batches are written anew; on disk they count all at once, or not at all.

        Args:
            change: source and decision quads.
            revised: what becomes of each batch there was.
            about: what it is.
            remembered: what :attr:`erased` is from then on.

        Raises:
            KnowledgeError: the disk is full; everything is as before.
        """
        with self._writing:
            if self._stuck:
                raise reopen()
            own = exact(self.store, self.addresses, change)
            # Whom it concerned is nobody's business: the audience of an account names it.
            batch = replace(begun(self.generation + 1, own, about), audiences={})
            whole = own | self._deriving.difference(own)
            self._checkpoints.close()
            self.notes.take_all_away()
            rewriting = Rewriting(self.store, self._log, self._data_folder, self._reached)
            try:
                self._log = rewriting.carry_out(whole, revised, batch, remembered)
            except OSError as error:
                raise disk_full(error) from error
            self._remembered = remembered
            with self._remembering:
                self._seen.clear()
            self.generation = batch.number
            return batch

    def forget(self, batch: int) -> None:
        """Keep only that a batch was, so that it cannot be undone any more."""
        with self._writing:
            self._log.forget(batch)

    def close(self) -> None:
        """Let go of the folder; a closed knowledge is not used again."""
        with self._writing:
            self._checkpoints.close()
            self._seen.clear()
            self.store.close()
            if self._data_folder is not None:
                self._data_folder.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _carry_out(
        self,
        own: Difference,
        about: About,
        *,
        undoes: int | None = None,
        derived: Difference | None = None,
        progress: Progress = silent,
    ) -> Batch:
        if self._stuck:
            raise reopen()
        progress("committing", 0, 3 * (quads := len(own)))
        if derived is None:
            derived = self._deriving.difference(own)
        batch = begun(self.generation + 1, own, about, undoes)
        record = Record(batch, own, derived)
        progress("committing", quads, 3 * quads)
        if record.size > _LONG:
            # Readers need not wait for it, where they have a copy of what is before it. On a
            # full disk they have none, and whether the commit fits is found out below.
            with suppress(OSError):
                self._checkpoints.catch_up(self.generation)
        try:
            self.notes.take_away(own)
            self._log.begin(record)
        except OSError as error:
            raise disk_full(error) from error
        progress("committing", 2 * quads, 3 * quads)
        # Whatever interrupts what follows, nothing may be written over the journal's record.
        self._stuck = True
        try:
            self._apply(record)
        except OSError as error:
            self._take_back(record)
            raise (reopen(error) if self._stuck else disk_full(error)) from error
        self._stuck = False
        self.generation = batch.number
        progress("committing", 3 * quads, 3 * quads)
        return batch

    def _apply(self, record: Record) -> None:
        self._reached("begun")
        # What is long is seen in steps in any case; so it is not held in memory twice.
        long = record.size > _LONG
        for part in (record.own, record.derived) if long else (record.whole,):
            self.store.apply(part)
        self._reached("applied")
        self.store.flush()
        self._log.finish(record)
        self._reached("finished")

    def _take_back(self, record: Record) -> None:
        """Bring the store back to where it was; where even that fails, the journal keeps it."""
        with suppress(OSError):
            self.store.apply(record.whole.inverse())
            # What is taken back must stay so: after this nothing in the journal completes it.
            self.store.flush()
            self._log.abandon(record)
            self._stuck = False

    def _reached(self, step: str) -> None:
        """A commit has come this far; tests interrupt it here."""
