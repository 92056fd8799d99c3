"""Every error has one shape: what happened and what to do, as a page or as JSON."""

from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient

from graph import Knowledge, KnowledgeError
from ontology import Bilingual
from webapp import Settings, create_app
from webapp.errors import abort_with

SECRET = "the secret of the traceback"


@pytest.fixture(scope="module")
def app() -> Iterator[Flask]:
    knowledge = Knowledge.open()
    made = create_app(Settings(), knowledge=knowledge)

    @made.get("/api/crash")
    @made.get("/crash")
    def _crash() -> str:
        raise RuntimeError(SECRET)

    @made.get("/api/full")
    @made.get("/full")
    def _full() -> str:
        raise KnowledgeError(
            Bilingual("The disk is full.", "Die Platte ist voll."),
            Bilingual("Make room.", "Schaffen Sie Platz."),
        )

    @made.get("/api/teapot")
    def _teapot() -> str:
        abort_with(409, "No tea.", "Take coffee.", code="no-tea", cups=0)

    yield made
    knowledge.close()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


def test_a_page_says_what_to_do(client: FlaskClient) -> None:
    answer = client.get("/no/such/page?lang=de")
    assert answer.status_code == 404
    assert "Unter dieser Adresse gibt es nichts." in answer.text
    assert 'action="/search?lang=de"' in answer.text


def test_programs_get_json_of_the_same_shape(client: FlaskClient) -> None:
    for answer in (
        client.get("/api/v1/nothing"),
        client.get("/no/such/page", headers={"Accept": "application/json"}),
    ):
        assert answer.status_code == 404
        assert answer.json is not None
        assert {"error", "status", "message", "remedy"} <= set(answer.json)


def test_a_browser_gets_a_page_even_if_it_would_take_json(client: FlaskClient) -> None:
    answer = client.get("/no/such/page", headers={"Accept": "text/html,application/json;q=0.9"})
    assert answer.mimetype == "text/html"


def test_a_crash_shows_no_traceback(
    app: Flask, client: FlaskClient, caplog: pytest.LogCaptureFixture
) -> None:
    app.config["PROPAGATE_EXCEPTIONS"] = False
    for path in ("/crash", "/api/crash"):
        answer = client.get(path)
        assert answer.status_code == 500
        assert SECRET not in answer.text and "Traceback" not in answer.text
    assert SECRET in caplog.text


def test_what_a_person_can_put_right_is_said_in_their_language(client: FlaskClient) -> None:
    page = client.get("/full?lang=de")
    assert page.status_code == 503
    assert "Die Platte ist voll." in page.text and "Schaffen Sie Platz." in page.text
    answer = client.get("/api/full?lang=en")
    assert answer.json is not None
    assert answer.json["message"] == "The disk is full." and answer.json["remedy"] == "Make room."


def test_details_are_members_of_the_object(client: FlaskClient) -> None:
    answer = client.get("/api/teapot")
    assert answer.status_code == 409
    assert answer.json == {
        "error": "no-tea",
        "status": 409,
        "message": "No tea.",
        "remedy": "Take coffee.",
        "cups": 0,
    }


def test_a_wrong_method_names_the_right_ones(client: FlaskClient) -> None:
    answer = client.post("/api/v1/radar")
    assert answer.status_code == 405
    assert "GET" in answer.headers["Allow"]


def test_what_was_asked_for_is_text_and_never_markup(client: FlaskClient) -> None:
    answer = client.get("/radar/cluster/<script>alert(1)<%2Fscript>")
    assert answer.status_code == 404
    assert "<script>alert" not in answer.text
