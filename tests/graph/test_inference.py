"""The reasoner on random statements: after any changes, the same as from scratch."""

from collections.abc import Iterable
from dataclasses import fields
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Triple

from graph.inference import Memory, Reasoner
from graph.inference.named import RuleError
from ontology import CR, RDF, RDFS, SKOS, Bilingual, Rule, Schema

TYPE = NamedNode(RDF + "type")
THINGS = [NamedNode(f"x:{name}") for name in "abcdef"]
CLASSES = [CR + name for name in ("K1", "K2", "K3", "K4")]
PROPERTIES = [CR + name for name in ("p1", "p2", "p3", "p4", "p5")]
MARKS = [CR + "Bridge", CR + "Rich"]


def _rule(name: str, cls: str, where: str) -> Rule:
    return Rule(name, Bilingual("", ""), f"CONSTRUCT {{ ?this a <{cls}> }} WHERE {{ {where} }}")


P = [f"<{iri}>" for iri in PROPERTIES]
K = [f"<{iri}>" for iri in CLASSES]
RULES = (
    _rule(
        "bridge",
        MARKS[0],
        f"?this a {K[2]} {{ SELECT ?this (COUNT(DISTINCT ?x) AS ?n) "
        f"WHERE {{ ?this {P[0]} ?x . ?x a {K[0]} }} GROUP BY ?this HAVING (?n >= 2) }}",
    ),
    _rule(
        "rich",
        MARKS[1],
        f"?this {P[1]} ?x . {{ ?this {P[2]} ?y }} UNION {{ ?this a {K[1]} }} "
        f"?x {P[3]} ?z . FILTER NOT EXISTS {{ ?z {P[4]} ?w }}",
    ),
    _rule("rich-otherwise", MARKS[1], f"?y {P[4]} ?this ; a {K[2]}"),
)


def _relation(left: list[str], right: list[str]) -> st.SearchStrategy[dict[str, frozenset[str]]]:
    return st.dictionaries(
        st.sampled_from(left), st.frozensets(st.sampled_from(right), min_size=1, max_size=2)
    )


def _schema(subclasses: dict[str, frozenset[str]]) -> Schema:
    """A schema of subclasses alone."""
    rest: dict[str, Any] = {
        field.name: frozenset() if field.name in {"disjoint", "symmetric", "transitive"} else {}
        for field in fields(Schema)
    }
    return Schema(**{**rest, "subclasses": subclasses})


schemas = st.builds(
    Schema,
    domains=st.just({}),
    ranges=st.just({}),
    domain_choices=st.just({}),
    range_choices=st.just({}),
    disjoint=st.just(frozenset()),
    subclasses=_relation([*CLASSES, *MARKS], CLASSES),
    subproperties=_relation(PROPERTIES, PROPERTIES).map(
        lambda above: {**above, SKOS + "prefLabel": frozenset({RDFS + "label"})}
    ),
    inverses=_relation(PROPERTIES, PROPERTIES),
    symmetric=st.frozensets(st.sampled_from(PROPERTIES), max_size=1),
    transitive=st.frozensets(st.sampled_from(PROPERTIES), max_size=2),
    chains=st.dictionaries(
        st.sampled_from(PROPERTIES),
        st.lists(
            st.lists(st.sampled_from(PROPERTIES), min_size=2, max_size=3).map(tuple),
            min_size=1,
            max_size=2,
        ).map(tuple),
        max_size=2,
    ),
)
triples = st.one_of(
    st.builds(
        Triple,
        st.sampled_from(THINGS),
        st.sampled_from(PROPERTIES).map(NamedNode),
        st.sampled_from(THINGS),
    ),
    st.builds(
        Triple,
        st.sampled_from(THINGS),
        st.just(NamedNode(SKOS + "prefLabel")),
        st.sampled_from([Literal("12"), Literal("zwölf", language="de")]),
    ),
    st.builds(
        Triple,
        st.sampled_from(THINGS),
        st.just(TYPE),
        st.sampled_from([*CLASSES, *MARKS]).map(NamedNode),
    ),
)
sets_of_triples = st.frozensets(triples, max_size=12)
changes = st.lists(
    st.tuples(st.frozensets(triples, max_size=4), st.frozensets(st.integers(0, 40), max_size=4)),
    max_size=5,
)


def _naive(schema: Schema, premises: Iterable[Triple]) -> set[Triple]:
    """Everything that follows by the axioms alone, in the most obvious way."""
    known = set(premises)
    while True:
        new = set()
        for t in known:
            p = t.predicate
            s: Any = t.subject
            o: Any = t.object
            if p == TYPE:
                new |= {Triple(s, TYPE, NamedNode(c)) for c in schema.subclasses.get(o.value, ())}
                continue
            new |= {Triple(s, NamedNode(q), o) for q in schema.subproperties.get(p.value, ())}
            if not isinstance(o, Literal):
                turned = {q for q, others in schema.inverses.items() if p.value in others}
                turned |= set(schema.inverses.get(p.value, ()))
                turned |= {p.value} & schema.symmetric
                new |= {Triple(o, NamedNode(q), s) for q in turned}
        chains = [(h, c) for h, bodies in schema.chains.items() for c in bodies]
        chains += [(p, (p, p)) for p in schema.transitive]
        for head, body in chains:
            ends: set[tuple[Any, Any]] = {(thing, thing) for thing in THINGS}
            for leg in body:
                ends = {
                    (start, t.object)
                    for start, end in ends
                    for t in known
                    if t.predicate.value == leg and t.subject == end
                }
            new |= {Triple(start, NamedNode(head), end) for start, end in ends}
        if new <= known:
            return known - set(premises)
        known |= new


@given(schemas, sets_of_triples)
def test_closure_is_what_the_axioms_say(schema: Schema, premises: frozenset[Triple]) -> None:
    assert Reasoner(schema, ()).closure(premises) == _naive(schema, premises)


@given(schemas, sets_of_triples, changes)
def test_any_changes_end_where_a_fresh_start_ends(
    schema: Schema,
    first: frozenset[Triple],
    steps: list[tuple[frozenset[Triple], frozenset[int]]],
) -> None:
    reasoner = Reasoner(schema, RULES)
    asserted = set(first)
    inferred = reasoner.closure(asserted)
    for more, places in steps:
        in_order = sorted(asserted, key=str)
        removed = {in_order[place] for place in places if place < len(in_order)}
        added = set(more) - asserted
        asserted = asserted - removed | added
        new, gone = reasoner.update(Memory(asserted), Memory(inferred), added, removed)
        assert not new & inferred
        assert gone <= inferred
        inferred = inferred - gone | new
        assert inferred == reasoner.closure(asserted)


@given(schemas, sets_of_triples, sets_of_triples)
def test_an_audience_gets_what_needs_one_of_its_own_premises(
    schema: Schema, public: frozenset[Triple], own: frozenset[Triple]
) -> None:
    reasoner = Reasoner(schema, ())
    wide = public | reasoner.closure(public)
    narrow = reasoner.closure(own, Memory(wide))
    assert narrow == reasoner.closure(public | own) - wide - own
    assert reasoner.closure((), Memory(wide)) == set()


@given(schemas, sets_of_triples, sets_of_triples, changes)
def test_a_narrow_audience_follows_when_wider_ones_change(
    schema: Schema,
    public: frozenset[Triple],
    own: frozenset[Triple],
    steps: list[tuple[frozenset[Triple], frozenset[int]]],
) -> None:
    """What wider audiences conclude is known to a narrower one, but no ground for its rules."""
    reasoner = Reasoner(schema, RULES)

    def wide(said: set[Triple]) -> set[Triple]:
        return said | reasoner.closure(said)

    said = set(public)
    before = wide(said) | own
    inferred = reasoner.closure(own, Memory(wide(said)), Memory(said))
    for more, places in steps:
        in_order = sorted(said, key=str)
        said = said - {in_order[place] for place in places if place < len(in_order)} | more
        now = wide(said) | own
        new, gone = reasoner.update(
            Memory(now), Memory(inferred), now - before, before - now, Memory(said | own)
        )
        inferred, before = inferred - gone | new, now
        assert inferred == reasoner.closure(own, Memory(wide(said)), Memory(said))


def test_a_rule_does_not_see_what_a_rule_concluded_for_a_wider_audience() -> None:
    reasoner = Reasoner(_schema({MARKS[1]: frozenset({CLASSES[2]})}), RULES)
    a, b, c = THINGS[:3]
    kind, p5 = NamedNode(CLASSES[2]), NamedNode(PROPERTIES[4])
    said = {Triple(a, p5, b), Triple(a, TYPE, kind)}
    concluded = reasoner.closure(said)
    assert Triple(b, TYPE, kind) in concluded
    own = {Triple(b, p5, c)}
    base = Memory(said | concluded)
    assert reasoner.closure(own, base, Memory(said)) == set()
    # Said for the narrow audience itself, the same class is a ground, though known already.
    own.add(Triple(b, TYPE, kind))
    rich = Triple(c, TYPE, NamedNode(MARKS[1]))
    assert rich in reasoner.closure(own, base, Memory(said))


@pytest.mark.parametrize(
    ("query", "complaint"),
    [
        ("CONSTRUCT { ?this ?p ?x } WHERE { ?this ?p ?x }", "template"),
        ("CONSTRUCT { ?x a <x:C> } WHERE { ?x <x:p> ?this }", "template"),
        ("CONSTRUCT { ?this a <x:C> } WHERE { ?this ?p <x:a> }", "written out"),
        ("CONSTRUCT { ?this a <x:C> } WHERE { ?this <x:p>+ <x:a> }", "written out"),
        ("CONSTRUCT { ?this a <x:C> } WHERE { ?this <x:p> ?x . ?y <x:p> ?z }", "joined"),
    ],
)
def test_a_rule_that_cannot_be_followed_step_by_step_is_refused(query: str, complaint: str) -> None:
    reasoner = Reasoner(rules=(Rule("odd", Bilingual("", ""), query),))
    with pytest.raises(RuleError, match=rf"odd: .*{complaint}"):
        reasoner.closure([])


def test_no_class_lies_below_one_that_a_rule_derives() -> None:
    rule = _rule("any", CR + "Organisation", f"?this {P[0]} ?x")
    with pytest.raises(RuleError, match="Organisation"):
        Reasoner(rules=(rule,)).closure([])
