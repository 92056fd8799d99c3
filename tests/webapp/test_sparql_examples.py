"""Every example query answers on the go-cluster data, as it is and as the page shows it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from graph import Knowledge, QueryLimits, Readers, load_go_cluster, sparql
from webapp import Settings, create_app
from webapp.sparql.examples import FOLDER, Example, examples

NAMES = [example.name for example in examples()]


@pytest.fixture(scope="module")
def knowledge() -> Iterator[Knowledge]:
    made = Knowledge.open()
    load_go_cluster(made)
    yield made
    made.close()


@pytest.fixture(scope="module")
def readers(knowledge: Knowledge) -> Iterator[Readers]:
    made = Readers(knowledge, QueryLimits(readers=1, time_ms=30_000))
    yield made
    made.close()


@pytest.fixture(scope="module")
def client(knowledge: Knowledge, readers: Readers) -> FlaskClient:
    app = create_app(Settings(), knowledge=knowledge)
    app.extensions["services"].readers = readers
    return app.test_client(use_cookies=False)


def example(name: str) -> Example:
    return next(one for one in examples() if one.name == name)


def table(readers: Readers, name: str) -> list[list[str]]:
    answer = readers.answer(example(name).query, accept="text/tab-separated-values")
    return [line.split("\t") for line in answer.body.decode().splitlines()]


def test_there_are_enough_and_each_has_a_title_in_both_languages() -> None:
    assert len(NAMES) >= 8
    assert len(NAMES) == len(list(FOLDER.glob("*.rq")))
    for one in examples():
        assert one.title.en
        assert one.title.de
        assert one.title.en != one.title.de
        assert not one.query.startswith("# en")
    assert {sparql.check(one.query).form for one in examples()} >= {"SELECT", "ASK", "CONSTRUCT"}


def test_each_is_documented() -> None:
    page = (Path(__file__).resolve().parents[2] / "docs" / "sparql.md").read_text(encoding="utf-8")
    for one in examples():
        title = one.title.en[0].lower() + one.title.en[1:]
        assert f"| `{one.name}` | {title} |" in page


@pytest.mark.parametrize("name", NAMES)
def test_each_answers_fast_and_whole(readers: Readers, name: str) -> None:
    answer = readers.answer(example(name).query)
    assert answer.rows > 0
    assert not answer.cut
    assert b'"boolean":false' not in answer.body


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("lang", ["en", "de"])
def test_each_is_shown_as_a_page(client: FlaskClient, name: str, lang: str) -> None:
    response = client.get(
        "/sparql",
        query_string={"query": example(name).query, "lang": lang},
        headers={"Accept": "text/html"},
    )
    assert response.status_code == 200
    html = response.get_data(as_text=True)
    assert 'role="alert"' not in html
    assert 'aria-current="true">' + html.split('aria-current="true">')[1].split("<")[0] in html
    assert "w3id.org/clusterradar/id/" not in html.split('<section class="sparql-answer">')[1], (
        "things are shown by name"
    )


def test_the_largest_clusters_are_those_of_the_tables(readers: Readers) -> None:
    head, *rows = table(readers, "01-largest-clusters")
    assert head == ["?cluster", "?members", "?sme", "?founded"]
    assert rows[0][0].endswith("/cluster/swissmem>")
    assert rows[0][1] == "1050"
    members = [int(row[1]) for row in rows]
    assert members == sorted(members, reverse=True)


def test_partners_of_a_project_worked_together(readers: Readers) -> None:
    _, *rows = table(readers, "02-who-worked-together")
    pairs = {(row[0].rsplit("/", 1)[1], row[1].rsplit("/", 1)[1]) for row in rows}
    assert ("afbw>", "vdc>") in pairs
    assert all(one < other for one, other in pairs)


def test_experience_is_concluded_and_not_said(readers: Readers) -> None:
    _, *rows = table(readers, "07-experience")
    assert len(rows) > 30
    said = (
        "PREFIX cr: <https://w3id.org/clusterradar/ontology#> "
        "ASK { GRAPH <read/public> { ?s cr:experiencedIn ?o } }"
    )
    assert b"false" in readers.answer(said).body
