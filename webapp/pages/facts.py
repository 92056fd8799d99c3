"""The plain facts of a page: what a thing is, what else it is called, numbers, dates, texts."""

from collections.abc import Iterator
from typing import Final

from flask_babel import gettext as _

from graph import fold
from ontology import CR, DCT, KIND_OF_CLASS, RDF, RDFS, SKOS
from webapp.pages.model import Group, Shown
from webapp.pages.reader import Reader
from webapp.pages.redundant import shown

_DESCRIPTION: Final = DCT + "description"
_OTHER_NAME: Final = SKOS + "altLabel"
_TYPE: Final = RDF + "type"
_NAMES: Final = frozenset({RDFS + "label", SKOS + "prefLabel"})
_ELSEWHERE: Final = _NAMES | frozenset(
    {
        _TYPE,
        _DESCRIPTION,
        _OTHER_NAME,
        CR + "asOf",
        CR + "status",
        CR + "invented",
        CR + "memberCountApproximate",
        CR + "conceptType",
    }
)
"""Said by the head of the page, by badges, or in other groups."""


def descriptions(reader: Reader) -> tuple[Shown, ...]:
    """The texts at the head of a page, in the reader's language where there is one."""
    return tuple(reader.plain(_DESCRIPTION, reader.values.get(_DESCRIPTION, ())))


def facts(reader: Reader) -> tuple[Group, ...]:
    """All plain facts: what it is and what else it is called first, then by label."""
    plain = sorted(_plain_facts(reader), key=lambda group: fold(group.label))
    return (*_types(reader), *_other_names(reader), *plain)


def _types(reader: Reader) -> Iterator[Group]:
    """The classes that its kind does not tell."""
    general = {cls for cls, kind in KIND_OF_CLASS.items() if kind.name == reader.thing.kind}
    general.add(CR + "Actor")
    special = [
        said
        for said in reader.values.get(_TYPE, ())
        if said.object.value.startswith(CR) and said.object.value not in general
    ]
    if special:
        values = [reader.value(_TYPE, said) for said in special]
        values.sort(key=lambda one: fold(one.text))
        yield reader.group(_TYPE, _("is"), values)


def _other_names(reader: Reader) -> Iterator[Group]:
    """Its names in other languages, and its other names."""
    names = [said for p in sorted(_NAMES) for said in reader.values.get(p, ()) if not said.inferred]
    heading = reader.thing.label(reader.lang)
    others = [said for said in names if said.object.value != heading]
    others += reader.values.get(_OTHER_NAME, [])
    found: dict[tuple[str, str], Shown] = {}
    for said in sorted(others, key=lambda one: (one.predicate, str(one.object))):
        value = reader.value(said.predicate, said)
        found.setdefault((value.text, value.language), value)
    if found:
        yield reader.group(_OTHER_NAME, _("also called"), list(found.values()))


def _plain_facts(reader: Reader) -> Iterator[Group]:
    for prop, statements in reader.values.items():
        if prop in _ELSEWHERE or _ends_as_it_begins(reader, prop):
            continue
        plain = [
            said
            for said in statements
            if not reader.is_thing(said.object) and shown(prop, inferred=said.inferred)
        ]
        if plain:
            yield reader.group(prop, reader.name(prop), reader.plain(prop, plain))


def _ends_as_it_begins(reader: Reader, prop: str) -> bool:
    """Whether this is the end of something that takes one day, month or year."""
    if prop != CR + "endDate":
        return False
    begins = {said.object for said in reader.values.get(CR + "startDate", ())}
    return begins == {said.object for said in reader.values[prop]}
