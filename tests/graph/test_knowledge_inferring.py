"""What follows for an audience from its own statements and from wider ones, as both change."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import NamedNode, Quad

from graph import Change, Knowledge, Viewer
from ontology import CR, KINDS, RDF
from tests.graph.saying import ADDRESSES, TEST, adding, removing, row, said, thing

COMPETENCE = CR + "hasCompetence"
LAB = thing("organisation", "lab")
INSIDER = Viewer("ada", frozenset({"group:x"}))
KNOWN = (
    row("list", "lab", "organisation")
    | row("list", "cmm", "device")
    | row("list", "optics", "competence")
)


def concluded(knowledge: Knowledge, viewer: Viewer = INSIDER) -> list[str]:
    """What the lab can do, as far as a viewer may conclude it."""
    found = knowledge.view(viewer).statements(LAB.value, COMPETENCE)
    return [one.object.value for one in found if one.inferred]


@pytest.mark.parametrize(
    ("wider", "narrower"),
    [("public", "platform"), ("public", "group:x"), ("platform", "group:x")],
)
@pytest.mark.parametrize("wider_first", [True, False])
def test_what_follows_for_some_keeps_up_with_what_more_are_told(
    wider: str, narrower: str, wider_first: bool
) -> None:
    operates = said("inner", "1", [(CR + "operates", thing("device", "cmm"))], narrower)
    about = row("inner", "1", "organisation", slug="lab", audience=narrower)
    enables = said("list", "cmm", [(CR + "enables", thing("competence", "optics"))], wider)
    parts = [enables, operates | about] if wider_first else [operates | about, enables]
    with Knowledge.open() as knowledge:
        knowledge.commit(adding(KNOWN), TEST)
        for part in parts:
            assert concluded(knowledge) == []
            knowledge.commit(adding(part), TEST)
        assert concluded(knowledge) == [thing("competence", "optics").value]
        assert concluded(knowledge, Viewer()) == []
        knowledge.commit(removing(parts[1]), TEST)
        assert concluded(knowledge) == []
        knowledge.commit(adding(parts[1]), TEST)
        knowledge.commit(removing(parts[0]), TEST)
        assert concluded(knowledge) == []


def test_two_rooms_together_conclude_nothing() -> None:
    both = Viewer("ada", frozenset({"group:x", "group:y"}))
    operates = said("x", "1", [(CR + "operates", thing("device", "cmm"))], "group:x")
    enables = said("y", "1", [(CR + "enables", thing("competence", "optics"))], "group:y")
    with Knowledge.open() as knowledge:
        knowledge.commit(
            adding(
                KNOWN,
                operates | row("x", "1", "organisation", slug="lab", audience="group:x"),
                enables | row("y", "1", "device", slug="cmm", audience="group:y"),
            ),
            TEST,
        )
        assert concluded(knowledge, both) == []


ACTORS = [thing("organisation", slug) for slug in "abc"]
CLUSTERS = [thing("cluster", slug) for slug in "xy"]
RELATED = {
    "unitOf": (ACTORS, [*ACTORS, *CLUSTERS]),
    "memberOf": (ACTORS, CLUSTERS),
    "hasMember": (CLUSTERS, ACTORS),
    "operates": (ACTORS, [thing("device", "d")]),
    "enables": ([thing("device", "d")], [thing("competence", "c")]),
    "hasCompetence": (ACTORS, [thing("competence", "c")]),
}


@st.composite
def facts(draw: st.DrawFn) -> Quad:
    """A statement about a thing itself, to all, to some, or to one of two rooms."""
    audience = draw(st.sampled_from(["public", "public", "platform", "group:x", "group:y"]))
    graph = NamedNode(ADDRESSES.source_graph("edits", audience))
    if draw(st.integers(0, 3)) == 0:
        one = draw(st.sampled_from([*ACTORS, *CLUSTERS]))
        kind = ADDRESSES.parse(one.value)
        assert kind is not None
        return Quad(one, NamedNode(RDF + "type"), NamedNode(KINDS[kind[0]].iri), graph)
    name = draw(st.sampled_from(sorted(RELATED)))
    subject, obj = (draw(st.sampled_from(several)) for several in RELATED[name])
    return Quad(subject, NamedNode(CR + name), obj, graph)


changes = st.builds(Change, st.frozensets(facts(), max_size=5), st.frozensets(facts(), max_size=5))


@given(st.frozensets(facts(), max_size=20), st.lists(changes, min_size=1, max_size=5))
def test_conclusions_kept_up_to_date_are_those_drawn_anew(
    first: frozenset[Quad], several: list[Change]
) -> None:
    with Knowledge.open() as knowledge:
        for change in (Change(first), *several):
            knowledge.commit(change, TEST)
            kept = set(knowledge.dump())
            knowledge.rebuild()
            assert set(knowledge.dump()) == kept
