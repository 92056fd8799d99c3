"""The go-cluster data keep the shapes, the conditions of SKOS and the logic."""

from collections.abc import Iterator

import pytest
from pyoxigraph import Literal

from graph import (
    Knowledge,
    check_concepts,
    check_logic,
    check_shapes,
    check_thesaurus,
    load_go_cluster,
)
from ontology import CR, RDF, SKOS


@pytest.fixture(scope="module")
def knowledge() -> Iterator[Knowledge]:
    made = Knowledge.open()
    load_go_cluster(made)
    yield made
    made.close()


def test_they_keep_the_shapes(knowledge: Knowledge) -> None:
    report = check_shapes(knowledge)
    assert report.findings == ()
    assert report.things > 700


def test_their_thesaurus_is_sound(knowledge: Knowledge) -> None:
    assert check_thesaurus(knowledge) == ()
    assert check_concepts(knowledge.view().triples()) == ()


def test_every_concept_has_a_name_in_both_languages_and_one_scheme(knowledge: Knowledge) -> None:
    view = knowledge.view()
    concepts = [thing for kind in ("competence", "sector", "topic") for thing in view.things(kind)]
    assert len(concepts) == 270
    for concept in concepts:
        names = [name.object for name in view.statements(concept.iri, SKOS + "prefLabel")]
        assert {name.language for name in names if isinstance(name, Literal)} == {"de", "en"}
        assert len(names) == 2
        (scheme,) = view.statements(concept.iri, SKOS + "inScheme")
        assert scheme.object.value.rpartition("/")[2].startswith(concept.kind)


def test_parents_in_another_scheme_are_matches(knowledge: Knowledge) -> None:
    view = knowledge.view()
    kinds = {
        thing.iri: thing.kind
        for kind in ("competence", "sector", "topic")
        for thing in view.things(kind)
    }
    within = list(view.statements(predicate=SKOS + "broader", inferred=False))
    across = list(view.statements(predicate=SKOS + "broadMatch", inferred=False))
    assert len(within) + len(across) == 215
    assert all(kinds[one.subject] == kinds[one.object.value] for one in within)
    assert all(kinds[one.subject] != kinds[one.object.value] for one in across)


def test_all_projects_cross_clusters(knowledge: Knowledge) -> None:
    found = knowledge.view().statements(predicate=RDF + "type")
    crossing = [one for one in found if one.object.value == CR + "CrossClusterProject"]
    assert len(crossing) == 18


def test_no_two_statements_clash(knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda _name: None)
    assert check_logic(knowledge).clashes == ()
