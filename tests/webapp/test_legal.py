"""Legal pages: linked everywhere, in the language there is, and lacking ones are told about."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from graph import Knowledge
from webapp import Settings, create_app
from webapp.legal import legal_warnings
from webapp.legal.text import of_markdown


@contextmanager
def client_of(**chosen: Any) -> Iterator[FlaskClient]:
    app = create_app(Settings(**chosen), knowledge=Knowledge.open())
    yield app.test_client()
    app.extensions["services"].close()


@pytest.mark.parametrize(
    "path", ["/", "/things", "/search?q=x", "/page/cluster/none", "/legal/terms"]
)
def test_every_footer_links_all_four(path: str) -> None:
    with client_of() as client:
        text = client.get(path, headers={"Accept-Language": "de"}).text
    for name in ("imprint", "privacy", "terms", "accessibility"):
        assert f'<a href="/legal/{name}">' in text
    assert ">Impressum</a>" in text


def test_markdown_is_shown_and_its_html_is_not(tmp_path: Path) -> None:
    file = tmp_path / "imprint.md"
    file.write_text(
        "# Who we are\n\n# Address\n\nAda **Lovelace**\n\n<script>alert(1)</script>\n\n"
        "[here](javascript:alert(2)) ![x](data:text/html,alert)",
        encoding="utf-8",
    )
    with client_of(imprint_en=str(file)) as client:
        text = client.get("/legal/imprint?lang=en").text
    assert "<h1>Who we are</h1>" in text and "<h2>Address</h2>" in text
    assert text.count("<h1") == 1
    assert "<strong>Lovelace</strong>" in text
    assert "<script>alert" not in text
    assert 'href="javascript:' not in text and 'src="data:text' not in text


def test_one_language_serves_both_and_says_which_it_is(tmp_path: Path) -> None:
    file = tmp_path / "impressum.txt"
    file.write_text("Muster GmbH\nWeg 1\n\nOrt <a>", encoding="utf-8")
    with client_of(imprint_de=str(file)) as client:
        english = client.get("/legal/imprint?lang=en").text
        german = client.get("/legal/imprint?lang=de").text
    assert '<article class="legal" lang="de">' in english
    assert 'lang="de">' not in german.partition("<article")[2].partition("</article")[0]
    assert "<p>Muster GmbH<br>Weg 1</p>" in english and "<p>Ort &lt;a&gt;</p>" in english


def test_an_address_on_the_web_is_led_to() -> None:
    with client_of(terms_en="https://example.org/terms") as client:
        answer = client.get("/legal/terms")
    assert (answer.status_code, answer.location) == (302, "https://example.org/terms")


def test_what_is_lacking_is_said_on_the_page_and_at_the_start(tmp_path: Path) -> None:
    gone = tmp_path / "gone.md"
    settings = Settings(imprint_de="https://example.org/i", terms_en=str(gone))
    said = [warning.en for warning in legal_warnings(settings)]
    assert len(said) == 3
    assert "the privacy notice" in said[0] and "CLUSTERRADAR_PRIVACY_DE" in said[0]
    assert "CLUSTERRADAR_TERMS_EN" in said[1] and str(gone) in said[1]
    with client_of() as client:
        answer = client.get("/legal/privacy?lang=de")
        assert answer.status_code == 200
        assert "noch nicht" in answer.text and "CLUSTERRADAR_PRIVACY_EN" in answer.text
        assert client.get("/legal/else").status_code == 404


def test_a_file_that_went_away_is_an_error_that_says_what_to_do(tmp_path: Path) -> None:
    with client_of(terms_en=str(tmp_path / "gone.md")) as client:
        answer = client.get("/legal/terms?lang=en")
    assert answer.status_code == 503
    assert str(tmp_path) not in answer.text


def test_a_title_needs_to_come_first() -> None:
    assert of_markdown("Text\n\n# Later").title == ""
