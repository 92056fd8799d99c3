"""A radar from a pasted paragraph: recognised, corrected, not kept."""

from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
from pyoxigraph import Literal

from ontology import CR, RDFS, SKOS
from tests.graph.small_knowledge import tell
from tests.webapp.accounts_app import Browser, Town, town

TEXT = "Wir fertigen Optiken für die Lasermedizin <script>alert(1)</script>"


@pytest.fixture
def place() -> Iterator[Town]:
    with town() as made:
        tell(
            made.knowledge,
            {
                "topic/laser": {SKOS + "prefLabel": Literal("Laser", language="de")},
                "topic/medicine": {SKOS + "prefLabel": Literal("Medizin", language="de")},
                "project/light": {
                    RDFS + "label": "Light for health",
                    CR + "about": ["id/topic/laser", "id/topic/medicine"],
                },
            },
            source="subjects",
        )
        tell(
            made.knowledge,
            {"topic/optics": {SKOS + "prefLabel": Literal("Optiken", language="de")}},
            source="secret",
            audience="network:cluster/optence",
        )
        yield made


def about(browser: Browser, text: str = TEXT) -> set[str]:
    browser.get("/paste")
    answer = browser.post("/paste", text=text)
    assert answer.status_code == 303
    return set(parse_qs(urlsplit(answer.location).query)["about"][0].split(","))


def test_a_visitor_gets_a_radar_from_a_paragraph(place: Town) -> None:
    browser = place.browser()
    browser.get("/paste")
    answer = browser.post("/paste", text=TEXT)
    page = browser.get(answer.location).text
    assert "Light for health" in page
    assert "in your text" in page or "Your text names" in page
    assert "alert(1)" not in page


def test_what_was_recognised_can_be_taken_away_and_added_to(place: Town) -> None:
    browser = place.browser()
    page = browser.get("/paste/radar?about=topic/laser,topic/medicine").text
    assert 'href="/paste/radar?about=topic%2Flaser"' in page or "about=topic/laser" in page
    added = browser.get("/paste/radar?about=topic/laser&add=Medizin")
    assert added.status_code == 302
    assert "topic" in added.location and "medicine" in added.location
    assert "No subject is called" in browser.get("/paste/radar?about=topic/laser&add=zzzz").text
    assert browser.get("/paste/radar?about=topic/nothing").status_code == 302


def test_a_text_that_names_nothing_is_kept_in_its_form(place: Town) -> None:
    browser = place.browser()
    browser.get("/paste")
    answer = browser.post("/paste", text="lorem ipsum")
    assert answer.status_code == 422
    assert "lorem ipsum" in answer.text


def test_only_what_the_reader_may_read_is_recognised(place: Town) -> None:
    assert about(place.browser()) == {"topic/laser", "topic/medicine"}
    assert "topic/optics" in about(place.browser("member"))
    hidden = place.browser().get("/paste/radar?about=topic/optics")
    nothing = place.browser().get("/paste/radar?about=topic/other")
    assert (hidden.status_code, hidden.location) == (nothing.status_code, nothing.location)
