"""What the fields of a form show: rows with their values, as they are or as somebody left them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pyoxigraph import NamedNode

from graph import OpenWord, Term, Thing, View, Viewer
from webapp.profiles.audiences import default_audience
from webapp.profiles.forms import Field, Sort
from webapp.profiles.values import Value, Values, code_of, digest, shown_of


@dataclass(frozen=True)
class Row:
    """One value of a field in a form.

    Attributes:
        text: what its input holds: a text, a code, or an IRI in angle brackets.
        audience: who may read it.
        language: the language of a text.
        label: what a link, or a value that cannot be typed, is called.
        thing: the thing that a link leads to.
        term: what is said now, where that is what the row shows; a word for one that means
            nothing yet.
        dropped: whether it is to go.
        problem: what is wrong with it, and what to write instead.
    """

    text: str
    audience: str
    language: str = ""
    label: str = ""
    thing: Thing | None = None
    term: Term | str | None = None
    dropped: bool = False
    problem: str = ""


@dataclass(frozen=True)
class Question:
    """A typed word that may mean several things, or none that is known.

    Attributes:
        text: the word.
        audience: who may read what it becomes.
        things: what it may mean.
    """

    text: str
    audience: str
    things: tuple[Thing, ...]


@dataclass(frozen=True)
class Saying:
    """What a source says.

    Attributes:
        source: what the source is called.
        text: its values in words.
    """

    source: str
    text: str


@dataclass(frozen=True)
class FieldState:
    """A field with what stands in it.

    Attributes:
        field: the field.
        rows: its values.
        was: a digest of what the profile said when the form was made.
        spare: the audience of a new value.
        questions: words that somebody must say the meaning of.
        problem: what is wrong with the field as a whole.
        others: what other sources say that the profile does not.
        doubts: what lists say since a member said otherwise, for the owner to settle.
    """

    field: Field
    rows: tuple[Row, ...]
    was: str
    spare: str
    questions: tuple[Question, ...] = ()
    problem: str = ""
    others: tuple[Saying, ...] = ()
    doubts: tuple[Saying, ...] = ()

    @property
    def key(self) -> str:
        """What names the field in the form."""
        return self.field.key

    @property
    def filled(self) -> bool:
        """Whether there is anything in it."""
        return any(row.text for row in self.rows)

    @property
    def folded(self) -> bool:
        """Whether the form shows it only to whoever wants to say more."""
        busy = self.filled or self.open or self.others or self.doubts
        return not (busy or self.field.first)

    @property
    def open(self) -> bool:
        """Whether somebody has to look at it."""
        return bool(self.questions) or self.wrong

    @property
    def wrong(self) -> bool:
        """Whether something in it cannot stay as it is; a question is no mistake."""
        return bool(self.problem or any(row.problem for row in self.rows))


def state_of(
    field: Field,
    values: Values,
    words: Iterable[OpenWord],
    view: View,
    viewer: Viewer,
    owners: Sequence[Thing],
    lang: str,
) -> FieldState:
    """A field with what the profile says now.

    Args:
        field: the field.
        values: all that the editor reads of the thing.
        words: what was written by hand and means nothing yet.
        view: what the editor reads.
        viewer: who edits.
        owners: the organisations that the thing belongs to.
        lang: language of the page.
    """
    several = shown_of(field, values.get(field.path, ()))
    spare = default_audience(several, viewer, owners)
    rows = [row_of(field, value, view, lang) for value in several]
    rows += [
        Row(word.text, word.audience, label=word.text, term=word.text)
        for word in words
        if word.property == field.path
    ]
    was = digest((row.audience, row.term) for row in rows if row.term is not None)
    return FieldState(field, with_empty(field, rows, spare), was, spare)


def row_of(field: Field, value: Value, view: View, lang: str) -> Row:
    """A value as a row of a form."""
    thing = view.thing(value.term.value) if isinstance(value.term, NamedNode) else None
    text = value.text
    if field.sort is Sort.CHOICE:
        text = code_of(field, value.term)
    elif field.sort is Sort.ADDRESS:
        text = value.term.value
    label = thing.label(lang) if thing else value.term.value
    return Row(text, value.audience, value.language, label, thing, value.term)


def with_empty(field: Field, rows: Iterable[Row], spare: str) -> tuple[Row, ...]:
    """The rows with empty ones where something may be added."""
    rows = tuple(rows)
    if field.slots:
        taken = {row.language for row in rows}
        empty = [Row("", spare, slot) for slot in field.slots if slot not in taken]
        order = {slot: at for at, slot in enumerate(field.slots)}
        return tuple(sorted((*rows, *empty), key=lambda row: order.get(row.language, 9)))
    typed = field.sort is not Sort.LINK
    growing = field.many and field.sort is Sort.TEXT
    if typed and (growing or not rows):
        return (*rows, Row("", spare))
    return rows
