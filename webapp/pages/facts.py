"""What the page of a thing says: facts, relations both ways, and where each comes from."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from flask_babel import gettext as _
from pyoxigraph import Literal, NamedNode

from graph import Statement, Term, Thing, View, fold
from ontology import (
    CR,
    DCT,
    KIND_OF_CLASS,
    RDF,
    RDFS,
    SKOS,
    inverse_label,
    schema,
    term_comment,
    term_label,
)
from webapp.kinds import kind_name
from webapp.pages.following import Follows
from webapp.pages.model import Group, Shown, SourceNote, ThingPage
from webapp.pages.redundant import shown, telling
from webapp.pages.values import text_of

SHOWN: Final = 8
"""Values of one property that a page shows before somebody asks for all."""

MOST: Final = 1_000
"""Values of one property that a page shows at all."""

_TYPE: Final = RDF + "type"
_NAMES: Final = frozenset({RDFS + "label", SKOS + "prefLabel"})
_ELSEWHERE: Final = frozenset(
    {
        DCT + "description",
        CR + "asOf",
        CR + "status",
        CR + "invented",
        CR + "memberCountApproximate",
    }
)
"""Said by the head of the page, by badges, or beside another fact."""


@dataclass
class _Notes:
    """The sources met so far, numbered in the order of their first mention."""

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


def page_of(view: View, thing: Thing, lang: str, whole: str = "") -> ThingPage:
    """Read the page of a thing.

    Args:
        view: what the reader may read.
        thing: what the page is about.
        lang: the reader's language.
        whole: key of a group that is to be shown as a whole.
    """
    return _Reader(view, thing, lang, whole).page()


class _Reader:
    def __init__(self, view: View, thing: Thing, lang: str, whole: str) -> None:
        self.view, self.thing, self.lang, self.whole = view, thing, lang, whole
        self.follows = Follows(view, lang)
        self.notes = _Notes(view, lang)
        for origin in view.origins(thing.iri):
            if origin.source:
                said = origin.statement
                names = self.notes.said.setdefault((said.predicate, said.object), [])
                if origin.source not in names:
                    names.append(origin.source)
        self.values: dict[str, list[Statement]] = defaultdict(list)
        for statement in view.statements(thing.iri):
            self.values[statement.predicate].append(statement)

    def page(self) -> ThingPage:
        descriptions = tuple(self._texts(DCT + "description"))
        facts = [*self._types(), *self._other_names(), *self._facts()]
        relations = [*self._links(), *self._pointing_here()]
        return ThingPage(
            self.thing,
            descriptions,
            tuple(facts),
            tuple(relations),
            tuple(self.notes.notes()),
        )

    # Plain values

    def _facts(self) -> Iterator[Group]:
        found: list[Group] = []
        for prop, statements in self.values.items():
            if prop in _NAMES or prop in _ELSEWHERE or prop in {_TYPE, SKOS + "altLabel"}:
                continue
            plain = [s for s in statements if not self._is_thing(s.object)]
            plain = [s for s in plain if shown(prop, inferred=s.inferred)]
            if prop == CR + "endDate" and self._says_the_same(prop, CR + "startDate"):
                continue
            if plain:
                found.append(self._group(prop, self._name(prop), list(self._plain(prop, plain))))
        yield from sorted(found, key=lambda group: fold(group.label))

    def _other_names(self) -> Iterator[Group]:
        names = [s for p in _NAMES for s in self.values.get(p, ()) if not s.inferred]
        shown_name = self.thing.label(self.lang)
        others = [s for s in names if s.object.value != shown_name]
        others += self.values.get(SKOS + "altLabel", [])
        found: dict[str, Shown] = {}
        for said in others:
            shown_value = self.value(said.predicate, said)
            found.setdefault(f"{shown_value.text}@{shown_value.language}", shown_value)
        if found:
            yield self._group(SKOS + "altLabel", _("also called"), list(found.values()))

    def _plain(self, prop: str, statements: Iterable[Statement]) -> Iterator[Shown]:
        several = list(statements)
        tagged = [s for s in several if isinstance(s.object, Literal) and s.object.language]
        own = [s for s in tagged if isinstance(s.object, Literal) and self._own(s.object)]
        hidden = set(tagged) - set(own) if own else set()
        for statement in sorted(set(several) - hidden, key=lambda s: s.object.value):
            yield self.value(prop, statement)

    def _texts(self, prop: str) -> Iterator[Shown]:
        yield from self._plain(prop, self.values.get(prop, ()))

    def _own(self, value: Literal) -> bool:
        return (value.language or "").partition("-")[0] == self.lang

    def _says_the_same(self, prop: str, other: str) -> bool:
        return {s.object for s in self.values[prop]} == {s.object for s in self.values[other]}

    def value(self, prop: str, statement: Statement) -> Shown:
        value = statement.object
        sources = self.notes.of(prop, value)
        because = ""
        if not sources and statement.inferred:
            because = self.follows.because(self.thing.iri, prop, value.value)
        if isinstance(value, NamedNode):
            thing = self.view.thing(value.value)
            if thing is not None:
                text, note = thing.label(self.lang), self._note(thing)
                return Shown(text, thing=thing, sources=sources, because=because, note=note)
            text = self.view.label(value.value, self.lang) or _address(value.value)
            return Shown(text, address=value.value, sources=sources, because=because)
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
        return ", ".join(texts)

    def _approximate(self, prop: str, text: str) -> str:
        if prop != CR + "memberCount":
            return text
        stated = {s.object.value for s in self.values.get(CR + "memberCountApproximate", ())}
        return _("about %(number)s", number=text) if stated & {"true", "1"} else text

    # What it is

    def _types(self) -> Iterator[Group]:
        general = {cls for cls, kind in KIND_OF_CLASS.items() if kind.name == self.thing.kind}
        special = [
            said
            for said in self.values.get(_TYPE, ())
            if said.object.value.startswith(CR)
            and said.object.value not in {*general, CR + "Actor"}
        ]
        if special:
            values = sorted(
                (self.value(_TYPE, said) for said in special), key=lambda one: fold(one.text)
            )
            yield self._group(_TYPE, _("is"), values)

    # Links to things, and from them

    def _links(self) -> Iterator[Group]:
        joined: dict[str, set[str]] = defaultdict(set)
        for prop, statements in self.values.items():
            for said in statements:
                if self._is_thing(said.object) and prop != _TYPE:
                    joined[said.object.value].add(prop)
        kept = {(prop, iri) for iri, props in joined.items() for prop in telling(frozenset(props))}
        found: list[tuple[bool, Group]] = []
        for prop, statements in self.values.items():
            chosen = [
                said
                for said in statements
                if (prop, said.object.value) in kept and shown(prop, inferred=said.inferred)
            ]
            inferred = all(said.inferred for said in chosen)
            groups = self._by_kind(prop, self._name(prop), self._things(prop, chosen))
            found.extend((inferred, group) for group in groups)
        found.sort(key=lambda pair: (pair[0], fold(pair[1].label)))
        for _inferred, group in found:
            yield group

    def _things(self, prop: str, statements: list[Statement]) -> "list[_Later]":
        later = [
            _Later(self, prop, thing, said)
            for said in statements
            if (thing := self.view.thing(said.object.value)) is not None
        ]
        return sorted(later, key=lambda one: (fold(one.thing.label(self.lang)), one.thing.iri))

    def _by_kind(
        self, prop: str, label: str, values: "list[_Later]", *, reverse: bool = False
    ) -> Iterator[Group]:
        """One group, or a group a kind where there are too many things of several kinds."""
        kinds = {value.thing.kind for value in values}
        if len(kinds) < 2 or len(values) <= SHOWN:
            if values:
                yield self._group(prop, label, values, link=True, reverse=reverse)
            return
        for kind in sorted(kinds, key=lambda one: fold(kind_name(one, 2))):
            several = [value for value in values if value.thing.kind == kind]
            name = f"{label}: {kind_name(kind, len(several))}"
            yield self._group(prop, name, several, link=True, reverse=reverse, kind=kind)

    def _pointing_here(self) -> Iterator[Group]:
        here = NamedNode(self.thing.iri)
        outward = {(p, s.object.value) for p, several in self.values.items() for s in several}
        joined: dict[str, set[str]] = defaultdict(set)
        for said in self.view.statements(obj=here):
            if said.predicate.startswith((CR, SKOS)):
                joined[said.subject].add(said.predicate)
        groups: dict[str, list[Thing]] = defaultdict(list)
        for iri, props in joined.items():
            thing = self.view.thing(iri)
            for prop in telling(frozenset(props)):
                if thing is not None and not self._said_here(prop, iri, outward):
                    groups[prop].append(thing)
        for prop, things in sorted(groups.items(), key=lambda item: fold(self._reverse(item[0]))):
            ordered = sorted(things, key=lambda one: (fold(one.label(self.lang)), one.iri))
            pointing = [_Later(self, prop, one) for one in ordered]
            yield from self._by_kind(prop, self._reverse(prop), pointing, reverse=True)

    def _said_here(self, prop: str, iri: str, outward: set[tuple[str, str]]) -> bool:
        """Whether the page says the same already, from this thing's side."""
        known = schema()
        same = set(known.inverses.get(prop, ())) | ({prop} & known.symmetric)
        return any((other, iri) in outward for other in same)

    # Small things

    def _group(
        self,
        prop: str,
        label: str,
        values: "Sequence[Shown | _Later]",
        *,
        link: bool = False,
        reverse: bool = False,
        kind: str = "",
    ) -> Group:
        key = ("of-" if reverse else "") + _bare(prop) + (f"-{kind}" if kind else "")
        most = MOST if key == self.whole else SHOWN
        # One or two more are shown rather than hidden behind a link.
        if len(values) <= SHOWN + 2:
            most = len(values)
        first = tuple(one.shown() if isinstance(one, _Later) else one for one in values[:most])
        comment = term_comment(prop, self.lang)
        return Group(key, label, comment, prop, first, len(values), link)

    def _is_thing(self, value: Term) -> bool:
        return isinstance(value, NamedNode) and self.view.thing(value.value) is not None

    def _name(self, prop: str) -> str:
        return term_label(prop, self.lang) or _bare(prop)

    def _reverse(self, prop: str) -> str:
        label = inverse_label(prop, self.lang)
        return label or _("“%(property)s” of", property=self._name(prop))


@dataclass(frozen=True)
class _Later:
    """A linked thing; who says so, or why, is looked up only if it is shown.

    Attributes:
        said: what this page's thing says of it; None where the thing points here.
    """

    reader: "_Reader"
    prop: str
    thing: Thing
    said: Statement | None = None

    def shown(self) -> Shown:
        if self.said is not None:
            return self.reader.value(self.prop, self.said)
        return Shown(self.thing.label(self.reader.lang), thing=self.thing)


def _bare(iri: str) -> str:
    """The last part of a property's IRI: what is left where nothing better names it."""
    return iri.rstrip("/").rpartition("#")[2].rpartition("/")[2] or iri


def _address(iri: str) -> str:
    """An outside address as people write it."""
    return iri.partition("://")[2].rstrip("/") or iri
