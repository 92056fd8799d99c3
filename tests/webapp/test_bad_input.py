"""Hostile and clumsy requests: one clear answer in the one shape, and never a crash."""

import io
import re
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.test import TestResponse

from graph import Knowledge
from tests.webapp.pages_app import pages_client
from tests.webapp.test_importing import go_on, press, send, token_in
from webapp import Settings, create_app

MEMBERS = {"error", "status", "message", "remedy"}


@pytest.fixture(scope="module")
def client() -> Iterator[FlaskClient]:
    with pages_client() as made:
        # An exception is an answer here, as it is for people.
        made.application.testing = False
        made.application.config["PROPAGATE_EXCEPTIONS"] = False
        yield made


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Flask]:
    app = create_app(Settings(data_dir=str(tmp_path / "data")))
    yield app
    app.extensions["services"].close()


def assert_decent(answer: TestResponse) -> None:
    """No crash; and where it is refused, the one shape of errors."""
    assert answer.status_code < 500, answer.request.path
    assert "Traceback" not in answer.text
    if answer.status_code < 400 or answer.request.method == "HEAD":
        return
    if answer.mimetype == "application/json":
        assert answer.json is not None
        assert set(answer.json) >= MEMBERS
        assert answer.json["status"] == answer.status_code and answer.json["message"]
    else:
        assert answer.mimetype == "text/html"
        assert f"{answer.status_code}</p>" in answer.text or "notice" in answer.text


WORDS = st.one_of(
    st.sampled_from(
        [
            "",
            ".",
            "..",
            "a/b",
            "\x00",
            "%",
            "{x}",
            "a b",
            "🦄",
            "x" * 5000,
            "cluster/optence",
            "-1",
            "1" * 30,
            "٣",
            "1e3",
            "<script>",
            "http://[",
            "javascript:x",
            "\ud800",
            "\r\nX: y",
            "https://w3id.org/clusterradar/id/cluster/{x}",
            "cluster,dragon",
            "de",
            "SELECT * {",
        ]
    ),
    st.text(max_size=20),
)
RAW = WORDS.map(lambda word: quote(word.encode("utf-8", "surrogatepass"), safe="/"))
PATHS = st.one_of(
    st.sampled_from(
        [
            "/",
            "/things",
            "/search",
            "/sparql",
            "/import",
            "/ontology",
            "/health",
            "/api/v1/radar",
            "/api/v1/search",
            "/api/openapi.json",
            "/.well-known/void",
            "/own/batches",
            "/own/export/trig",
            "/radar/cluster/optence",
            "/id/cluster/optence",
        ]
    ),
    st.builds(
        "/{}/{}/{}{}".format,
        st.sampled_from(
            ["radar", "page", "id", "things", "import/plan", "import/batch", "ontology"]
        ),
        st.one_of(st.sampled_from(["cluster", "dragon", "{x}", "a%20b", "%00", "1"]), RAW),
        RAW,
        st.sampled_from(["", ".ttl", ".csv", "/undo", "/", "//x"]),
    ),
)
NAMES = st.sampled_from(
    [
        "lens",
        "kinds",
        "limit",
        "via",
        "lang",
        "q",
        "page",
        "starts",
        "all",
        "centre",
        "query",
        "format",
        "default-graph-uri",
        "named-graph-uri",
        "inferred",
        "update",
    ]
)
QUERIES = st.lists(st.tuples(NAMES, st.one_of(RAW, st.just("%FF%FE"))), max_size=4).map(
    lambda pairs: "&".join(f"{name}={value}" for name, value in pairs)
)
HEADERS = st.dictionaries(
    st.sampled_from(
        [
            "Accept",
            "Accept-Language",
            "Cookie",
            "Range",
            "If-None-Match",
            "If-Modified-Since",
            "Origin",
            "Content-Type",
            "Sec-Fetch-Site",
            "Clusterradar-Key",
            "Authorization",
        ]
    ),
    st.one_of(
        st.sampled_from(
            [
                "text/turtle",
                "application/json",
                "*/*;q=abc",
                ";;;",
                "bytes=9999999-",
                "http://[",
                "lang=xx; form=\xff",
                "multipart/form-data",
                "text/html;q=nan",
                "=;==",
                '"',
                "xx,de",
            ]
        ),
        st.text(st.characters(min_codepoint=32, max_codepoint=255), max_size=20),
    ),
    max_size=3,
)


@given(
    path=PATHS,
    query=QUERIES,
    headers=HEADERS,
    method=st.sampled_from(["GET", "GET", "GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS"]),
    body=st.one_of(st.just(b""), st.binary(max_size=30)),
)
def test_whatever_is_asked_nothing_crashes(
    client: FlaskClient,
    path: str,
    query: str,
    headers: dict[str, str],
    method: str,
    body: bytes,
) -> None:
    if path == "/sparql" and "query=" in query and method in ("GET", "HEAD"):
        path = "/search"  # Reader processes have tests of their own.
    assert_decent(client.open(path, query_string=query, headers=headers, method=method, data=body))


@pytest.mark.parametrize("kind", ["{x}", "a b", "%00", "%FF", "a|b", "\\", "🦄"])
@pytest.mark.parametrize("room", ["radar", "page", "id"])
def test_a_kind_that_no_address_could_have_is_not_found(
    client: FlaskClient, room: str, kind: str
) -> None:
    answer = client.get(f"/{room}/{kind}/optence", headers={"Accept": "application/json"})
    assert answer.status_code == 404
    assert_decent(answer)


def test_a_flight_of_five_hundred_centres_is_cut_short(client: FlaskClient) -> None:
    trail = ",".join(["cluster/optence", "dragon/x", "topic/metrology"] * 170)
    answer = client.get("/radar/cluster/optence", query_string={"via": trail})
    assert answer.status_code == 200
    assert 'href="/radar/dragon' not in answer.text


@pytest.mark.parametrize("lang", ["de", "en"])
@pytest.mark.parametrize(
    ("query", "parameter"),
    [("limit=0", "limit"), ("limit=" + "9" * 400, "limit"), ("kinds=dragon", "kinds")],
)
def test_a_wrong_parameter_is_named_with_what_it_can_be(
    client: FlaskClient, query: str, parameter: str, lang: str
) -> None:
    answer = client.get(f"/api/v1/search?q=x&{query}&lang={lang}")
    assert answer.status_code == 400
    assert answer.json is not None
    assert (answer.json["error"], answer.json["parameter"]) == ("bad-parameter", parameter)
    assert answer.json["allowed"]
    assert ("kann nicht" in answer.json["message"]) == (lang == "de")


@pytest.mark.parametrize("origin", ["http://[", "http://[::1", "null", "\xff", "://", "evil"])
def test_an_origin_that_is_none_is_a_foreign_one(own: Flask, origin: str) -> None:
    client = own.test_client()
    token = token_in(client.get("/import"))
    answer = client.post("/import", data={"form_token": token}, headers={"Origin": origin})
    assert answer.status_code == 403


@pytest.mark.parametrize(
    "name",
    [
        "../../etc/passwd",
        "..\\..\\x.csv",
        "<script>alert(1)</script>.csv",
        "🦄.csv",
        "x" * 900,
        "/",
    ],
)
def test_a_file_name_leads_nowhere(own: Flask, tmp_path: Path, name: str) -> None:
    client = own.test_client()
    file = (io.BytesIO(b"id;Name\na;Alpha\n"), name)
    answer = send(client, file=file)  # type: ignore[arg-type]
    assert answer.status_code == 303
    plan = client.get(answer.location)
    assert plan.status_code == 200
    assert "<script>alert" not in plan.text
    kept = list(tmp_path.rglob("*.list"))
    assert [path.parent.name for path in kept] == ["uploads"]


def test_what_cells_say_is_never_a_link_that_runs(own: Flask) -> None:
    client = own.test_client()
    text = "id;Name;website;description_de\na;A;javascript:alert(1);=cmd|' /C calc'!A0\n"
    plan = client.get(send(client, text).location)
    assert plan.status_code == 200
    assert 'href="javascript:' not in plan.text.lower()


@pytest.mark.parametrize(
    "content",
    [
        b"id;Name\na;" + b"x" * 200_000 + b"\n",
        b";".join(b"c%d" % number for number in range(5_000)) + b"\n1\n",
        b'id;Name\na;"' + b"x\n" * 50_000,
        bytes(range(256)) * 40,
        b"\x00" * 500,
        b"id;Name\n\xed\xa0\x80;\x01\x02\n",
    ],
    ids=["cell", "columns", "quote", "binary", "zeros", "controls"],
)
def test_a_file_that_is_a_bomb_gets_a_sentence(own: Flask, content: bytes) -> None:
    client = own.test_client()
    answer = send(client, file=(io.BytesIO(content), "l.csv"))  # type: ignore[arg-type]
    assert answer.status_code in (303, 400)
    if answer.status_code == 303:
        answer = client.get(answer.location)
    assert_decent(answer)


def test_a_file_that_is_too_large_is_refused(own: Flask) -> None:
    own.config["MAX_CONTENT_LENGTH"] = 5_000
    answer = send(own.test_client(), "id;Name\n" + "a;b\n" * 2_000)
    assert answer.status_code == 413
    assert_decent(answer)


def test_a_list_is_committed_once_and_a_batch_taken_back_once(own: Flask) -> None:
    client = own.test_client()
    plan = go_on(client, send(client))
    done = press(client, plan, r"/import/plan/[^/]+$")
    again = press(client, plan, r"/import/plan/[^/]+$")
    assert again.location == done.location, "twice pressed, once committed"
    batch = client.get(done.location)
    assert press(client, batch, "/undo$").status_code == 303
    again = press(client, batch, "/undo$")
    assert again.status_code == 409
    assert_decent(again)


def test_of_lists_committed_at_once_each_plan_is_still_true(own: Flask) -> None:
    """Only one of several plans that were made on the same data may be carried out."""
    knowledge: Knowledge = own.extensions["services"].knowledge
    plans = []
    for number in range(3):
        client = own.test_client()
        answer = send(client, f"id;Name\np{number};P\n", source=f"list-{number}")
        plans.append((client, go_on(client, answer)))
    statuses: list[int] = []

    def commit(client: Any, plan: Any) -> None:
        statuses.append(press(client, plan, r"/import/plan/[^/]+$").status_code)

    threads = [threading.Thread(target=commit, args=pair) for pair in plans]
    for thread in threads:
        thread.start()
    for _ in range(20):
        assert own.test_client().get("/things/organisation").status_code == 200
    for thread in threads:
        thread.join()
    assert sorted(statuses) == [303, 409, 409]
    assert len(knowledge.batches()) == 1


def test_a_full_disk_is_told_and_nothing_is_kept(
    own: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_arguments: object) -> None:
        raise OSError(28, "No space left on device")

    client = own.test_client()
    client.get("/import")
    monkeypatch.setattr(Path, "write_bytes", full)
    answer = send(client)
    assert answer.status_code == 503
    assert "No space left on device" in answer.text
    assert not list(tmp_path.rglob("*.list"))


def test_no_page_of_an_error_tells_where_the_program_lies(client: FlaskClient) -> None:
    for path in ("/radar/dragon/x", "/id/cluster/x.ttl", "/import/plan/x", "/things/x"):
        assert not re.search(r"/site-packages/|\.py\b", client.get(path).text)
