"""Two languages: which one a page speaks, and that German lacks nothing."""

import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.extract import extract_from_dir
from flask import Flask
from flask.testing import FlaskClient

import webapp
from graph import Knowledge
from tests.webapp.accounts_app import town
from webapp import Settings, create_app
from webapp.translate import CatalogueError, merged

HOME = Path(webapp.__file__).parent
METHODS = [("static/**", "ignore"), ("**.py", "python"), ("**.html", "jinja2.ext:babel_extract")]
OPTIONS = {"**.html": {"trim_blocks": "true", "lstrip_blocks": "true", "silent": "false"}}


@pytest.fixture(scope="module")
def app() -> Iterator[Flask]:
    knowledge = Knowledge.open()
    yield create_app(Settings(), knowledge=knowledge)
    knowledge.close()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


def spoken(client: FlaskClient, path: str = "/", **headers: str) -> str:
    found = re.search(r'<html lang="(\w+)"', client.get(path, headers=headers).text)
    assert found
    return found[1]


def test_the_browser_is_asked_first(client: FlaskClient) -> None:
    assert spoken(client, **{"Accept-Language": "de-AT,de;q=0.9,en;q=0.5"}) == "de"
    assert spoken(client, **{"Accept-Language": "fr,en-GB;q=0.8"}) == "en"


def test_the_operator_chooses_for_those_who_speak_neither() -> None:
    knowledge = Knowledge.open()
    client = create_app(Settings(default_language="de"), knowledge=knowledge).test_client()
    assert spoken(client, **{"Accept-Language": "fr"}) == "de"
    assert spoken(client) == "de"
    knowledge.close()


def test_the_address_wins_and_is_remembered(client: FlaskClient) -> None:
    english = {"Accept-Language": "en"}
    assert spoken(client, "/?lang=de", **english) == "de"
    assert spoken(client, "/", **english) == "de"
    assert spoken(client, "/?lang=en", **english) == "en"


def test_nonsense_is_no_language(client: FlaskClient) -> None:
    assert spoken(client, "/no/page?lang=%3Cb%3E", **{"Accept-Language": "de"}) == "de"


def test_the_switch_keeps_where_one_is(client: FlaskClient) -> None:
    page = client.get("/search?q=Optik&lang=de").text
    assert 'href="/search?q=Optik&amp;lang=en"' in page


def messages() -> dict[str, str]:
    """Every message of the web application with the file that says it."""
    found = {}
    for name, _line, message, _comments, _context in extract_from_dir(
        HOME,
        METHODS,
        OPTIONS,
        keywords={"_": None, "gettext": None, "lazy_gettext": None} | {"ngettext": (1, 2)},
    ):
        for one in message if isinstance(message, tuple) else (message,):
            found[one] = name
    return found


def catalogue() -> list[tuple[list[str], list[str]]]:
    """What the German catalogue says: each message's texts in English and in German."""
    pairs = []
    for message in merged():
        english, german = message.id, message.string
        pairs.append(
            (
                [english] if isinstance(english, str) else list(english),
                [german] if isinstance(german, str) else list(german or ()),
            )
        )
    return pairs


def test_every_message_has_its_german() -> None:
    known = {text for english, _ in catalogue() for text in english}
    said = messages()
    assert "Did you mean …" in said and len(said) > 150
    assert {text: name for text, name in said.items() if text not in known} == {}


def placeholders(text: str) -> set[str]:
    named = set(re.findall(r"%\((\w+)\)[sd]", text))
    return named | {name for _, name, _, _ in Formatter().parse(text) if name and "%" not in text}


def test_translations_keep_their_placeholders() -> None:
    for english, german in catalogue():
        assert german and all(german), english
        assert placeholders(german[-1]) == placeholders(english[-1]), english


def test_two_parts_that_disagree_are_found(tmp_path: Path) -> None:
    head = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n\n'
    for name, german in (("one", "Netz"), ("two", "Netzwerk")):
        text = f'{head}msgid "network"\nmsgstr "{german}"\n'
        (tmp_path / f"{name}.po").write_text(text, encoding="utf-8")
    with pytest.raises(CatalogueError, match="network"):
        merged(tmp_path)


def test_the_answer_to_a_form_leads_to_its_page_in_another_language() -> None:
    with town() as place:
        manager = place.browser("manager")
        for path in ("/people/invite", "/account/details", "/profile/members/cluster/optence/ask"):
            answer = manager.post(path, cluster="cluster/optence", lang="xx")
            assert answer.status_code == 400, path
            switch = re.search(r'href="([^"]+)" hreflang="de"', answer.text)
            assert switch and manager.get(switch[1], follow_redirects=True).status_code == 200, path
