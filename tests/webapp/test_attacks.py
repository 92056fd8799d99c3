"""What an attacker of a web site tries, and that it leads nowhere: one section each."""

import io
import re
import time
import zipfile
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote, urljoin, urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from pyoxigraph import NamedNode

from graph import Knowledge
from ontology import CR, DCT, FOAF, RDFS
from tests.graph.small_knowledge import tell
from tests.webapp.test_importing import go_on, press, send, settled, token_in
from webapp import Settings, create_app

SCRIPT: Final = "\"><script>alert(1)</script><img src=x onerror=alert(2)>'`{{7*7}}${7*7}"
RUNS: Final = ("javascript:", "vbscript:", "data:text/html")


class Markup(HTMLParser):
    """What in a page could run: scripts, handlers, styles, and addresses that are scripts."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.dangers: list[str] = []
        self.forms: list[tuple[str, str]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note whatever the policy would have to stop."""
        said = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append((said.get("method", "get").lower(), said.get("action", "")))
        if tag == "script" and "src" not in said:
            self.dangers.append("<script> without a file")
        if tag in ("style", "iframe", "object", "embed", "base"):
            self.dangers.append(f"<{tag}>")
        for name, value in said.items():
            if name.startswith("on") or name == "style":
                self.dangers.append(f"<{tag} {name}={value[:60]!r}>")
            if name in ("href", "src", "action", "formaction", "xlink:href", "poster"):
                plain = re.sub(r"[\x00-\x20]", "", value).lower()
                if plain.startswith(RUNS) or (tag == "script" and plain.startswith("http")):
                    self.dangers.append(f"<{tag} {name}={value[:60]!r}>")


@pytest.fixture(scope="module")
def hostile() -> Iterator[FlaskClient]:
    """An application over things whose names, texts and addresses are attacks."""
    knowledge = Knowledge.open()
    tell(
        knowledge,
        {
            "cluster/evil": {
                RDFS + "label": SCRIPT,
                DCT + "description": SCRIPT,
                CR + "legalForm": SCRIPT,
                FOAF + "homepage": NamedNode("javascript:alert(3)"),
            },
            "organisation/member": {
                RDFS + "label": f"Member {SCRIPT}",
                CR + "memberOf": "id/cluster/evil",
                CR + "role": SCRIPT,
                FOAF + "homepage": NamedNode("data:text/html,%3Cscript%3Ealert(4)%3C/script%3E"),
            },
            "project/joint": {
                RDFS + "label": f"Joint {SCRIPT}",
                CR + "coordinatedBy": "id/organisation/member",
            },
        },
    )
    app = create_app(Settings(), knowledge=knowledge)
    yield app.test_client()
    app.extensions["services"].close()


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Flask]:
    """An application with a data folder."""
    app = create_app(Settings(data_dir=str(tmp_path / "data")))
    yield app
    app.extensions["services"].close()


PAGES: Final = (
    "/",
    "/radar/cluster/evil?via=organisation/member",
    "/radar/organisation/member",
    "/page/cluster/evil",
    "/page/organisation/member",
    "/page/project/joint",
    "/page/cluster/evil%22%3E%3Cscript%3Ealert(1)%3C/script%3E",
    "/things",
    "/things/cluster",
    "/things/organisation?starts=%22%3E%3Cscript%3E",
    "/search?q=%3Cscript%3Ealert(1)%3C/script%3E",
    "/search?q=member",
    "/search?q=%22%20onfocus=%22alert(1)",
    "/sparql?query=%3C/textarea%3E%3Cscript%3Ealert(1)%3C/script%3E",
    "/import",
    "/ontology",
    "/legal/imprint",
    "/legal/%3Cscript%3E",
)


# ---- XSS and the content security policy ----


@pytest.mark.parametrize("path", PAGES)
def test_nothing_in_a_page_runs(hostile: FlaskClient, path: str) -> None:
    answer = hostile.get(path, headers={"Accept": "text/html"})
    assert answer.mimetype == "text/html"
    assert "<script>alert" not in answer.text and "<img src=x" not in answer.text
    assert Markup(answer.text).dangers == []
    assert "49" not in re.findall(r"alert\(2\)[^<]{0,40}", answer.text), "no template runs either"


def test_what_is_checked_would_be_found() -> None:
    text = "<p onclick=x><a href=' java\nscript:x'><script>1</script><style></style></p>"
    assert len(Markup(text).dangers) == 4


@pytest.mark.parametrize("path", PAGES)
def test_every_page_forbids_scripts_of_its_own_text_and_framing(
    hostile: FlaskClient, path: str
) -> None:
    headers = hostile.get(path).headers
    policy = dict(
        part.strip().partition(" ")[::2] for part in headers["Content-Security-Policy"].split(";")
    )
    assert policy["default-src"] == "'self'"
    assert "script-src" not in policy or policy["script-src"] == "'self'"
    assert not re.search(r"unsafe|nonce|\*|http", headers["Content-Security-Policy"])
    assert (policy["object-src"], policy["base-uri"]) == ("'none'", "'none'")
    assert policy["form-action"] == "'self'"
    assert headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    "path",
    [
        "/id/cluster/evil.json",
        "/id/cluster/evil.csv",
        "/id/cluster/evil.ttl",
        "/api/v1/radar?centre=cluster/evil",
        "/api/v1/search?q=member",
        "/sparql?query=SELECT%20*%20%7B%3Fs%20%3Fp%20%3Fo%7D",
    ],
)
def test_data_are_never_taken_for_a_page(hostile: FlaskClient, path: str) -> None:
    answer = hostile.get(path, headers={"Accept": "*/*"})
    assert answer.mimetype != "text/html"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "Content-Security-Policy" in answer.headers


def test_an_imported_script_is_text_from_the_plan_to_the_page(own: Flask) -> None:
    client = own.test_client()
    quoted = SCRIPT.replace('"', '""')
    rows = [
        f'{key};"{quoted}";{address};"<svg onload=alert(1)>"'
        for key, address in (("x", "https://x.example"), ("y", "javascript:alert(1)"))
    ]
    text = "id;Name;website;description_de\n" + "\n".join(rows) + "\n"
    sent = send(client, text, source="<b>")
    plan = settled(client, sent.location or "/import")
    assert Markup(plan.text).dangers == []
    plan = go_on(client, send(client, text))
    done = press(client, plan, r"/import/plan/[^/]+$")
    for path in (done.location, "/import", "/page/organisation/x", "/radar/organisation/x"):
        page = client.get(path)
        assert page.status_code == 200
        assert Markup(page.text).dangers == []
        assert "<script>alert" not in page.text and "<svg onload" not in page.text
    assert client.get("/page/organisation/y").status_code == 404, "its address would run"


# ---- clickjacking ----


def test_no_answer_may_be_framed(hostile: FlaskClient) -> None:
    for rule in hostile.application.url_map.iter_rules():
        if "GET" not in (rule.methods or ()) or rule.arguments:
            continue
        headers = hostile.get(rule.rule).headers
        assert headers["X-Frame-Options"] == "DENY", rule.rule
        assert "frame-ancestors 'none'" in headers["Content-Security-Policy"], rule.rule


# ---- CSRF ----


def changing(app: Flask) -> list[tuple[str, str]]:
    """A method and an address for every route that takes more than questions."""
    found = []
    for rule in app.url_map.iter_rules():
        if rule.endpoint.partition(".")[0] in ("sparql", "static"):
            continue
        values: dict[str, Any] = dict.fromkeys(rule.arguments, "1")
        for method in sorted({"POST", "PUT", "PATCH", "DELETE"} & (rule.methods or set())):
            with app.test_request_context():
                found.append((method, app.url_for(rule.endpoint, _method=method, **values)))
    return found


def test_a_form_of_another_site_changes_nothing(own: Flask) -> None:
    addresses = changing(own)
    assert ("POST", "/import") in addresses
    for method, address in addresses:
        client = own.test_client()
        known = token_in(client.get("/import"))
        ways: tuple[tuple[dict[str, str], dict[str, str]], ...] = (
            ({}, {}),
            ({"form_token": "x" * 43}, {}),
            ({"form_token": known}, {"Origin": "https://evil.example"}),
            ({"form_token": known}, {"Sec-Fetch-Site": "cross-site"}),
            ({"form_token": known}, {"Sec-Fetch-Site": "same-site"}),
            ({"form_token": known}, {"Origin": "null"}),
        )
        for form, headers in ways:
            answer = client.open(address, method=method, data=form, headers=headers)
            assert answer.status_code in (401, 403, 404), (
                method,
                address,
                headers,
                answer.status_code,
            )
    assert own.extensions["services"].knowledge.batches() == []


def test_the_token_of_one_browser_is_none_in_another(own: Flask) -> None:
    client, other = own.test_client(), own.test_client()
    token = token_in(client.get("/import"))
    other.get("/import")
    assert other.post("/import", data={"form_token": token}).status_code == 403


def test_the_cookie_of_forms_is_for_this_server_only(own: Flask) -> None:
    said = own.test_client().get("/import").headers["Set-Cookie"]
    assert "HttpOnly" in said and "SameSite=Strict" in said


# ---- SPARQL injection ----

BREAKING: Final = (
    "> } ; DROP ALL ; #",
    "evil> ?p ?o } UNION { ?s ?p ?o",
    '" . ?s ?p ?o . "',
    "evil%3E%20%7D",
    "\\u003e } #",
    "?s",
    "x' ; DROP TABLE account ; --",
)


@pytest.mark.parametrize("text", BREAKING)
def test_what_is_asked_for_is_a_value_and_never_a_query(hostile: FlaskClient, text: str) -> None:
    before = hostile.get("/api/v1/search?q=member").json
    part = quote(text, safe="")
    for path, query in (
        (f"/page/cluster/{part}", {}),
        (f"/radar/{part}/evil", {}),
        (f"/id/cluster/{part}.ttl", {}),
        (f"/things/{part}", {}),
        ("/api/v1/radar", {"centre": text}),
        ("/api/v1/radar", {"centre": f"https://w3id.org/clusterradar/id/cluster/{text}"}),
        ("/api/v1/radar", {"centre": "cluster/evil", "kinds": text}),
    ):
        answer = hostile.get(path, query_string=query)
        assert answer.status_code in (400, 404), path
    found = hostile.get("/api/v1/search", query_string={"q": text})
    assert found.status_code == 200
    assert hostile.get("/api/v1/search?q=member").json == before


@pytest.mark.parametrize(
    "update", ["DROP ALL", "INSERT DATA { <urn:a> <urn:b> <urn:c> }", "LOAD <file:///etc/passwd>"]
)
def test_the_endpoint_takes_no_updates(hostile: FlaskClient, update: str) -> None:
    generation = hostile.application.extensions["services"].knowledge.generation
    for answer in (
        hostile.post("/sparql", data={"update": update}),
        hostile.post("/sparql", data=update, content_type="application/sparql-update"),
        hostile.get("/sparql", query_string={"query": update}),
    ):
        assert answer.status_code in (400, 403, 415)
    assert hostile.application.extensions["services"].knowledge.generation == generation


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }",
        "SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }",
    ],
)
def test_a_query_reaches_neither_files_nor_other_hosts(hostile: FlaskClient, query: str) -> None:
    answer = hostile.get("/sparql", query_string={"query": query})
    assert answer.status_code == 400
    assert "root:" not in answer.text


# ---- path traversal ----


@pytest.mark.parametrize("up", ["../", "..%2f", "%2e%2e/", "..\\", "..%5c", "....//", "%00/"])
@pytest.mark.parametrize(
    "start",
    ["/static/", "/static/css/", "/ontology/", "/legal/", "/import/template/", "/import/plan/"],
)
def test_no_address_leads_out_of_its_folder(hostile: FlaskClient, start: str, up: str) -> None:
    for target in ("settings.py", "etc/passwd"):
        answer = hostile.get(start + up * 6 + target)
        assert answer.status_code in (400, 403, 404)
        assert "root:" not in answer.text and "SettingError" not in answer.text


# ---- open redirect ----


def lies_here(location: str) -> bool:
    """Whether a browser that follows a location stays on this server."""
    # Browsers take a backslash for a slash and drop tabs and line ends.
    read = re.sub(r"[\t\r\n]", "", location).replace("\\", "/")
    return urlsplit(urljoin("http://localhost/", read)).netloc == "localhost"


@pytest.mark.parametrize("there", ["//evil.example", "/\\evil.example", "https://evil.example"])
def test_no_address_leads_to_another_site(hostile: FlaskClient, there: str) -> None:
    for path in (f"/{there}", f"{there}/..", f"/radar/{there}", f"/id/cluster/{there}"):
        answer = hostile.get(path)
        assert answer.status_code in (200, 303, 308, 400, 404)
        assert lies_here(answer.headers.get("Location", "/"))


def test_the_switch_of_languages_stays_here(hostile: FlaskClient) -> None:
    page = hostile.get("//evil.example/?x=1", headers={"Accept": "text/html"})
    assert 'href="//evil' not in page.text


# ---- upload bombs ----


def zipped(name: str, content: bytes) -> bytes:
    """A zip file of one member."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(name, content)
    return buffer.getvalue()


ENTITIES: Final = (
    b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "aaaaaaaaaa">'
    + b"".join(b'<!ENTITY %c "%s">' % (98 + step, b"&%c;" % (97 + step) * 10) for step in range(12))
    + b']><worksheet><sheetData><row><c t="inlineStr"><is><t>&m;</t></is></c></row></sheetData>'
    b"</worksheet>"
)
OUTSIDE: Final = (
    b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    b"<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>&x;</rdf:RDF>"
)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("bomb.xlsx", zipped("xl/worksheets/sheet1.xml", b"<a>" + b"\0" * 60_000_000)),
        ("bomb.ods", zipped("content.xml", b" " * 60_000_000)),
        ("entities.xlsx", zipped("xl/worksheets/sheet1.xml", ENTITIES)),
        ("entities.ods", zipped("content.xml", ENTITIES)),
        ("entities.xml", ENTITIES),
        ("outside.rdf", OUTSIDE),
        ("bomb.zip", zipped("list.csv", b"id;Name\n" + b"a;b\n" * 5_000_000)),
        ("up.xlsx", zipped("../../../../tmp/up.csv", b"id;Name\na;b\n")),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_an_upload_that_unfolds_gets_a_sentence_and_little_time(
    own: Flask, name: str, content: bytes
) -> None:
    client = own.test_client()
    started = time.perf_counter()
    answer = send(client, file=(io.BytesIO(content), name))  # type: ignore[arg-type]
    if answer.status_code == 303:
        answer = client.get(answer.location)
    assert answer.status_code in (200, 400, 409, 413)
    assert time.perf_counter() - started < 20
    assert "root:" not in answer.text and "aaaaaaaaaaaaaaaaaaaa" not in answer.text
    assert own.extensions["services"].knowledge.batches() == []
