"""What a pasted paragraph speaks of."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal

from graph import Knowledge, Recogniser, Viewer
from ontology import RDFS, SKOS
from tests.graph.small_knowledge import tell


def de(text: str) -> Literal:
    return Literal(text, language="de")


def en(text: str) -> Literal:
    return Literal(text, language="en")


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    made = Knowledge.open()
    tell(
        made,
        {
            "topic/laser": {SKOS + "prefLabel": [de("Laser"), en("Laser")]},
            "topic/laser-medicine": {
                SKOS + "prefLabel": [de("Laser in der Medizin"), en("Lasers in medicine")]
            },
            "competence/metrology": {
                SKOS + "prefLabel": [de("Messtechnik"), en("Metrology")],
                SKOS + "altLabel": de("Mess- und Prüftechnik"),
            },
            "topic/ai": {SKOS + "prefLabel": de("Künstliche Intelligenz"), SKOS + "altLabel": "KI"},
            "place/muenchen": {RDFS + "label": de("München")},
            "organisation/laser-gmbh": {RDFS + "label": "Laser GmbH"},
        },
    )
    tell(
        made,
        {"topic/secret": {SKOS + "prefLabel": de("Quantenoptik")}},
        source="hidden",
        audience="group:room",
    )
    return made


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Wir bauen Geräte für die Lasermedizin.", {"topic/laser-medicine", "topic/laser"}),
        ("Laser, die in der modernen Medizin helfen", {"topic/laser-medicine", "topic/laser"}),
        ("Laser. Ein Wort, noch eins, viele andere Worte, und dann Medizin.", {"topic/laser"}),
        ("Wir vermessen: Koordinatenmesstechnik aus MUENCHEN",
         {"competence/metrology", "place/muenchen"}),
        ("We work in metrology and on lasers", {"competence/metrology", "topic/laser"}),
        ("KI für alle", {"topic/ai"}),
        ("skiing", set()),
        ("", set()),
    ],
)  # fmt: skip
def test_subjects_and_places_are_recognised(
    knowledge: Knowledge, text: str, named: set[str]
) -> None:
    found = Recogniser(knowledge).find(text)
    assert {f"{one.thing.kind}/{one.thing.slug}" for one in found} == named


def test_longer_names_come_first(knowledge: Knowledge) -> None:
    found = Recogniser(knowledge).find("Laser in der Medizin")
    assert [one.name for one in found] == ["Laser in der Medizin", "Laser"]


def test_what_is_closed_is_recognised_only_for_its_readers(knowledge: Knowledge) -> None:
    recogniser = Recogniser(knowledge)
    text = "Quantenoptik und Laser"
    assert [one.name for one in recogniser.find(text)] == ["Laser"]
    inside = Viewer("ada", frozenset({"group:room"}))
    assert {one.name for one in recogniser.find(text, viewer=inside)} == {"Laser", "Quantenoptik"}


@given(st.text(max_size=300))
def test_any_text_is_read(knowledge: Knowledge, text: str) -> None:
    recogniser = Recogniser(knowledge)
    found = recogniser.find(text)
    assert {one.thing.iri for one in found} <= {
        one.thing.iri for one in recogniser.find(f"{text} {text}")
    }
