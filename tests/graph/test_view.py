"""What a viewer finds: things with names and contexts, statements and who says them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, QuerySolutions, Triple

from graph import Knowledge, Origin, Statement, View, Viewer
from ontology import CR, RDF, RDFS, SKOS, XSD
from tests.graph.saying import ADDRESSES, TEST, adding, removing, row, said, thing

INSIDER = Viewer("ada", frozenset({"group:x"}))
LABEL = RDFS + "label"
TRUE = Literal("true", datatype=NamedNode(XSD + "boolean"))


def german(text: str) -> Literal:
    return Literal(text, language="de")


def a(name: str) -> tuple[str, NamedNode]:
    """The statement that something is of a class."""
    return RDF + "type", NamedNode(CR + name)


@pytest.fixture
def knowledge() -> Knowledge:
    knowledge = Knowledge.open()
    hesse = row("list", "hesse", "place", "Hesse") | said(
        "list", "hesse", [(LABEL, german("Hessen"))]
    )
    knowledge.commit(
        adding(
            hesse,
            row("list", "germany", "place", "Germany"),
            said("list", "hesse", [(CR + "partOf", thing("place", "germany"))]),
            row("list", "wetzlar", "place", "Wetzlar", partOf=thing("place", "hesse")),
            row("list", "optence", "cluster", "Optence", locatedIn=thing("place", "hesse")),
            said("list", "optence", [(CR + "locatedIn", thing("place", "germany"))]),
            row("orgs", "acme", "organisation", "Acme", locatedIn=thing("place", "wetzlar")),
            said("orgs", "acme", [a("Company"), (CR + "locatedIn", thing("place", "germany"))]),
            row("orgs", "secret", "organisation", "Secret", audience="group:x"),
            said("room", "acme", [(CR + "role", Literal("leads"))], "group:x"),
        ),
        TEST,
    )
    return knowledge


def test_a_context_names_the_kind_and_the_narrowest_place(knowledge: Knowledge) -> None:
    view = knowledge.view()
    optence, acme = view.find("cluster", "optence"), view.find("organisation", "acme")
    assert optence is not None
    assert acme is not None
    assert (optence.context("de"), optence.context("en")) == ("Cluster · Hessen", "Cluster · Hesse")
    assert (acme.context("de"), acme.context("en")) == (
        "Unternehmen · Wetzlar",
        "Company · Wetzlar",
    )


@pytest.mark.parametrize(
    ("kind", "keeper", "context"),
    [
        ("event", "organisedBy", "Veranstaltung · Optence"),
        ("listing", "listedBy", "Angebot · Optence"),
        ("project", "coordinatedBy", "Projekt · Optence"),
    ],
)
def test_a_context_names_whose_it_is(
    knowledge: Knowledge, kind: str, keeper: str, context: str
) -> None:
    quads = row("more", "m", kind, "M") | said(
        "more", "m", [(CR + keeper, thing("cluster", "optence"))]
    )
    if kind == "listing":
        quads |= said("more", "m", [a("Offer")])
    knowledge.commit(adding(quads), TEST)
    found = knowledge.view().find(kind, "m")
    assert found is not None
    assert found.context("de") == context


def test_the_marks_of_a_thing(knowledge: Knowledge) -> None:
    old = said(
        "more", "l", [(CR + "asOf", Literal("2016")), (CR + "status", Literal("historical"))]
    )
    made_up = said("more", "d", [(CR + "invented", TRUE)])
    knowledge.commit(
        adding(row("more", "l", "listing"), old, row("more", "d", "device"), made_up), TEST
    )
    view = knowledge.view()
    listing, device = view.find("listing", "l"), view.find("device", "d")
    assert listing is not None
    assert device is not None
    assert (listing.as_of, listing.historical, listing.invented) == ("2016", True, False)
    assert (device.as_of, device.historical, device.invented) == ("", False, True)


def test_a_concept_goes_by_its_preferred_label(knowledge: Knowledge) -> None:
    labels = [(SKOS + "prefLabel", german("Optik")), (LABEL, german("Z"))]
    knowledge.commit(
        adding(row("t", "optics", "topic", "Optics"), said("t", "optics", labels)), TEST
    )
    found = knowledge.view().find("topic", "optics")
    assert found is not None
    assert dict(found.labels) == {"": "Optics", "de": "Optik"}
    assert (found.label("de"), found.label("en")) == ("Optik", "Optics")


def test_one_thing_alone_is_as_it_is_among_all(knowledge: Knowledge) -> None:
    for viewer in (Viewer(), INSIDER):
        view = knowledge.view(viewer)
        together = view.things()
        fresh = Knowledge.open()
        fresh.commit(adding(knowledge.dump(own_graphs(knowledge))), TEST)
        assert together == [fresh.view(viewer).thing(one.iri) for one in together]
        for one in together:
            alone = fresh.view(viewer).thing(one.iri)
            assert alone is not None
            assert (alone.labels, alone.contexts) == (one.labels, one.contexts)


def own_graphs(knowledge: Knowledge) -> list[str]:
    return [
        graph for graph in knowledge.store.graphs() if "/source/" in graph or "/decisions/" in graph
    ]


def test_what_is_hidden_is_not_there(knowledge: Knowledge) -> None:
    address = thing("organisation", "secret").value
    visitor, insider = knowledge.view(), knowledge.view(INSIDER)
    assert (visitor.thing(address), visitor.label(address, "de")) == (None, "")
    assert insider.label(address, "de") == "Secret"
    assert visitor.counts() == {"cluster": 1, "organisation": 1, "place": 3}
    assert insider.counts() == {"cluster": 1, "organisation": 2, "place": 3}
    assert [one.slug for one in visitor.things("organisation")] == ["acme"]
    assert not any("group:x" in graph for graph in visitor.graphs)


def test_labels_of_the_ontology(knowledge: Knowledge) -> None:
    view = knowledge.view()
    assert view.label(CR + "Cluster", "de") == "Cluster"
    assert view.label("https://example.org/nothing", "de") == ""


def test_a_change_is_seen_by_the_next_view(knowledge: Knowledge) -> None:
    old = knowledge.view()
    assert old.find("cluster", "new") is None
    knowledge.commit(adding(row("list", "new", "cluster", "New")), TEST)
    new = knowledge.view()
    assert new.generation == old.generation + 1
    assert new.find("cluster", "new") is not None
    assert [one.slug for one in new.things("cluster")] == ["new", "optence"]


def test_statements_that_fit(knowledge: Knowledge) -> None:
    view = knowledge.view()
    optence, hesse = thing("cluster", "optence"), thing("place", "hesse")
    located = Statement(optence.value, CR + "locatedIn", hesse)
    assert located in set(view.statements(optence.value))
    assert set(view.statements("", CR + "locatedIn", hesse, inferred=False)) == {located}
    assert Triple(optence, NamedNode(CR + "locatedIn"), hesse) in set(view.triples())
    assert any(one.inferred for one in view.statements(optence.value))
    assert not any(one.inferred for one in view.statements(optence.value, inferred=False))


def test_what_two_say_is_one_statement(knowledge: Knowledge) -> None:
    acme = thing("organisation", "acme").value
    label = said("room", "acme", [(LABEL, Literal("Acme"))], "group:x")
    decided = row("room", "acme", "organisation", "Acme", audience="group:x")
    knowledge.commit(adding(label, decided), TEST)
    found = list(knowledge.view(INSIDER).statements(acme))
    assert len(found) == len(set(found))
    assert len([one for one in found if one.predicate == LABEL]) == 1
    assert not any(one.inferred and one.predicate == LABEL for one in found)


def test_who_says_what(knowledge: Knowledge) -> None:
    acme = thing("organisation", "acme")
    knowledge.commit(adding(row("room", "acme", "organisation", "Acme", audience="group:x")), TEST)
    label = Statement(acme.value, LABEL, Literal("Acme"))
    role = Statement(acme.value, CR + "role", Literal("leads"))
    visitor = knowledge.view().origins(acme.value)
    insider = knowledge.view(INSIDER).origins(acme.value)
    assert Origin(label, "orgs", "public") in visitor
    assert {Origin(label, "orgs", "public"), Origin(label, "room", "group:x")} <= set(insider)
    assert Origin(role, "room", "group:x") in insider
    assert {origin.source for origin in visitor} == {"orgs", ""}
    follows = [origin for origin in visitor if origin.statement.inferred]
    assert follows
    assert all(origin.source == "" for origin in follows)
    said_by_view = set(knowledge.view(INSIDER).statements(acme.value))
    assert {origin.statement for origin in insider} == said_by_view


def solutions(view: View, sparql: str, **bindings: NamedNode | Literal) -> list[str]:
    answer = view.query(sparql, **bindings)
    assert isinstance(answer, QuerySolutions)
    return sorted(solution[0].value for solution in answer)


def test_our_own_queries_see_what_the_viewer_may_read(knowledge: Knowledge) -> None:
    select = "SELECT ?o WHERE { ?o a cr:Organisation }"
    acme, secret = thing("organisation", "acme").value, thing("organisation", "secret").value
    assert solutions(knowledge.view(), select) == [acme]
    assert solutions(knowledge.view(INSIDER), select) == [acme, secret]
    everywhere = "SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } }"
    assert solutions(knowledge.view(), everywhere) == sorted(knowledge.view().graphs)
    where = "SELECT ?s ?place WHERE { ?s cr:locatedIn ?place }"
    found = solutions(knowledge.view(), where, place=thing("place", "wetzlar"))
    assert found == [acme]


def test_a_query_where_there_is_nothing_sees_nothing() -> None:
    knowledge = Knowledge.open()
    knowledge.commit(adding(said("list", "a", [(LABEL, Literal("A"))])), TEST)
    assert solutions(knowledge.view(), "SELECT ?s WHERE { ?s ?p ?o }") == []
    assert solutions(knowledge.view(), "SELECT ?s WHERE { GRAPH ?g { ?s ?p ?o } }") == []


@given(st.one_of(st.text(), st.text().map(lambda text: ADDRESSES.base + "id/cluster/" + text)))
def test_any_text_can_be_asked_for(text: str) -> None:
    view = EMPTY.view()
    assert view.thing(text) is None
    assert view.redirect(text) is None
    assert view.find("cluster", text) is None
    assert view.find(text, "optence") is None


EMPTY = Knowledge.open()


def test_a_thing_that_is_gone_is_gone(knowledge: Knowledge) -> None:
    quads = row("list", "gone", "cluster", "Gone")
    knowledge.commit(adding(quads), TEST)
    assert knowledge.view().find("cluster", "gone") is not None
    knowledge.commit(removing(quads), TEST)
    assert knowledge.view().find("cluster", "gone") is None


@pytest.mark.parametrize(
    ("viewer", "reads"),
    [
        (Viewer(), ["public"]),
        (Viewer(memberships=frozenset({"group:x"})), ["public"]),
        (Viewer("bob"), ["platform", "public"]),
        (Viewer("ada"), ["person:ada", "platform", "public"]),
        (INSIDER, ["group:x", "person:ada", "platform", "public"]),
    ],
)
def test_everybody_reads_what_is_told_to_them_and_no_more(viewer: Viewer, reads: list[str]) -> None:
    told = ("public", "platform", "group:x", "group:y", "person:ada", "organisation:acme")
    with Knowledge.open() as knowledge:
        for audience in told:
            one = row("list", audience, "topic", audience=audience)
            knowledge.commit(adding(one), TEST)
        assert sorted(found.slug for found in knowledge.view(viewer).things()) == reads


def test_the_order_of_what_is_said_tells_nothing_of_what_is_hidden() -> None:
    """Where an audience heard a statement too, it must not move up among those of the others."""
    told = [
        row("list", "acme", "organisation", "Acme"),
        said("list", "acme", [(CR + "role", Literal("leads"))], "group:x"),
        said("list", "acme", [(CR + "employeeCount", Literal("7"))], "platform"),
        row("orgs", "wetzlar", "place", "Wetzlar"),
        said("list", "acme", [(CR + "locatedIn", thing("place", "wetzlar"))]),
    ]
    hidden = [said("list", "acme", [(CR + "role", Literal("leads"))], "group:y")]
    iri = thing("organisation", "acme").value
    seen = []
    for several in (told, [*hidden, *told], [*told[::-1], *hidden]):
        knowledge = Knowledge.open()
        for change in several:
            knowledge.commit(adding(change), TEST)
        seen.append(list(knowledge.view(INSIDER).statements(iri)))
        knowledge.close()
    assert seen[0] == seen[1] == seen[2]
    assert [s.predicate for s in seen[0]] == sorted(s.predicate for s in seen[0])
