"""Erasing persons: one call that leaves nothing of them, and can be finished after a crash.

What is to be erased is written down first (``erasing.json`` in the data folder) and forgotten
last. Whoever finds that file on opening does the same once more; what is done already is then
found done.
"""

import json
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pyoxigraph import Quad

from graph.decisions import THING
from graph.erasing.marks import ErasedMarks, erased_marks
from graph.erasing.revising import Reviser
from graph.erasing.traces import Traces, find_traces
from graph.erasing.wanted import Wanted, bare_name
from graph.errors import KnowledgeError
from graph.importing.naming import is_bare_number
from graph.knowledge.folder import write_whole
from graph.knowledge.model import About, Change
from graph.knowledge.recorded import Record
from graph.store import Difference, object_of

if TYPE_CHECKING:
    from graph.knowledge import Knowledge

_FILE: Final = "erasing.json"


@dataclass(frozen=True)
class Erasing:
    """An erasure that was begun.

    Attributes:
        things: IRIs of what is erased.
        texts: names, addresses and ids that must not stand anywhere any more.
        accounts: ids of the accounts that are erased with them.
        generation: of the knowledge before.
    """

    things: tuple[str, ...]
    texts: tuple[str, ...] = ()
    accounts: tuple[str, ...] = ()
    generation: int = 0

    @property
    def wanted(self) -> Wanted:
        """Finds these texts."""
        return Wanted((*self.texts, *self.accounts))


@dataclass(frozen=True)
class Erased:
    """What an erasure did.

    Attributes:
        things: IRIs of what is gone, with those that were one with them.
        statements: how many statements of sources and decisions went.
        texts: how many texts of others named the person, and have a gap there now.
        batches: how many batches hold less than they did.
        shared: names that somebody else has too, so that they stay where others are meant.
        left: IRIs of other things whose address names the person; erase these too if they may go.
    """

    things: tuple[str, ...] = ()
    statements: int = 0
    texts: int = 0
    batches: int = 0
    shared: tuple[str, ...] = ()
    left: tuple[str, ...] = ()


def _nothing_else(_: Erasing) -> None:
    pass


def erase(
    knowledge: "Knowledge",
    iris: Iterable[str],
    *,
    texts: Iterable[str] = (),
    accounts: Iterable[str] = (),
    elsewhere: Callable[[Erasing], None] = _nothing_else,
) -> Erased:
    """Erase things, above all persons, from sources, decisions, all that follows, and batches.

    Rows that speak of them, words that mean them and decisions about them go. Where the texts of
    others name a person there is a gap (``[…]``) afterwards. Files of the data folder are written
    anew, so that none of them holds what is gone; no batch can bring it back; and a later import
    refuses rows about the person.

    Args:
        knowledge: where they are.
        iris: IRIs of the things.
        texts: further texts that name the person (e-mail addresses, other names).
        accounts: ids of accounts: what only these may read goes, and decisions that they made
            lose their author.
        elsewhere: erases in other places (accounts, mails); called once more after a crash, so
            it must not mind that something is gone already.

    Raises:
        KnowledgeError: the disk is full; nothing is erased.
    """
    with knowledge.alone():
        traces = find_traces(knowledge, iris)
        erasing = _begin(knowledge, traces, tuple(texts), tuple(accounts))
        try:
            erased = _erase_here(knowledge, erasing, traces)
        except KnowledgeError:
            if knowledge.generation == erasing.generation:
                _end(knowledge)
            raise
        elsewhere(erasing)
        _end(knowledge)
    return erased


def begun(knowledge: "Knowledge") -> Erasing | None:
    """The erasure that a crash interrupted; None where none was."""
    file = _file(knowledge)
    if file is None or not file.exists():
        return None
    said = json.loads(file.read_text(encoding="utf-8"))
    return Erasing(
        tuple(said["things"]), tuple(said["texts"]), tuple(said["accounts"]), said["generation"]
    )


def finish(
    knowledge: "Knowledge", elsewhere: Callable[[Erasing], None] = _nothing_else
) -> Erasing | None:
    """Do the rest of an erasure that a crash interrupted; None where none was.

    Raises:
        KnowledgeError: the disk is full.
    """
    erasing = begun(knowledge)
    if erasing is None:
        return None
    finish_here(knowledge, erasing)
    elsewhere(erasing)
    _end(knowledge)
    return erasing


def finish_here(knowledge: "Knowledge", erasing: Erasing) -> None:
    """Do what is left to do in the knowledge itself."""
    if knowledge.generation == erasing.generation:
        _erase_here(knowledge, erasing, find_traces(knowledge, erasing.things))


def _begin(
    knowledge: "Knowledge", traces: Traces, texts: tuple[str, ...], accounts: tuple[str, ...]
) -> Erasing:
    start = knowledge.addresses.base + "id/person/"
    is_person = any(iri.startswith(start) for iri in traces.things)
    own = (traces.names - traces.shared) if is_person else set()
    names = {bare_name(name) for name in own} | own | traces.mails | set(texts)
    erasing = Erasing(
        tuple(sorted(traces.things)), tuple(sorted(names)), accounts, knowledge.generation
    )
    if (file := _file(knowledge)) is not None:
        write_whole(file, (json.dumps(asdict(erasing)) + "\n").encode(), mode=0o600)
    return erasing


def _end(knowledge: "Knowledge") -> None:
    if (file := _file(knowledge)) is not None:
        file.unlink(missing_ok=True)


def _file(knowledge: "Knowledge") -> Path | None:
    return knowledge.folder / _FILE if knowledge.folder else None


def _erase_here(knowledge: "Knowledge", erasing: Erasing, traces: Traces) -> Erased:
    addresses, store = knowledge.addresses, knowledge.store
    wanted = erasing.wanted
    reviser = Reviser(traces, wanted, erasing.accounts, addresses)
    graphs = store.graphs()
    decisions = list(filter(addresses.parse_decision_graph, graphs))
    sources = list(filter(addresses.parse_source_graph, graphs))
    reviser.learn(store.dump(decisions))
    remove: set[Quad] = set()
    add: set[Quad] = set()
    left: set[str] = set()
    for quad in store.dump((*sources, *decisions)):
        new = reviser.one(quad)
        if new != quad:
            remove.add(quad)
        if new is not None and new != quad:
            add.add(new)
        elif new is not None and new.predicate == THING and wanted.found_in(object_of(new).value):
            left.add(object_of(new).value)
    batches: set[int] = set()

    def revised(record: Record) -> Record:
        new = _revised(record, reviser, wanted)
        if new is not record:
            batches.add(record.batch.number)
        return new

    if not remove and not traces.rows and all(revised(one) is one for one in knowledge.records()):
        return Erased(erasing.things, shared=tuple(sorted(traces.shared)))
    batches.clear()
    change = Change(frozenset(add), frozenset(remove))
    about = About("erasure", counts={"statements": len(remove) - len(add), "texts": len(add)})
    remembered = _marks(knowledge, traces, erasing).written()
    knowledge.rewrite(change, revised, about, remembered)
    return Erased(
        things=erasing.things,
        statements=len(remove) - len(add),
        texts=len(add),
        batches=len(batches),
        shared=tuple(sorted(traces.shared)),
        left=tuple(sorted(left)),
    )


def _revised(record: Record, reviser: Reviser, wanted: Wanted) -> Record:
    """What is left of a batch; the very same record where nothing must go."""
    old = (*record.own.remove, *record.own.add)
    reviser.learn(old)
    gone = sum(reviser.one(quad) != quad for quad in old)
    title = wanted.taken_out(record.batch.about.title)
    heard_by = record.batch.audiences
    # The audience of an account has the account in its name.
    left = {name: counts for name, counts in heard_by.items() if not wanted.found_in(name)}
    if not gone and title == record.batch.about.title and left == heard_by:
        return record
    remove, add = reviser.revised(record.own.remove), reviser.revised(record.own.add)
    batch = replace(
        record.batch,
        about=replace(
            record.batch.about,
            title=title,
            audience=wanted.taken_out(record.batch.about.audience),
        ),
        erased=record.batch.erased + gone,
        audiences=left,
    )
    # What differed only in what is gone does not differ any more.
    return Record(batch, Difference(remove - add, add - remove))


def _marks(knowledge: "Knowledge", traces: Traces, erasing: Erasing) -> ErasedMarks:
    rows = filter(None, map(knowledge.addresses.parse_row, traces.rows))
    parsed = filter(None, map(knowledge.addresses.parse, traces.things))
    return erased_marks(knowledge).with_person(
        names=traces.names | {slug for _, slug in parsed},
        shared=traces.shared,
        organisations=traces.organisations,
        mails=traces.mails | {text for text in erasing.texts if "@" in text},
        rows=[row for row in rows if not is_bare_number(row[1])],
    )
