"""The relations of a page: what a thing links to, and what points to it."""

from collections import defaultdict
from collections.abc import Iterator

from pyoxigraph import NamedNode

from graph import Statement, Thing, fold
from ontology import CR, RDF, SKOS, schema
from webapp.kinds import kind_name
from webapp.pages.model import Group
from webapp.pages.reader import SHOWN, Later, Reader
from webapp.pages.redundant import shown, telling


def relations(reader: Reader) -> tuple[Group, ...]:
    """All relations: said ones, then those that follow, then what points here besides."""
    return (*_links(reader), *_pointing_here(reader))


def _links(reader: Reader) -> Iterator[Group]:
    joined: dict[str, set[str]] = defaultdict(set)
    for prop, statements in reader.values.items():
        for said in statements:
            if prop != RDF + "type" and reader.is_thing(said.object):
                joined[said.object.value].add(prop)
    kept = {(prop, iri) for iri, props in joined.items() for prop in telling(frozenset(props))}
    found: list[tuple[bool, Group]] = []
    for prop, statements in reader.values.items():
        chosen = [
            said
            for said in statements
            if (prop, said.object.value) in kept and shown(prop, inferred=said.inferred)
        ]
        inferred = all(said.inferred for said in chosen)
        groups = _by_kind(reader, prop, reader.name(prop), _things(reader, prop, chosen))
        found.extend((inferred, group) for group in groups)
    found.sort(key=lambda pair: (pair[0], fold(pair[1].label)))
    return (group for _inferred, group in found)


def _things(reader: Reader, prop: str, statements: list[Statement]) -> list[Later]:
    later = [
        Later(reader, prop, thing, said)
        for said in statements
        if (thing := reader.view.thing(said.object.value)) is not None
    ]
    return _ordered(later, reader.lang)


def _pointing_here(reader: Reader) -> Iterator[Group]:
    """Things that link here by a property that this thing itself has no word for."""
    outward = {(p, s.object.value) for p, several in reader.values.items() for s in several}
    joined: dict[str, set[str]] = defaultdict(set)
    for said in reader.view.statements(obj=NamedNode(reader.thing.iri)):
        if said.predicate.startswith((CR, SKOS)):
            joined[said.subject].add(said.predicate)
    pointing: dict[str, list[Thing]] = defaultdict(list)
    for iri, props in joined.items():
        thing = reader.view.thing(iri)
        for prop in telling(frozenset(props)):
            if thing is not None and not _said_here(prop, iri, outward):
                pointing[prop].append(thing)
    for prop in sorted(pointing, key=lambda one: (fold(reader.reverse_name(one)), one)):
        later = _ordered([Later(reader, prop, one) for one in pointing[prop]], reader.lang)
        yield from _by_kind(reader, prop, reader.reverse_name(prop), later, reverse=True)


def _said_here(prop: str, iri: str, outward: set[tuple[str, str]]) -> bool:
    """Whether the page says the same already, from this thing's side."""
    known = schema()
    same = set(known.inverses.get(prop, ())) | ({prop} & known.symmetric)
    return any((other, iri) in outward for other in same)


def _ordered(later: list[Later], lang: str) -> list[Later]:
    return sorted(later, key=lambda one: (fold(one.thing.label(lang)), one.thing.iri))


def _by_kind(
    reader: Reader, prop: str, label: str, values: list[Later], *, reverse: bool = False
) -> Iterator[Group]:
    """One group, or a group a kind where there are many things of several kinds."""
    kinds = {value.thing.kind for value in values}
    if len(kinds) < 2 or len(values) <= SHOWN:
        if values:
            yield reader.group(prop, label, values, link=True, reverse=reverse)
        return
    for kind in sorted(kinds, key=lambda one: fold(kind_name(one, 2))):
        several = [value for value in values if value.thing.kind == kind]
        name = f"{label}: {kind_name(kind, len(several))}"
        yield reader.group(prop, name, several, link=True, reverse=reverse, kind=kind)
