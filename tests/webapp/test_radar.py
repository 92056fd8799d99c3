"""The radar's addresses: pages that work without scripts, JSON that programs rely on."""

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from html import unescape
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from graph import About, Change, Knowledge, decisions, import_file
from webapp import Settings, create_app

TOPICS = """id,label_de,label_en,kind
photonics,Photonik,Photonics,sector
metrology,Messtechnik,Metrology,competence
textiles,Textilien,Textiles,sector
"""
CLUSTERS = """id,name,country,region,fields
optence,Optence e. V.,DE,Hessen,photonics | metrology
photonicnet,PhotonicNet GmbH,DE,Niedersachsen,photonics
lonely,Cluster Einsam,DE,Saarland,
"""
PROJECTS = """id,title,coordinator,partners,topics
kapa,Kapazitätenbörse,optence,photonicnet,metrology
"""
LISTINGS = """id,direction,kind,title_de,title_en,actor,topics,status
li-optik,need,capacity,Messzeit gesucht,Measuring time wanted,optence,metrology,historical
"""
TABLES = (
    ("topics", "topic", TOPICS),
    ("clusters", "cluster", CLUSTERS),
    ("projects", "project", PROJECTS),
    ("listings", "listing", LISTINGS),
)


@pytest.fixture(scope="module")
def knowledge(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Knowledge]:
    folder = tmp_path_factory.mktemp("lists")
    known = Knowledge.open()
    for source, kind, text in TABLES:
        path = folder / f"{source}.csv"
        path.write_text(text, encoding="utf-8")
        import_file(known, path, kind, source, as_of="2016")
    yield known
    known.close()


@pytest.fixture(scope="module")
def app(knowledge: Knowledge) -> Flask:
    return create_app(Settings(), knowledge=knowledge)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


def words_of(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def picture_links(html: str) -> dict[str, str]:
    """Kind and slug of what the wide picture shows, with the address of each."""
    wide = html[html.index('data-form="wide"') : html.index('data-form="phone"')]
    found = re.findall(r'<a class="item [^"]*" href="([^"]+)"[^>]*data-iri="([^"]+)"', wide)
    return {iri.partition("/id/")[2]: unescape(href) for href, iri in found}


def test_the_first_radar_is_around_the_best_connected_cluster(client: FlaskClient) -> None:
    answer = client.get("/?lang=de")
    assert answer.status_code == 200
    assert "Optence e. V. · clusterradar" in answer.text
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'self'")


def test_an_operator_may_choose_the_first_centre(knowledge: Knowledge) -> None:
    app = create_app(Settings(home_centre="sector/photonics"), knowledge=knowledge)
    assert "<title>Photonics · " in app.test_client().get("/?lang=en").text


def test_a_first_centre_that_is_gone_does_no_harm(knowledge: Knowledge) -> None:
    app = create_app(Settings(home_centre="cluster/gone"), knowledge=knowledge)
    assert "<title>Optence e. V." in app.test_client().get("/").text


def test_the_first_centre_follows_the_data(tmp_path: Path) -> None:
    known = Knowledge.open()
    client = create_app(Settings(), knowledge=known).test_client()
    assert client.get("/").status_code == 200
    path = tmp_path / "clusters.csv"
    path.write_text("id,name,country\nnew,Neu e. V.,DE\n", encoding="utf-8")
    import_file(known, path, "cluster", "clusters")
    assert "<title>Neu e. V." in client.get("/").text
    known.close()


def test_an_empty_store_says_what_to_do() -> None:
    known = Knowledge.open()
    answer = create_app(Settings(), knowledge=known).test_client().get("/?lang=de")
    assert answer.status_code == 200
    assert "Noch nichts auf dem Radar" in answer.text
    assert 'href="/import?lang=de"' in answer.text
    known.close()


def test_everything_in_the_picture_is_a_link_that_remembers_the_flight(
    client: FlaskClient,
) -> None:
    links = picture_links(client.get("/radar/cluster/optence?lang=de").text)
    assert links["project/kapa"] == "/radar/project/kapa?via=cluster/optence&lang=de"
    page = client.get(links["project/kapa"])
    trail = page.text[
        page.text.index('class="trail"') : page.text.index(
            "</nav>", page.text.index('class="trail"')
        )
    ]
    assert words_of(trail).endswith("Optence e. V. Kapazitätenbörse")
    assert 'href="/radar/cluster/optence?lang=de"' in trail


def test_the_flight_forgets_its_oldest_centres(client: FlaskClient) -> None:
    via = ",".join(["cluster/optence"] * 30)
    links = picture_links(client.get(f"/radar/project/kapa?via={via}").text)
    assert links["cluster/photonicnet"].count("cluster/optence") == 3


def test_a_flight_through_nonsense_is_cleaned(client: FlaskClient) -> None:
    page = client.get("/radar/project/kapa?via=x,cluster/<b>,cluster/gone,/,cluster/optence")
    assert page.status_code == 200
    assert "<b>" not in page.text


def test_picture_and_list_say_the_same(client: FlaskClient) -> None:
    page = client.get("/radar/cluster/optence?lang=de").text
    listed = {
        iri.partition("/id/")[2] for iri in re.findall(r'class="entry" data-iri="([^"]+)"', page)
    }
    assert {"project/kapa", "sector/photonics", "competence/metrology"} <= listed
    assert set(picture_links(page)) <= listed


def test_years_and_what_is_over_are_visible(client: FlaskClient) -> None:
    page = client.get("/radar/cluster/optence?lang=de").text
    centre = page[page.index('class="centre ') : page.index("</a>", page.index('class="centre '))]
    assert "Stand 2016" in words_of(centre)
    entry = page[page.index("Messzeit gesucht</span>") :]
    entry = words_of(entry[: entry.index("</li>")])
    assert "Stand 2016" in entry and "historisch" in entry


def test_a_page_speaks_the_language_of_its_address(client: FlaskClient) -> None:
    german = client.get("/radar/sector/photonics?lang=de").text
    english = client.get("/radar/sector/photonics?lang=en").text
    assert "<title>Photonik" in german and "Seite mit allen Angaben" in german
    assert "<title>Photonics" in english and "Page with all facts" in english
    assert 'lang="de"' in german.split("<head>")[0]


def test_filters_are_links_that_add_and_take_away_kinds(client: FlaskClient) -> None:
    page = client.get("/radar/cluster/optence?kinds=project").text
    assert set(picture_links(page)) == {"project/kapa"}
    chips = re.findall(r'<a class="chip[^"]*" href="([^"]+)" data-fly="stay"', page)
    addresses = [unescape(chip) for chip in chips]
    assert "/radar/cluster/optence?kinds=cluster,project" in addresses
    assert "/radar/cluster/optence" in addresses


def test_the_lens_beyond_leaves_out_the_own_cluster(client: FlaskClient) -> None:
    answer = client.get("/api/v1/radar?centre=cluster/optence&lens=beyond").json
    assert answer is not None and answer["lens"] == "beyond"
    assert all(not one["shared_cluster"] for one in answer["suggestions"])


def test_nothing_near_is_said_kindly(client: FlaskClient) -> None:
    page = client.get("/radar/sector/textiles?lang=de")
    assert page.status_code == 200
    assert "Damit ist noch nichts verknüpft." in page.text


def test_an_unknown_centre_is_searched_for(client: FlaskClient) -> None:
    page = client.get("/radar/cluster/photonic-net?lang=de")
    assert page.status_code == 404
    assert "PhotonicNet GmbH" in page.text
    assert 'href="/radar/cluster/photonicnet?lang=de"' in page.text


def test_a_merged_thing_leads_to_what_it_became(tmp_path: Path) -> None:
    known = Knowledge.open()
    path = tmp_path / "clusters.csv"
    path.write_text("id,name,country\nold,Alt e. V.,DE\nnew,Neu e. V.,DE\n", encoding="utf-8")
    import_file(known, path, "cluster", "clusters")
    things = [known.addresses.thing("cluster", slug) for slug in ("old", "new")]
    joined = decisions.same(known.addresses, things[0], things[1], "tester", datetime.now(UTC))
    known.commit(Change(joined, frozenset()), About("decision", "", "one", {}))
    client = create_app(Settings(), knowledge=known).test_client()
    answers = [client.get(f"/radar/cluster/{slug}?kinds=project") for slug in ("old", "new")]
    assert sorted(answer.status_code for answer in answers) == [200, 301]
    moved = next(answer for answer in answers if answer.status_code == 301)
    assert moved.location.endswith("?kinds=project")
    assert client.get(moved.location).status_code == 200
    known.close()


def test_json_is_exactly_what_was_promised(client: FlaskClient) -> None:
    answer = client.get("/api/v1/radar?centre=cluster/optence&lang=en")
    assert answer.mimetype == "application/json"
    body = json.loads(answer.text)
    assert {"centre", "viewer", "lens", "totals", "suggestions"} <= set(body)
    assert body["viewer"] == "anonymous" and body["lens"] == "nearest"
    assert body["centre"]["label"] == "Optence e. V." and body["centre"]["as_of"] == "2016"
    project = next(one for one in body["suggestions"] if one["label"] == "Kapazitätenbörse")
    assert {"iri", "kind", "label", "ring", "score", "reason"} <= set(project)
    assert project["url"] == "/radar/project/kapa?lang=en"
    assert project["reason"]["text"]
    assert project["reason"]["path"][-1]["iri"] == project["iri"]
    listing = next(one for one in body["suggestions"] if one["kind"] == "listing")
    assert listing["historical"] is True
    assert body["totals"]["projects"] == "1"
    scores = [one["score"] for one in body["suggestions"]]
    assert scores == sorted(scores, reverse=True)


def test_the_centre_may_be_an_iri(client: FlaskClient, knowledge: Knowledge) -> None:
    iri = knowledge.addresses.thing("cluster", "optence")
    by_iri = client.get("/api/v1/radar", query_string={"centre": iri})
    assert by_iri.json == client.get("/api/v1/radar?centre=cluster/optence").json


@pytest.mark.parametrize(
    ("query", "parameter", "allowed"),
    [
        ("centre=cluster/optence&lens=odd", "lens", "beyond"),
        ("centre=cluster/optence&kinds=cluster,odd", "kinds", "project"),
        ("centre=cluster/optence&limit=0", "limit", "1 … 24"),
        ("centre=cluster/optence&limit=%C2%B2", "limit", "1 … 24"),
        ("centre=cluster/optence&limit=" + "9" * 400, "limit", "1 … 24"),
        ("centre=cluster/optence&lang=fr", "lang", "de"),
    ],
)
def test_a_wrong_parameter_is_named_with_what_it_can_be(
    client: FlaskClient, query: str, parameter: str, allowed: str
) -> None:
    answer = client.get(f"/api/v1/radar?{query}")
    assert answer.status_code == 400
    body = answer.json
    assert body is not None
    assert body["error"] == "bad-parameter" and body["parameter"] == parameter
    assert allowed in body["allowed"] and parameter in body["message"] and allowed in body["remedy"]
    if parameter != "lang":
        page = client.get(f"/radar/cluster/optence?{query}&lang=de")
        assert page.status_code == 400 and f"„{parameter}“" in page.text


def test_a_missing_or_unknown_centre_is_an_error_that_helps(client: FlaskClient) -> None:
    missing = client.get("/api/v1/radar")
    assert missing.status_code == 400
    assert missing.json is not None and missing.json["parameter"] == "centre"
    unknown = client.get("/api/v1/radar?centre=cluster/optense")
    assert unknown.status_code == 404
    assert unknown.json is not None
    assert unknown.json["suggestions"][0]["label"] == "Optence e. V."
    for odd in ("x", "/", "cluster/", "http://example.org/", "cluster/a b<c>"):
        assert client.get("/api/v1/radar", query_string={"centre": odd}).status_code == 404


def test_the_tag_follows_what_is_said(client: FlaskClient) -> None:
    first = client.get("/api/v1/radar?centre=cluster/optence&lang=en")
    again = client.get(
        "/api/v1/radar?centre=cluster/optence&lang=en",
        headers={"If-None-Match": first.headers["ETag"]},
    )
    assert again.status_code == 304 and not again.data
    german = client.get("/api/v1/radar?centre=cluster/optence&lang=de")
    assert german.headers["ETag"] != first.headers["ETag"]


def test_no_page_asks_another_host_or_has_inline_code(client: FlaskClient) -> None:
    page = client.get("/radar/cluster/optence").text
    assert not re.search(r'(?:src|href)="(?:https?:)?//(?!www\.apache\.org/licenses)', page)
    assert not re.search(r"<script(?![^>]*\bsrc=)", page)
    assert not re.search(r"\s(?:style|on\w+)=", page)
