"""What somebody typed into the form of a profile: checked values, problems and open questions.

A field is sent as ``<key>-<n>-text``, ``-language``, ``-audience`` and ``-drop`` for each of its
rows. Words for things are sent as ``<key>-add-text``; what a word means that was asked back comes
as ``<key>-word-<n>`` and ``<key>-answer-<n>``.
"""

import re
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, replace
from typing import Final

from flask_babel import gettext as _
from pyoxigraph import Literal, NamedNode

from graph import Term, Thing, View, Wrong, parse_value
from ontology import RDF, code_class
from webapp.profiles.forms import TYPE, Field, Sort
from webapp.profiles.meaning import meant
from webapp.profiles.states import FieldState, Question, Row, with_empty
from webapp.profiles.values import digest

KEEP_WORD: Final = "word"
"""The answer that a word is to be kept until somebody says what it means."""

_LANGUAGES: Final = ("", "de", "en")
_PARTS: Final = re.compile(r"\s*[;|]\s*")
_MOST: Final = 300
"""Rows of one field that are read."""

_LANG_STRING: Final = RDF + "langString"


@dataclass(frozen=True)
class Entry:
    """One value that somebody wants a profile to say: a term, or a word that nobody knows yet."""

    value: Term | str
    audience: str


@dataclass(frozen=True)
class Submitted:
    """A field as somebody sent it.

    Attributes:
        state: the field as the page shows it again if anything is wrong.
        entries: what it says now.
        changed: whether that differs from what the form began with.
    """

    state: FieldState
    entries: tuple[Entry, ...]
    changed: bool


class Reading:
    """Reads the fields of one sent form.

    Args:
        form: what was sent.
        view: what the editor reads: nothing else can be linked to.
        audiences: those that the editor may choose.
        lang: language of the page.
        new: whether the thing is being made, so that all that is needed must be there.
    """

    def __init__(
        self,
        form: Mapping[str, str],
        view: View,
        audiences: Set[str],
        lang: str,
        *,
        new: bool = False,
    ) -> None:
        self._new = new
        self._strange: set[str] = set()
        self._form = form
        self._view = view
        self._audiences = audiences
        self._lang = lang

    def field(self, now: FieldState) -> Submitted:
        """One field.

        Args:
            now: the field as the profile says it now.
        """
        field = now.field
        rows, entries, questions = [], [], []
        for row, entry in self._rows(now):
            rows.append(row)
            entries += [entry] if entry else []
        if field.sort is Sort.LINK:
            for word in self._words(now):
                if isinstance(word, Question):
                    questions.append(word)
                else:
                    rows.append(word[0])
                    entries.append(word[1])
        entries = list(dict.fromkeys(entries))
        was = self._form.get(f"{field.key}-was", now.was)
        changed = digest((entry.audience, entry.value) for entry in entries) != was
        problem = self._problem(now, rows, entries, changed=changed, was=was)
        state = replace(
            now,
            rows=with_empty(field, [row for row in rows if row.text], now.spare),
            questions=tuple(questions),
            problem=problem,
            was=was,
        )
        return Submitted(state, tuple(entries), changed)

    def _problem(
        self, now: FieldState, rows: list[Row], entries: list[Entry], *, changed: bool, was: str
    ) -> str:
        if now.key in self._strange:
            return str(
                _("You do not belong to this audience (any more). Choose again who may read it.")
            )
        if changed and was != now.was:
            return str(
                _("Somebody else has changed this in the meantime. Look at it and save again.")
            )
        missing = now.field.required and not entries and not any(row.problem for row in rows)
        if missing and (changed or self._new):
            return str(_("This is needed: say at least one."))
        return ""

    def _rows(self, now: FieldState) -> Iterator[tuple[Row, Entry | None]]:
        known = {(row.text, row.language): row for row in now.rows if row.text}
        for number in range(_MOST):
            start = f"{now.key}-{number}-"
            text = self._form.get(start + "text")
            if text is None:
                return
            text = text.strip().replace("\r\n", "\n")
            audience = self._audience(start + "audience", now)
            language = self._form.get(start + "language", "")
            language = language if language in _LANGUAGES else ""
            row = Row(text, audience, language)
            if old := known.get((text, language)):
                row = replace(old, audience=audience)
            if self._form.get(start + "drop"):
                yield replace(row, dropped=True), None
            elif text:
                yield self._checked(now.field, row)
            else:
                yield row, None

    def _checked(self, field: Field, row: Row) -> tuple[Row, Entry | None]:
        if row.term is not None:
            return row, Entry(row.term, row.audience)
        value = self._value(field, row)
        if isinstance(value, str):
            return replace(row, problem=value), None
        if field.sort is Sort.LINK and isinstance(value, NamedNode):
            thing = self._view.thing(value.value)
            row = replace(row, thing=thing, label=thing.label(self._lang) if thing else row.label)
        return row, Entry(value, row.audience)

    def _value(self, field: Field, row: Row) -> Term | str:
        """The term of a row, or what is wrong with it."""
        if field.sort is Sort.LINK:
            return self._linked(field, row.text)
        if field.sort is Sort.CHOICE and field.path == TYPE:
            chosen = code_class(TYPE, row.text) if row.text in field.check.in_values else ""
            return NamedNode(chosen) if chosen else str(_("Choose one of the values."))
        language = row.language
        if not language and field.check.datatype == _LANG_STRING:
            language = self._lang
        parsed = parse_value(row.text, field.check, language)
        if isinstance(parsed, Wrong):
            return parsed.message[self._lang]
        assert isinstance(parsed, Literal | NamedNode)
        return parsed

    def _linked(self, field: Field, text: str) -> NamedNode | str:
        iri = text[1:-1] if text.startswith("<") and text.endswith(">") else ""
        thing = self._view.thing(iri) if iri else None
        if thing is None or thing.kind not in field.kinds:
            return str(_("This cannot be linked to. Remove it and search for it again."))
        return NamedNode(thing.iri)

    def _words(self, now: FieldState) -> Iterator[Question | tuple[Row, Entry]]:
        """What typed words mean: a link, a word to be kept, or a question."""
        audience = self._audience(f"{now.key}-add-audience", now)
        for text in _PARTS.split(self._form.get(f"{now.key}-add-text", "").strip()):
            if text:
                found = meant(text, now.field.kinds, self._view)
                one = found.only
                yield self._link(one, audience) if one else Question(text, audience, found.things)
        for number in range(_MOST):
            text = self._form.get(f"{now.key}-word-{number}", "")
            if not text:
                return
            answer = self._form.get(f"{now.key}-answer-{number}", "")
            audience = self._audience(f"{now.key}-word-{number}-audience", now)
            linked = self._linked(now.field, answer)
            if answer == KEEP_WORD:
                yield Row(text, audience, label=text), Entry(text, audience)
            elif isinstance(linked, NamedNode):
                thing = self._view.thing(linked.value)
                assert thing is not None
                yield self._link(thing, audience)
            elif answer != "none":
                yield Question(text, audience, meant(text, now.field.kinds, self._view).things)

    def _link(self, thing: Thing, audience: str) -> tuple[Row, Entry]:
        label = thing.label(self._lang)
        row = Row(f"<{thing.iri}>", audience, label=label, thing=thing)
        return row, Entry(NamedNode(thing.iri), audience)

    def _audience(self, name: str, now: FieldState) -> str:
        chosen = self._form.get(name, now.spare)
        if chosen in self._audiences:
            return chosen
        # What was meant for few must never come to be said to more.
        self._strange.add(now.key)
        return now.spare
