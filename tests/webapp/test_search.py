"""The search page and the search for programs."""

from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient

from tests.webapp.pages_app import pages_client
from tests.webapp.test_pages import read
from webapp.search.marking import excerpt, marked


@pytest.fixture(scope="module")
def client() -> Iterator[FlaskClient]:
    with pages_client() as made:
        yield made


def test_hits_lead_to_their_radar_with_marked_letters(client: FlaskClient) -> None:
    page = client.get("/search?q=messtechnik&lang=de").text
    assert '<a href="/radar/topic/metrology?lang=de"><mark>Messtechnik</mark></a>' in page
    assert "Optische Koordinaten<mark>messtechnik</mark>" in page


def test_kinds_are_counted_and_narrow_down(client: FlaskClient) -> None:
    text = read(client, "/search?q=optik&lang=de")
    assert "Alle Arten" not in text  # one kind: nothing to choose
    text = read(client, "/search?q=m&lang=en")
    assert "All kinds" in text
    assert "Organisations 23" in text
    narrowed = read(client, "/search?q=m&kinds=topic&lang=en")
    assert "Member" not in narrowed.partition("1 hit")[2]


def test_a_long_answer_says_that_there_is_more(client: FlaskClient) -> None:
    text = read(client, "/search?q=member&lang=en")
    assert "20 of 22 hits" in text
    assert "Show more" in text
    assert "22 hits" in read(client, "/search?q=member&lang=en&limit=60")


def test_few_hits_come_with_what_is_near_the_first(client: FlaskClient) -> None:
    page = read(client, "/search?q=optence&lang=en")
    near = page.partition("Near Optence e. V.")[2]
    assert "Show its radar" in near and "Capacity exchange" in near
    assert "Show its radar" not in read(client, "/search?q=member&lang=en")


def test_a_slip_says_what_is_shown_instead(client: FlaskClient) -> None:
    text = read(client, "/search?q=Mestechnik&lang=de")
    assert "So geschrieben kommt nichts vor. Das sind die Treffer für: Messtechnik" in text


def test_words_that_never_meet_are_said_to(client: FlaskClient) -> None:
    text = read(client, "/search?q=koordinatenmesstechnik+optence&lang=en")
    assert "Nothing has all of these words." in text
    assert "Optence e. V." in text
    assert "Nothing has all" not in read(client, "/search?q=optence+optik&lang=en")


def test_nothing_found_helps_on(client: FlaskClient) -> None:
    text = read(client, "/search?q=qqqqq&lang=en")
    assert "Nothing was found for “qqqqq”." in text
    assert "browse all things" in text
    assert "1 hit among the other kinds" in read(client, "/search?q=exchange&kinds=topic&lang=en")


def test_no_question_is_a_page_with_hints(client: FlaskClient) -> None:
    assert "Type a few letters" in read(client, "/search?lang=en")


def test_what_was_typed_is_escaped(client: FlaskClient) -> None:
    page = client.get("/search?q=%3Cscript%3Ealert(1)%3C/script%3E").text
    assert "<script>alert" not in page


def test_json_for_programs(client: FlaskClient) -> None:
    answer = client.get("/api/v1/search?q=messtechnik&lang=en")
    body = answer.json
    assert body is not None
    assert (body["query"], body["lang"], body["total"]) == ("messtechnik", "en", 2)
    assert body["kinds"] == {"topic": 2}
    first = body["hits"][0]
    assert first["iri"] == "https://w3id.org/clusterradar/id/topic/metrology"
    assert (first["kind"], first["label"], first["match"]) == ("topic", "Metrology", "exact")
    assert (first["matched"], first["language"]) == ("Messtechnik", "de")
    assert first["radar"] == "/radar/topic/metrology?lang=en"
    assert first["label_marks"] == []


def test_kinds_and_limit_of_the_json(client: FlaskClient) -> None:
    body = client.get("/api/v1/search?q=m&kinds=organisation,topic&limit=3").json
    assert body is not None
    assert len(body["hits"]) == 3
    assert {hit["kind"] for hit in body["hits"]} <= {"organisation", "topic"}


@pytest.mark.parametrize(
    "parameters", ["kinds=dragon", "limit=0", "limit=x", "limit=-3", "limit=1000000", "limit=²"]
)
def test_wrong_parameters_are_named(client: FlaskClient, parameters: str) -> None:
    answer = client.get(f"/api/v1/search?q=m&{parameters}")
    assert answer.status_code == 400
    assert answer.json is not None
    assert answer.json["error"] == "bad-parameter"
    assert answer.json["parameter"] == parameters.partition("=")[0]


def test_what_is_hidden_is_not_found(client: FlaskClient) -> None:
    for q in ("hidden", "geheimtechnik", "hiden"):
        body = client.get(f"/api/v1/search?q={q}").json
        assert body is not None
        assert (body["total"], body["suggestion"]) == (0, "")


def test_every_page_has_the_field_and_its_script(client: FlaskClient) -> None:
    page = client.get("/things").text
    assert 'data-suggest="/api/v1/search"' in page
    assert "js/search.js" in page
    assert 'action="/search' in page


def test_excerpts_keep_the_marked_letters() -> None:
    text = "Wort " * 60 + "Optik " + "Wort " * 60
    at = text.index("Optik")
    shown = excerpt(text, [(at, at + 5)])
    assert "<mark>Optik</mark>" in shown
    assert shown.startswith("… Wort")
    assert shown.endswith(" …")
    assert len(shown) < 220
    assert marked("a<b", []) == "a&lt;b"
