"""Pages of things and lists of things, as a reader sees them."""

import re
from collections.abc import Iterator
from html import unescape

import pytest
from flask.testing import FlaskClient
from pyoxigraph import Literal, NamedNode

from ontology import CR, XSD
from tests.webapp.pages_app import pages_client
from webapp.pages.negotiation import split_ending
from webapp.pages.redundant import telling
from webapp.pages.values import text_of


@pytest.fixture(scope="module")
def client() -> Iterator[FlaskClient]:
    with pages_client() as made:
        yield made


def read(client: FlaskClient, address: str) -> str:
    """The words of a page, without tags."""
    answer = client.get(address)
    assert answer.status_code == 200, answer.text
    inner = answer.text.partition("<main")[2].partition("</main>")[0]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", inner)).split())


def test_facts_read_in_german(client: FlaskClient) -> None:
    text = read(client, "/page/cluster/optence?lang=de")
    assert "Optence e. V." in text
    assert "Netzwerk für Optik." in text
    assert "Network for optics." not in text
    assert "rund 1.071" in text
    assert "März 2001" in text
    assert "Kompetenznetz Optik" in text
    assert "Stand 2016" in text


def test_facts_read_in_english(client: FlaskClient) -> None:
    text = read(client, "/page/cluster/optence?lang=en")
    assert "about 1,071" in text
    assert "March 2001" in text
    assert "as of 2016" in text


def test_values_are_links_with_labels(client: FlaskClient) -> None:
    page = client.get("/page/cluster/optence?lang=de").text
    assert 'href="/page/topic/metrology?lang=de"' in page
    assert 'href="https://www.optence.de"' in page
    assert "https://w3id.org/clusterradar/ontology#" not in page
    assert "Messtechnik" in page


def test_every_page_leads_to_its_radar_and_its_data(client: FlaskClient) -> None:
    page = client.get("/page/cluster/optence?lang=de").text
    assert 'href="/radar/cluster/optence?lang=de"' in page
    for ending in ("ttl", "jsonld", "nt", "rdf", "json", "csv"):
        assert f'href="/id/cluster/optence.{ending}"' in page


def test_relations_the_other_way_are_counted_and_shortened(client: FlaskClient) -> None:
    text = read(client, "/page/cluster/optence?lang=en")
    assert "has member (22)" in text
    assert "All 22" in text
    assert "Member 00" in text
    assert "Member 21" not in text
    assert "Member 21" in read(client, "/page/cluster/optence?lang=en&all=hasMember")


def test_a_telling_relation_hides_what_it_implies(client: FlaskClient) -> None:
    text = read(client, "/page/cluster/optence?lang=en")
    assert "coordinates" in text
    assert "takes part in Capacity exchange" not in text
    both = frozenset({CR + "coordinates", CR + "takesPartIn", CR + "activeIn"})
    assert telling(both) == {CR + "coordinates", CR + "activeIn"}


def test_who_says_it_and_what_follows_from_what(client: FlaskClient) -> None:
    text = read(client, "/page/cluster/optence?lang=en")
    assert "List “list” as of 2016" in text
    assert "follows from “member of”, read the other way" in text
    assert "follows from “takes part in” and “about” by way of Capacity exchange" in text


def test_coded_values_have_names(client: FlaskClient) -> None:
    assert "Kapazität" in read(client, "/page/listing/machines?lang=de")


def test_what_is_over_says_so(client: FlaskClient) -> None:
    text = read(client, "/page/listing/machines?lang=en")
    assert "historical" in text
    assert "cannot be contacted" in text


def test_what_is_invented_says_so_and_names_are_escaped(client: FlaskClient) -> None:
    page = client.get("/page/organisation/dr.-muster.ttl?lang=en").text
    assert "Nobody stands behind it." in page
    assert "Dr. Muster &lt;GmbH&gt;" in page
    assert "<GmbH>" not in page


def test_the_german_name_stands_under_the_english_one(client: FlaskClient) -> None:
    text = read(client, "/page/topic/metrology?lang=en")
    assert "Messtechnik (Deutsch)" in text


def test_what_a_visitor_may_not_read_is_nowhere(client: FlaskClient) -> None:
    for address in ("/page/cluster/optence", "/page/topic/metrology", "/things/project"):
        page = client.get(address).text
        assert "Hidden" not in page
        assert "Geheimtechnik" not in page
    hidden, missing = (client.get(f"/page/project/{slug}") for slug in ("hidden", "qqqqqq"))
    assert hidden.status_code == missing.status_code == 404
    named = ("project/hidden", "project/qqqqqq"), ('value="hidden"', 'value="qqqqqq"')
    text = hidden.text
    for one, other in named:
        text = text.replace(one, other)
    assert text == missing.text


def test_a_merged_thing_moved_for_good(client: FlaskClient) -> None:
    answer = client.get("/page/cluster/optence-ev")
    assert (answer.status_code, answer.location) == (301, "/page/cluster/optence")


@pytest.mark.parametrize(
    "address",
    [
        "/page/cluster/optenc",
        "/page/dragon/optence",
        "/page/cluster/a%00b",
        "/page/cluster/../x",
        "/page/cl%20uster/x",
        "/things/dragon",
        "/id/cluster/%F0%9F%99%82",
    ],
)
def test_nothing_there_is_a_page_that_helps(client: FlaskClient, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 404
    assert "/search" in answer.text


def test_a_wrong_slug_names_what_is_spelt_like_it(client: FlaskClient) -> None:
    assert "Optence e. V." in client.get("/page/cluster/optense").text


def test_kinds_are_counted(client: FlaskClient) -> None:
    text = read(client, "/things?lang=en")
    assert "Organisations 23 entries" in text
    assert "Clusters 1 entry" in text
    assert "People" not in text


def test_a_list_filters_by_first_letters_and_leafs(client: FlaskClient) -> None:
    assert "Member 21" in read(client, "/things/organisation?lang=en")
    filtered = read(client, "/things/organisation?lang=en&starts=dr")
    assert "Dr. Muster" in filtered
    assert "Member" not in filtered
    assert "No name here begins with “zz”" in read(client, "/things/topic?lang=en&starts=zz")
    assert client.get("/things/topic?page=99").status_code == 200
    for wrong in ("0", "-1", "x", "²"):
        assert client.get(f"/things/topic?page={wrong}").status_code == 400


@pytest.mark.parametrize(
    ("slug", "parts"),
    [
        ("optence.ttl", ("optence", "ttl")),
        ("optence.TTL", ("optence.TTL", "")),
        ("a.b.json", ("a.b", "json")),
        (".json", (".json", "")),
        ("v2.0", ("v2.0", "")),
        ("", ("", "")),
    ],
)
def test_only_a_known_last_ending_counts(slug: str, parts: tuple[str, str]) -> None:
    assert split_ending(slug, {"ttl": "", "json": ""}) == parts


@pytest.mark.parametrize(
    ("text", "datatype", "german"),
    [
        ("2016-13-01", "string", "2016-13-01"),
        ("2016-02-30", "string", "2016-02-30"),
        ("0000", "string", "0000"),
        ("INF", "double", "INF"),
        ("1.5", "decimal", "1,5"),
        ("true", "boolean", "ja"),
    ],
)
def test_odd_values_stay_as_they_are(
    client: FlaskClient, text: str, datatype: str, german: str
) -> None:
    with client.application.test_request_context("/?lang=de"):
        value = Literal(text, datatype=NamedNode(XSD + datatype))
        assert text_of(value, CR + "founded", "de") == german


def test_a_trap_is_no_link(client: FlaskClient) -> None:
    page = client.get("/page/project/trap?lang=en").text
    assert "javascript:alert(1)" in page
    assert 'href="javascript' not in page
