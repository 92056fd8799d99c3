"""The search of a knowledge: it follows commits and shows each viewer their own."""

import csv
import json

import pytest
from pyoxigraph import Literal

from graph import About, Change, Knowledge, SearchService, Viewer
from ontology import CR, DCT, RDFS, SKOS
from tests.graph.search_helpers import TOPICS
from tests.graph.small_knowledge import tell, thing_quads

LABEL, PREF, ALT, TEXT = RDFS + "label", SKOS + "prefLabel", SKOS + "altLabel", DCT + "description"


def de(text: str) -> Literal:
    return Literal(text, language="de")


def en(text: str) -> Literal:
    return Literal(text, language="en")


@pytest.fixture
def knowledge() -> Knowledge:
    made = Knowledge.open()
    tell(
        made,
        {
            "topic/metrology": {PREF: [de("Messtechnik"), en("Metrology")]},
            "topic/coordinate": {PREF: de("Optische Koordinatenmesstechnik")},
            "topic/ai": {PREF: de("Künstliche Intelligenz"), ALT: de("KI")},
            "cluster/optence": {
                LABEL: "Optence e. V.",
                TEXT: [de("Verbund für Messtechnik in Hessen.")],
            },
            "figure/members": {LABEL: "Messtechnik in Zahlen"},
        },
    )
    return made


def test_hits_carry_thing_label_and_what_matched(knowledge: Knowledge) -> None:
    answer = SearchService(knowledge).search("messtechnik", lang="en")
    first = answer.hits[0]
    assert (first.thing.kind, first.thing.slug, first.label) == ("topic", "metrology", "Metrology")
    assert (first.matched, first.language, first.match) == ("Messtechnik", "de", "exact")
    assert first.marks == ((0, 11),)
    assert [hit.match for hit in answer.hits] == ["exact", "compound", "word"]
    last = answer.hits[-1]
    assert [last.matched[a:b] for a, b in last.marks] == ["Messtechnik"]


def test_counts_tell_of_all_kinds_whatever_is_shown(knowledge: Knowledge) -> None:
    service = SearchService(knowledge)
    answer = service.search("messtechnik", kinds=["cluster"], limit=1)
    assert answer.total == 1
    assert answer.kinds == {"topic": 2, "cluster": 1}
    assert [hit.thing.kind for hit in answer.hits] == ["cluster"]
    assert service.search("messtechnik", limit=1).total == 3


def test_a_slip_is_put_right_and_marked(knowledge: Knowledge) -> None:
    answer = SearchService(knowledge).search("Mestechnik", lang="de")
    assert answer.suggestion == "Messtechnik"
    assert {hit.match for hit in answer.hits} == {"spelling"}
    found = {hit.label for hit in answer.hits}
    assert found >= {"Messtechnik", "Optische Koordinatenmesstechnik"}
    assert all(hit.marks for hit in answer.hits)


def test_a_suggestion_is_written_as_people_write_it() -> None:
    knowledge = Knowledge.open()
    tell(knowledge, {"place/m": {LABEL: "München"}, "topic/o": {PREF: de("Öfen")}})
    service = SearchService(knowledge)
    assert service.search("Mümchen").suggestion == "München"
    assert service.search("Öfen Mumchen").suggestion == "Öfen München"


def test_figures_are_not_searched(knowledge: Knowledge) -> None:
    assert SearchService(knowledge).search("zahlen").total == 0


def test_a_commit_is_noticed(knowledge: Knowledge) -> None:
    service = SearchService(knowledge)
    assert service.search("wasserstoff").total == 0
    tell(knowledge, {"topic/hydrogen": {PREF: de("Wasserstoff")}}, source="more")
    assert service.search("wasserstoff").hits[0].thing.slug == "hydrogen"
    # The new word is one that compounds are now taken apart with.
    tell(knowledge, {"topic/storage": {PREF: de("Wasserstoffspeicher")}}, source="storage")
    found = {hit.thing.slug: hit.match for hit in service.search("wasserstoff").hits}
    assert found == {"hydrogen": "exact", "storage": "prefix"}


def test_what_went_is_not_found(knowledge: Knowledge) -> None:
    service = SearchService(knowledge)
    said = {"topic/hydrogen": {PREF: de("Wasserstoff")}}
    quads = thing_quads(knowledge.addresses, "gone", said)
    knowledge.commit(Change(add=quads), About("import", "gone", "a list"))
    assert service.search("wasserstoff").total == 1
    knowledge.commit(Change(remove=quads), About("import", "gone", "a list"))
    assert service.search("wasserstoff").total == 0


def test_what_a_room_knows_is_found_by_its_members_only(knowledge: Knowledge) -> None:
    service = SearchService(knowledge)
    visitor = [service.search(q) for q in ("wasserstoff", "wasserstof", "messtechnik", "o")]
    tell(
        knowledge,
        {
            "topic/metrology": {ALT: de("Wasserstoff")},
            "project/secret": {LABEL: "Messtechnik Messtechnik", TEXT: de("Optik, Ofen")},
        },
        source="room",
        audience="group:optics",
    )
    member = Viewer("ada", frozenset({"group:optics"}))
    assert service.search("wasserstoff", viewer=member).hits[0].thing.slug == "metrology"
    assert service.search("messtechnik", viewer=member).kinds["project"] == 1
    again = [service.search(q) for q in ("wasserstoff", "wasserstof", "messtechnik", "o")]
    assert again == visitor


@pytest.mark.parametrize("q", ["", "   ", "?!", "\x00", "a" * 5_000, "ä " * 500])
def test_odd_questions_have_an_answer(knowledge: Knowledge, q: str) -> None:
    answer = SearchService(knowledge).search(q)
    assert answer.total == len(answer.hits)


def test_an_answer_is_the_same_every_time(knowledge: Knowledge) -> None:
    one, other = SearchService(knowledge), SearchService(knowledge)
    for q in ("m", "messtechnik", "ki", "hessen optence"):
        assert one.search(q) == other.search(q) == one.search(q)


def test_marks_count_letters_of_the_shown_text() -> None:
    knowledge = Knowledge.open()
    tell(knowledge, {"topic/sizes": {PREF: de("Große Größen im Maßstab")}})
    hit = SearchService(knowledge).search("groessen", lang="de").hits[0]
    assert [hit.label[a:b] for a, b in hit.label_marks] == ["Große", "Größen"]


def test_every_name_of_the_thesaurus_finds_its_topic_first() -> None:
    knowledge = Knowledge.open()
    with TOPICS.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    tell(
        knowledge,
        {
            f"topic/{row['id']}": {PREF: [de(row["label_de"]), en(row["label_en"])], CR + "x": "x"}
            for row in rows
        },
    )
    service = SearchService(knowledge)
    for row in rows:
        for name in (row["label_de"], row["label_en"]):
            answer = service.search(name, limit=2)
            first = [hit.thing.slug for hit in answer.hits if hit.match == "exact"]
            assert row["id"] in first, json.dumps([name, first])


def test_new_names_are_found_by_their_slips_and_in_compounds() -> None:
    made = Knowledge.open()
    service = SearchService(made)
    tell(made, {"topic/coordinate": {PREF: de("Koordinatenmesstechnik")}})
    assert service.search("lichtwelenleiter").total == 0
    assert service.search("messtechnik").total == 0
    tell(made, {"cluster/fibre": {LABEL: de("Lichtwellenleiter")}}, source="more")
    assert [hit.match for hit in service.search("lichtwelenleiter").hits] == ["spelling"]
    tell(made, {"topic/metrology": {PREF: de("Messtechnik")}}, source="yet more")
    assert [hit.match for hit in service.search("messtechnik").hits] == ["exact", "compound"]


ROOM = Viewer("ada", frozenset({"group:x"}))


def test_what_a_room_is_told_is_found_there_at_once() -> None:
    made = Knowledge.open()
    service = SearchService(made)
    tell(made, {"topic/a": {PREF: de("Lasertechnik")}}, source="room", audience="group:x")
    assert service.search("laser", viewer=ROOM).total == 1
    tell(made, {"topic/b": {PREF: de("Laserschutz")}}, source="room 2", audience="group:x")
    assert service.search("laser", viewer=ROOM).total == 2
    assert service.search("laser").total == 0


def test_what_a_word_tells_is_counted_in_public() -> None:
    made = Knowledge.open()
    public = {"topic/one": {PREF: de("Plasma")}} | {
        f"topic/o{number}": {PREF: de(f"Optik {number}")} for number in range(3)
    }
    room = {f"topic/p{number}": {PREF: de(f"Plasma {number}")} for number in range(9)}
    tell(made, public)
    tell(made, room, source="room", audience="group:x")
    service = SearchService(made)
    for viewer in (Viewer(), ROOM):
        answer = service.search("plasma optik", viewer=viewer, limit=50)
        assert answer.partial
        kept = [hit.thing.slug for hit in answer.hits if not hit.thing.slug.startswith("p")]
        assert kept == ["one", "o0", "o1", "o2"]
