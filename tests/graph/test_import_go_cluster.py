"""The go-cluster truth: every row of every table is in the store, linked, and marked as of 2016."""

import csv
import runpy
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from graph import (
    Knowledge,
    ListInfo,
    go_cluster_folder,
    import_table,
    load_go_cluster,
    load_invented,
    read_table,
    unload_invented,
)
from ontology import CR, SKOS, checks

INVENTED = go_cluster_folder().parent / "invented"
KIND_OF_TABLE = {
    "clusters": "cluster",
    "organisations": "organisation",
    "projects": "project",
    "events": "event",
    "trainings": "training",
    "listings": "listing",
    "roadmap": "roadmap",
    "facts": "figure",
    "programme": "programme",
}


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@pytest.fixture(scope="module")
def knowledge() -> Iterator[Knowledge]:
    made = Knowledge.open()
    steps: list[tuple[str, int, int]] = []
    load_go_cluster(made, lambda *step: steps.append(step))
    assert [done for _, done, _ in steps] == list(range(1, 12))
    yield made
    made.close()


def test_the_tables_are_as_their_own_check_wants_them() -> None:
    with pytest.raises(SystemExit) as finished:
        runpy.run_path(str(go_cluster_folder() / "check.py"), run_name="__main__")
    assert finished.value.code == 0


@pytest.mark.parametrize(("name", "kind"), KIND_OF_TABLE.items())
def test_every_row_of_every_table_is_a_thing(knowledge: Knowledge, name: str, kind: str) -> None:
    rows = table(go_cluster_folder() / f"{name}.csv")
    things = knowledge.view().things(kind)
    assert len(things) == len(rows)
    if name != "facts":
        assert {thing.slug for thing in things} == {row["id"] for row in rows}


def test_the_thesaurus_is_parted_by_kind(knowledge: Knowledge) -> None:
    rows = table(go_cluster_folder() / "topics.csv")
    expected = Counter(
        {"sector": "sector", "competence": "competence", "method": "competence"}.get(
            row["kind"], "topic"
        )
        for row in rows
    )
    found = {kind: len(knowledge.view().things(kind)) for kind in ("sector", "competence", "topic")}
    assert found == dict(expected)


CONCEPTS = [CR + name for name in ("about", "inSector", "activeIn", "hasCompetence")]
"""Properties that columns of concepts become, depending on what the concept is."""


def test_the_links_of_the_thesaurus_and_of_the_units_are_all_there(knowledge: Knowledge) -> None:
    view = knowledge.view()

    def count(*properties: str) -> int:
        return sum(len(list(view.statements(predicate=p, inferred=False))) for p in properties)

    topics = table(go_cluster_folder() / "topics.csv")
    assert count(SKOS + "prefLabel") == 2 * len(topics)
    assert count(SKOS + "broader", SKOS + "broadMatch") == sum(bool(t["broader"]) for t in topics)
    assert count(SKOS + "related") == sum(
        len(t["related"].split(" | ")) for t in topics if t["related"]
    )
    units = table(go_cluster_folder() / "units.csv")
    assert count(CR + "unitOf") == sum(len(unit["unit_of"].split(" | ")) for unit in units)


@pytest.mark.parametrize(
    ("name", "kind"), [pair for pair in KIND_OF_TABLE.items() if pair[1] != "figure"]
)
def test_every_cell_of_every_table_is_read(knowledge: Knowledge, name: str, kind: str) -> None:
    """Each property has as many values as the cells of its columns hold."""
    for row in table(go_cluster_folder() / f"{name}.csv"):
        iri = knowledge.addresses.thing(kind, row["id"])
        stated: dict[str, set[str]] = {}
        for one in knowledge.view().statements(iri, inferred=False):
            stated.setdefault(one.predicate, set()).add(str(one.object))
        concepts: set[str] = set()
        for check in checks(kind).properties:
            cells = [row.get(column, "") for column in check.columns]
            values = [(c.split(" | ") if check.many else [c]) for c in cells if c]
            if check.path in CONCEPTS:
                concepts |= {value for several in values for value in several}
            elif not check.path.endswith(("#type", "locatedIn", "asOf", "status", "unitOf")):
                count = sum(len(several) for several in values)
                assert len(stated.get(check.path, ())) == count, (iri, check.path)
        found = {value for path in CONCEPTS for value in stated.get(path, ())}
        assert {value.rpartition("/")[2].rstrip(">") for value in found} == concepts, iri


def test_every_figure_has_its_value(knowledge: Knowledge) -> None:
    view = knowledge.view()
    found = Counter(
        float(statement.object.value)
        for statement in view.statements(predicate=CR + "value", inferred=False)
    )
    rows = table(go_cluster_folder() / "facts.csv")
    assert found == Counter(float(row["value"]) for row in rows)


def test_every_reference_is_resolved(knowledge: Knowledge) -> None:
    assert knowledge.unresolved() == []


def test_references_arrive_at_the_right_things(knowledge: Knowledge) -> None:
    view, thing = knowledge.view(), knowledge.addresses.thing

    def objects(iri: str, prop: str) -> set[str]:
        return {s.object.value for s in view.statements(iri, prop, inferred=False)}

    exchange = thing("project", "kapazitaetenboerse-photonik")
    assert objects(exchange, CR + "coordinatedBy") == {thing("cluster", "optence")}
    assert objects(exchange, CR + "hasPartner") == {thing("cluster", "swissmem")}
    section = thing("organisation", "swissmem-fachgruppe-photonics")
    assert objects(section, CR + "unitOf") == {thing("cluster", "swissmem")}
    assert thing("project", "kapazitaetenboerse-photonik") in objects(section, CR + "involvedIn")
    aviation = thing("sector", "aviation")
    assert objects(aviation, SKOS + "broader") == {thing("sector", "aerospace")}
    construction = thing("competence", "aircraft-construction")
    assert objects(construction, SKOS + "broadMatch") == {aviation}


def test_all_of_it_is_of_2016_and_the_listings_are_over(knowledge: Knowledge) -> None:
    view = knowledge.view()
    for kind in (*KIND_OF_TABLE.values(), "topic", "sector", "competence"):
        assert {thing.as_of for thing in view.things(kind)} == {"2016"}, kind
    assert all(thing.historical for thing in view.things("listing"))
    assert not any(thing.historical for thing in view.things("cluster"))
    assert not any(thing.invented for thing in view.things())


def test_every_thing_has_a_name_in_both_languages(knowledge: Knowledge) -> None:
    for thing in knowledge.view().things():
        for lang in ("de", "en"):
            assert thing.labels.get(lang) or thing.labels.get(""), thing.iri


def test_loading_again_does_nothing_and_is_quick(knowledge: Knowledge) -> None:
    batches = len(knowledge.batches())
    started = time.perf_counter()
    assert load_go_cluster(knowledge) == []
    assert time.perf_counter() - started < 0.3
    assert len(knowledge.batches()) == batches


def test_what_was_taken_back_is_loaded_again(knowledge: Knowledge) -> None:
    before = set(knowledge.dump())
    knowledge.undo(knowledge.batches()[0].number)
    assert len(knowledge.view().things("figure")) == 0
    (again,) = load_go_cluster(knowledge)
    assert again.plan.counts["new"] == 105
    kept = {quad for quad in before if "created" not in quad.predicate.value}
    assert {q for q in knowledge.dump() if "created" not in q.predicate.value} == kept


def test_a_newer_list_of_somebody_else_is_left_alone(knowledge: Knowledge) -> None:
    newer = read_table(b"id,title_en\ntr-new,New training\n", "trainings.csv")
    info = ListInfo(kind="training", source="go-cluster-trainings")
    result = import_table(knowledge, newer, info, allow_gone=True)
    assert result.batch is not None
    assert load_go_cluster(knowledge) == []
    assert [thing.slug for thing in knowledge.view().things("training")] == ["tr-new"]
    knowledge.undo(result.batch.number)
    assert len(knowledge.view().things("training")) == 20


def test_the_invented_layer_is_marked_linked_and_goes_without_a_trace(knowledge: Knowledge) -> None:
    before = set(knowledge.dump())
    load_invented(knowledge)
    view = knowledge.view()
    invented = [thing for thing in view.things() if thing.invented]
    rows = sum(len(table(path)) for path in INVENTED.glob("*.csv"))
    assert len(invented) == rows
    for thing in invented:
        assert thing.slug.startswith("invented-")
        assert "(erfunden)" in thing.label("de")
        assert "(invented)" in thing.label("en")
    assert knowledge.unresolved() == []
    wedges = {thing.kind for thing in invented}
    assert wedges == {"organisation", "person", "device", "listing", "publication", "call"}
    assert not any(thing.historical for thing in invented)
    optence = knowledge.addresses.thing("cluster", "optence")
    assert any(s.predicate == CR + "hasMember" for s in view.statements(optence))
    assert load_invented(knowledge) == []

    assert unload_invented(knowledge) is not None
    assert unload_invented(knowledge) is None
    assert set(knowledge.dump()) == before
    assert len(load_invented(knowledge)) == 6, "it can be switched on again"
    unload_invented(knowledge)


def test_lists_are_called_in_both_languages(knowledge: Knowledge) -> None:
    thing = knowledge.view().find("source", "go-cluster-listings")
    assert thing is not None
    assert thing.label("de") == "go-cluster: Angebote und Gesuche"
    assert thing.label("en") == "go-cluster: offers and needs"
    again = {source.name: source for source in knowledge.sources()}["go-cluster-listings"]
    assert (again.label, again.label_de) == (thing.label("en"), thing.label("de"))
