"""Writes ``docs/ontology.md``: ``python -m ontology.reference > docs/ontology.md``."""

from collections.abc import Iterable, Iterator
from typing import Final

from ontology.labels import classes, codes, inverse_label, properties, term_comment, term_label
from ontology.namespaces import PREFIXES
from ontology.schema import Names, rules, schema
from ontology.shapes import checks

_INTRO: Final = """\
# The ontology

IRI `https://w3id.org/clusterradar/ontology`, prefix `cr:` =
`https://w3id.org/clusterradar/ontology#`. Every class and property has a label and a comment in
English and German. This page is written by `python -m ontology.reference > docs/ontology.md`.

| file in `ontology/` | what it says |
|---|---|
| `clusterradar.ttl` | the OWL 2 DL ontology: classes, properties, axioms, alignments |
| `codes.ttl` | the values that people choose from, with their names |
| `shapes.ttl` | SHACL: what data of each kind must look like, and which columns hold it |
| `thesaurus.ttl` | the three concept schemes: competences, sectors, topics |
| `rules/*.rq` | named rules that derive classes which count or compare |

**Aligned, not copied.** Clusters and organisations are `org:Organization`, sections and working
groups `org:OrganizationalUnit`; people are `foaf:Person`; competences, sectors and topics are
`skos:Concept`; sources and decisions are `prov:Entity`; devices are `vivo:Equipment`, described
like instruments in PIDINST; offers, needs, events and trainings are `schema:Offer`,
`schema:Demand`, `schema:Event` and `schema:Course`. A `schema:Offer` that says nothing counts
as a sale; ours are leases (capacity) or services.

**Values.** Partial dates are texts that keep their precision: `2015`, `2015-03`, `2015-03-04`.
Only those datatypes are used that every engine keeps as they are: string, langString, integer,
decimal, double, boolean, date, dateTime, anyURI.

**Transitivity** is `cr:partOf` and `skos:broaderTransitive`, never `skos:broader`. A parent in
another scheme is `skos:broadMatch`.

**Two reasoners.** Conclusions are drawn at load, without Java: subclasses, subproperties,
inverses, symmetry, transitivity, chains, and the named rules. `clusterradar check` gives
ontology and data to HermiT, which knows all of OWL 2 DL, and explains what contradicts itself;
it also runs the full SHACL validator and the integrity conditions S9, S13, S14, S27 and S46 of
SKOS.
"""


_LISTED: Final = (
    "cluster organisation person topic device listing project event training publication call "
    "roadmap figure place group programme"
)
"""Kinds that lists are about; competences and sectors stand in lists of topics."""


def page() -> str:
    """The page, in Markdown."""
    return "\n".join([_INTRO, *_classes(), *_properties(), *_rules(), *_columns()])


def _classes() -> Iterator[str]:
    yield from ("## Classes", "", "| class | label | below | meaning |", "|---|---|---|---|")
    for iri in classes():
        above = _names(schema().subclasses, iri)
        yield f"| `{_short(iri)}` | {_labels(iri)} | {above} | {term_comment(iri, 'en')} |"
    yield ""


def _properties() -> Iterator[str]:
    yield from (
        "## Properties",
        "",
        "| property | label | from → to | read the other way | meaning |",
    )
    yield "|---|---|---|---|---|"
    said = schema()
    for iri in properties():
        ends = f"{_from(iri)} → {_to(iri)}"
        inverse = _names(said.inverses, iri) or inverse_label(iri, "en")
        meaning = " ".join([term_comment(iri, "en"), *_axioms(iri)])
        yield f"| `{_short(iri)}` | {_labels(iri)} | {ends} | {inverse} | {meaning} |"
    yield ""


def _axioms(iri: str) -> Iterator[str]:
    said = schema()
    if above := _names(said.subproperties, iri):
        yield f"Implies {above}."
    if iri in said.transitive:
        yield "Transitive."
    for chain in said.chains.get(iri, ()):
        yield "Follows from " + " ∘ ".join(f"`{_short(step)}`" for step in chain) + "."
    if found := codes(iri):
        yield "One of " + ", ".join(f"`{code}`" for code in found) + "."


def _rules() -> Iterator[str]:
    yield from ("## Rules", "")
    for rule in rules():
        yield f"- `{rule.name}`: {rule.description.en}"
    yield ""


def _columns() -> Iterator[str]:
    yield from ("## Columns", "", "What lists of each kind may have in their columns.", "")
    for kind in _LISTED.split():
        yield from _columns_of(kind)


def _columns_of(kind: str) -> Iterator[str]:
    yield from (f"### {kind}", "", "| column | property | what to write |", "|---|---|---|")
    for check in checks(kind).properties:
        columns = ", ".join(f"`{column}`" for column in check.columns)
        wanted = " Required." if check.min_count else ""
        allowed = ", ".join(f"`{value}`" for value in check.in_values)
        choices = f" One of {allowed}." if allowed else ""
        yield f"| {columns} | `{_short(check.path)}` | {check.comment.en}{choices}{wanted} |"
    yield ""


def _from(iri: str) -> str:
    said = schema()
    return _ends(said.domains, said.domain_choices, iri, said.ranges, said.range_choices)


def _to(iri: str) -> str:
    said = schema()
    if iri in said.datatypes:
        return f"`{_short(said.datatypes[iri])}`"
    return _ends(said.ranges, said.range_choices, iri, said.domains, said.domain_choices)


def _ends(named: Names, choices: Names, iri: str, *turned: Names) -> str:
    """The classes at one end of a property; where none are said, those of its inverse."""
    found = named.get(iri) or choices.get(iri)
    if not found and turned:
        for inverse in sorted(schema().inverses.get(iri, ())):
            return _ends(turned[0], turned[1], inverse)
    return " or ".join(f"`{_short(cls)}`" for cls in sorted(found or ())) or "anything"


def _names(named: Names, iri: str) -> str:
    return ", ".join(f"`{_short(other)}`" for other in sorted(named.get(iri, ())))


def _labels(iri: str) -> str:
    return f"{term_label(iri, 'en')} / {term_label(iri, 'de')}"


def _short(iri: str) -> str:
    """An IRI with a prefix, where one is known.

    >>> _short("http://www.w3.org/2004/02/skos/core#Concept")
    'skos:Concept'
    """
    for prefix, namespace in _all_prefixes():
        if iri.startswith(namespace):
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return iri


def _all_prefixes() -> Iterable[tuple[str, str]]:
    return [*PREFIXES.items(), ("vivo", "http://vivoweb.org/ontology/core#")]


if __name__ == "__main__":
    print(page(), end="")
