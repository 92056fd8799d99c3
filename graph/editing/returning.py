"""Nobody who was erased comes back by hand: what is written is held against their marks."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Final

from graph.editing.changes import PropertyChange, Said
from graph.editing.messages import would_return
from graph.erasing.marks import ErasedMarks, erased_marks
from graph.importing.mapping import NAMES, OTHER_NAMES
from graph.knowledge import Knowledge, View
from ontology import CR, SKOS, checks

_WORKS_FOR: Final = CR + "worksFor"
_ALT: Final = SKOS + "altLabel"
_MAIL: Final = re.compile(r"[^\s<>()\"',;:]+@[^\s<>()\"',;:]+")


def refuse_who_was_erased(
    knowledge: Knowledge, view: View, kind: str, thing: str, changes: Sequence[PropertyChange]
) -> None:
    """Refuse what would bring somebody back who was erased.

    That is a person of such a name who works, as far as is said, for the same organisation; the
    name of such a person as a word where persons may stand; and such an e-mail address in any
    text.

    Args:
        knowledge: what is known.
        view: of the editor.
        kind: of the thing.
        thing: its IRI.
        changes: what is to be said of it.

    Raises:
        KnowledgeError: it would; whom it would bring back is not told.
    """
    marks = erased_marks(knowledge)
    if not marks.marks:
        return
    if kind == "person" and _is_one(marks, view, thing, changes):
        raise would_return()
    persons = {check.path for check in checks(kind).properties if "person" in check.kinds}
    for change in changes:
        for said in change.values:
            text = _text(said)
            named = change.property in persons and isinstance(said.value, str)
            mails = _MAIL.findall(text) if "@" in text else ()
            if (named and marks.has_name(text)) or any(map(marks.has_mail, mails)):
                raise would_return()


def _is_one(marks: ErasedMarks, view: View, thing: str, changes: Sequence[PropertyChange]) -> bool:
    names = {
        _text(said)
        for change in changes
        if change.property in (*NAMES, *OTHER_NAMES)
        for said in change.values
    }
    if not names:
        known = view.thing(thing)
        moved = any(change.property == _WORKS_FOR for change in changes)
        names = set(known.labels.values()) if known and moved else set()
    if not names:
        return False
    organisations = set(_called(view, _works_for(view, thing, changes)))
    return any(marks.has_person(name, organisations) for name in names)


def _works_for(view: View, thing: str, changes: Sequence[PropertyChange]) -> Iterator[str]:
    """IRIs, or words, of the organisations that the person works for."""
    said = [change for change in changes if change.property == _WORKS_FOR]
    if said:
        yield from (_text(one) for one in chain.from_iterable(one.values for one in said))
        return
    for statement in view.statements(thing, _WORKS_FOR):
        yield statement.object.value


def _called(view: View, organisations: Iterable[str]) -> Iterator[str]:
    """All that organisations are called."""
    for one in organisations:
        found = view.thing(one)
        if found is None:
            yield one
            continue
        yield from (found.slug, *found.labels.values())
        yield from (said.object.value for said in view.statements(one, _ALT))


def _text(said: Said) -> str:
    return said.value if isinstance(said.value, str) else said.value.value
