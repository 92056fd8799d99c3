"""Reading what is said about one thing, value by value, with who says it and why it follows."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from flask_babel import gettext as _
from pyoxigraph import Literal, NamedNode

from graph import Statement, Term, Thing, View
from ontology import CR, inverse_label, term_comment, term_label
from webapp.pages.following import Follows
from webapp.pages.model import Group, Shown, SourceNote
from webapp.pages.values import text_of

SHOWN: Final = 8
"""Values of one property that a page shows before somebody asks for all."""

MOST: Final = 1_000
"""Values of one property that a page shows at all."""

_LINKED: Final = ("http://", "https://", "mailto:", "tel:")
"""Addresses that a page links to; any other is shown as text, since a link may be a trap."""


@dataclass
class Notes:
    """The sources met so far, numbered in the order of their first mention.

    Attributes:
        said: property and value to the names of the sources that say it.
        numbers: the number of each source that was mentioned.
    """

    view: View
    lang: str
    said: dict[tuple[str, Term], list[str]] = field(default_factory=dict)
    numbers: dict[str, int] = field(default_factory=dict)

    def of(self, prop: str, value: Term) -> tuple[int, ...]:
        """The numbers of the sources that say something about the thing of the page."""
        return tuple(
            self.numbers.setdefault(name, len(self.numbers) + 1)
            for name in self.said.get((prop, value), ())
        )

    def notes(self) -> Iterator[SourceNote]:
        """All sources that were mentioned."""
        for name, number in self.numbers.items():
            thing = self.view.find("source", name)
            label = thing.label(self.lang) if thing else name
            yield SourceNote(number, name, label, thing.as_of if thing else "", thing)


class Reader:
    """What is said about one thing, in the words of a page.

    Args:
        view: what the reader may read.
        thing: what the page is about.
        lang: the reader's language.
        whole: key of a group that is to be shown as a whole.

    Attributes:
        values: property to the statements about the thing.
    """

    def __init__(self, view: View, thing: Thing, lang: str, whole: str = "") -> None:
        self.view, self.thing, self.lang, self.whole = view, thing, lang, whole
        self.notes = Notes(view, lang)
        self._follows = Follows(view, lang)
        for origin in view.origins(thing.iri):
            if origin.source:
                said = origin.statement
                names = self.notes.said.setdefault((said.predicate, said.object), [])
                if origin.source not in names:
                    names.append(origin.source)
        self.values: dict[str, list[Statement]] = defaultdict(list)
        for statement in view.statements(thing.iri):
            self.values[statement.predicate].append(statement)

    def value(self, prop: str, statement: Statement) -> Shown:
        """One value of a property of the thing."""
        value = statement.object
        sources = self.notes.of(prop, value)
        because = ""
        if not sources and statement.inferred:
            because = self._follows.because(self.thing.iri, prop, value.value)
        if isinstance(value, NamedNode):
            thing = self.view.thing(value.value)
            if thing is not None:
                text, note = thing.label(self.lang), self._note(thing)
                return Shown(text, thing=thing, sources=sources, because=because, note=note)
            text = self.view.label(value.value, self.lang) or _address(value.value)
            address = value.value if value.value.startswith(_LINKED) else ""
            return Shown(text, address=address, sources=sources, because=because)
        language = (value.language or "").partition("-")[0]
        return Shown(
            self._approximate(prop, text_of(value, prop, self.lang)),
            language=language if language != self.lang else "",
            sources=sources,
            because=because,
        )

    def _note(self, thing: Thing) -> str:
        """What the name of a figure leaves out: its year, and how exact it is."""
        if thing.kind != "figure":
            return ""
        said = {s.predicate: s.object for s in self.view.statements(thing.iri, inferred=False)}
        texts = [
            text_of(value, prop, self.lang)
            for prop in (CR + "year", CR + "note")
            if isinstance(value := said.get(prop), Literal)
        ]
        name = " ".join(thing.labels.values())
        return ", ".join(text for text in texts if text not in name)

    def _approximate(self, prop: str, text: str) -> str:
        if prop != CR + "memberCount":
            return text
        stated = {s.object.value for s in self.values.get(CR + "memberCountApproximate", ())}
        return _("about %(number)s", number=text) if stated & {"true", "1"} else text

    def plain(self, prop: str, statements: Iterable[Statement]) -> list[Shown]:
        """Values as texts, in the reader's language where one of them is."""
        several = set(statements)
        tagged = {s for s in several if isinstance(s.object, Literal) and s.object.language}
        own = {s for s in tagged if isinstance(s.object, Literal) and self._own(s.object)}
        hidden = tagged - own if own else set()
        ordered = sorted(several - hidden, key=lambda one: str(one.object))
        return [self.value(prop, statement) for statement in ordered]

    def _own(self, value: Literal) -> bool:
        return (value.language or "").partition("-")[0] == self.lang

    def group(
        self,
        prop: str,
        label: str,
        values: "Sequence[Shown | Later]",
        *,
        link: bool = False,
        reverse: bool = False,
        kind: str = "",
    ) -> Group:
        """The values of a property, as many as a page shows.

        Args:
            prop: IRI of the property.
            label: what the group is called.
            values: all of them.
            link: whether they are things.
            reverse: whether they point to the page's thing.
            kind: the kind of the things where there is a group for each kind.
        """
        key = ("of-" if reverse else "") + _bare(prop) + (f"-{kind}" if kind else "")
        most = MOST if key == self.whole else SHOWN
        # One or two more are shown rather than hidden behind a link.
        if len(values) <= SHOWN + 2:
            most = len(values)
        first = tuple(one.shown() if isinstance(one, Later) else one for one in values[:most])
        comment = term_comment(prop, self.lang)
        return Group(key, label, comment, prop, first, len(values), link)

    def is_thing(self, value: Term) -> bool:
        """Whether a value is a thing that the reader may know of."""
        return isinstance(value, NamedNode) and self.view.thing(value.value) is not None

    def name(self, prop: str) -> str:
        """What a property is called."""
        return term_label(prop, self.lang) or _bare(prop)

    def reverse_name(self, prop: str) -> str:
        """What a property is called when it is read from its value."""
        label = inverse_label(prop, self.lang)
        return label or str(_("“%(property)s” of", property=self.name(prop)))


@dataclass(frozen=True)
class Later:
    """A linked thing; who says so, or why, is looked up only if it is shown.

    Attributes:
        reader: of the page.
        prop: IRI of the property that links it.
        thing: the linked thing.
        said: what the page's thing says of it; None where it points here.
    """

    reader: Reader
    prop: str
    thing: Thing
    said: Statement | None = None

    def shown(self) -> Shown:
        """The thing as a value of the page."""
        if self.said is not None:
            return self.reader.value(self.prop, self.said)
        return Shown(self.thing.label(self.reader.lang), thing=self.thing)


def _bare(iri: str) -> str:
    """The last part of a property's IRI: what is left where nothing better names it."""
    return iri.rstrip("/").rpartition("#")[2].rpartition("/")[2] or iri


def _address(iri: str) -> str:
    """An outside address as people write it."""
    return iri.removeprefix("https://").removeprefix("http://").rstrip("/")
