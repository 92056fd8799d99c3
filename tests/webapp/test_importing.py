"""Importing in the browser: upload, plan, commit, undo; and who may not."""

import io
import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from graph import Knowledge, Plan, commit_plan, make_plan
from tests.webapp.accounts_app import Browser, Town, town
from webapp import Settings, create_app
from webapp.importing.imports import Imports

LIST = (
    "id;Name;Land;Mitarbeiter\n"
    "alpha;Alpha GmbH;DE;12\n"
    "beta;Beta AG;CH;zwölf\n"
    "gamma;<script>alert(1)</script>;AT;3\n"
)


@pytest.fixture
def app(tmp_path: Path) -> Iterator[Flask]:
    made = create_app(Settings(data_dir=str(tmp_path / "data")))
    yield made
    made.extensions["services"].close()


@pytest.fixture
def knowledge(app: Flask) -> Knowledge:
    found: Knowledge = app.extensions["services"].knowledge
    return found


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


def token_in(page: TestResponse) -> str:
    found = re.search(r'name="form_token" value="([^"]+)"', page.text)
    assert found
    return found[1]


def send(client: FlaskClient, text: str = LIST, **fields: str) -> TestResponse:
    page = client.get("/import?lang=en")
    data = {
        "form_token": token_in(page),
        "kind": "organisation",
        "source": "members",
        "file": (io.BytesIO(text.encode()), "members.csv"),
        **fields,
    }
    return client.post("/import?lang=en", data=data, content_type="multipart/form-data")


def settled(client: FlaskClient, address: str) -> TestResponse:
    """The page of a list once nobody works on it any more."""
    until = time.monotonic() + 60
    page = client.get(address, follow_redirects=True)
    while "data-progress" in page.text and time.monotonic() < until:
        time.sleep(0.05)
        page = client.get(address, follow_redirects=True)
    return page


def go_on(client: FlaskClient, sent: TestResponse) -> TestResponse:
    """The page of the plan of a list that was sent: its columns are agreed to as they are."""
    page = settled(client, sent.location)
    if "/columns" in page.request.path:
        page = settled(client, press(client, page, "/columns$").location)
    return page


def press(client: FlaskClient, page: TestResponse, action: str, **fields: str) -> TestResponse:
    """Send the form of a page whose address ends like ``action``, as a browser would."""
    for attributes, form in re.findall(r"<form([^>]*)>(.*?)</form>", page.text, re.DOTALL):
        found = re.search(r'action="([^"?]+)', attributes)
        if found and re.search(action, found[1]):
            hidden = dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', form))
            return client.post(f"{found[1]}?lang=en", data={**hidden, **fields})
    raise AssertionError(f"no form for {action}")


def test_a_list_goes_from_upload_over_plan_to_batch_and_back(
    client: FlaskClient, knowledge: Knowledge
) -> None:
    answer = send(client)
    assert answer.status_code == 303
    plan = go_on(client, answer)
    assert "zwölf" in plan.text
    assert "Mitarbeiter" in plan.text
    assert "is not a whole number" in plan.text
    assert knowledge.view().counts() == {}, "a plan changes nothing"

    done = press(client, plan, r"/import/plan/[^/]+$")
    assert done.status_code == 303
    names = {thing.label("en") for thing in knowledge.view().things("organisation")}
    assert names == {"Alpha GmbH", "<script>alert(1)</script>"}

    batch = client.get(done.location)
    taken_back = press(client, batch, "/undo$")
    assert taken_back.status_code == 303
    assert knowledge.view().counts() == {}
    assert "taken back by batch 2" in client.get("/import?lang=en").text


def test_what_a_list_says_is_text_and_never_markup(client: FlaskClient) -> None:
    plan = go_on(client, send(client))
    assert "<script>alert(1)" not in plan.text
    assert "&lt;script&gt;alert(1)" in client.get(plan.request.path + "?show=new").text


def test_a_second_version_shows_old_and_new(client: FlaskClient) -> None:
    press(client, go_on(client, send(client)), r"/import/plan/[^/]+$")
    plan = go_on(client, send(client, LIST.replace("DE;12", "DE;14")))
    plan = client.get(plan.request.path + "?show=changed&lang=en")
    assert re.search(r"employee[^<]*<del>12</del> → <ins>14</ins>", plan.text)


def test_many_rows_go_only_with_consent(client: FlaskClient, knowledge: Knowledge) -> None:
    press(client, go_on(client, send(client)), r"/import/plan/[^/]+$")
    plan = go_on(client, send(client, "id;Name\nalpha;Alpha GmbH\n"))
    refused = press(client, plan, r"/import/plan/[^/]+$")
    assert refused.status_code == 409
    assert len(knowledge.view().things("organisation")) == 2
    assert press(client, refused, r"/import/plan/[^/]+$", allow_gone="yes").status_code == 303
    assert len(knowledge.view().things("organisation")) == 1


def test_a_plan_that_is_no_longer_true_is_shown_again(client: FlaskClient) -> None:
    first, second = go_on(client, send(client)), go_on(client, send(client))
    press(client, first, r"/import/plan/[^/]+$")
    late = press(client, second, r"/import/plan/[^/]+$")
    assert late.status_code == 409
    assert "Look at the plan again" in late.text


def test_a_list_that_was_thrown_away_is_gone(client: FlaskClient, app: Flask) -> None:
    answer = send(client)
    press(client, settled(client, answer.location), "/discard$")
    assert client.get(answer.location).status_code == 404
    folder = app.extensions["services"].folder / "uploads"
    assert not list(folder.iterdir())


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "is empty"),
        ("PK\x03\x04 spreadsheet", "cannot be read as a workbook"),
    ],
)
def test_a_file_that_is_no_list_gets_one_sentence_and_keeps_the_form(
    client: FlaskClient, text: str, said: str
) -> None:
    answer = send(client, text)
    assert answer.status_code == 400
    assert said in answer.text
    assert 'value="members"' in answer.text


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
    ],
)
def test_a_form_from_another_site_is_refused(client: FlaskClient, headers: dict[str, str]) -> None:
    token = token_in(client.get("/import"))
    data = {"form_token": token, "kind": "organisation"}
    assert client.post("/import", data=data, headers=headers).status_code == 403


def test_a_form_without_the_token_of_this_browser_is_refused(client: FlaskClient) -> None:
    client.get("/import")
    assert client.post("/import", data={"form_token": "guessed"}).status_code == 403
    assert client.post("/import", data={"form_token": "ä"}).status_code == 403


@pytest.mark.parametrize(
    "how",
    [
        {"environ_base": {"REMOTE_ADDR": "192.0.2.7"}},
        {"headers": {"Host": "rebound.example"}},
        {"headers": {"X-Forwarded-For": "192.0.2.7"}},
        {"headers": {"Host": "[::1"}},
    ],
)
def test_importing_is_closed_to_other_machines(client: FlaskClient, how: dict[str, Any]) -> None:
    answer = client.get("/import", **how)
    # A visitor from elsewhere may be somebody who manages a cluster, and is asked to sign in.
    assert answer.status_code in {302, 400, 403}
    assert "Name of the list" not in answer.text


def test_importing_can_be_switched_off(tmp_path: Path) -> None:
    app = create_app(Settings(data_dir=str(tmp_path), import_in_browser="off"))
    assert app.test_client().get("/import").status_code == 403
    app.extensions["services"].close()


def test_pages_of_batches_and_plans_that_do_not_exist(client: FlaskClient) -> None:
    assert client.get("/import/batch/9").status_code == 404
    assert client.get("/import/plan/../../etc/passwd").status_code == 404
    assert client.get("/import/plan/short").status_code == 404
    assert client.get("/import/plan/" + "x" * 24).status_code == 404


def test_an_empty_list_of_a_kind_has_its_columns(client: FlaskClient) -> None:
    answer = client.get("/import/template/device.csv?lang=de")
    header = answer.data.decode("utf-8-sig").strip().split(";")
    assert header[0] == "Kennung"
    assert {"Betreiber", "Ermöglicht", "Kapazität"} <= set(header)
    book = client.get("/import/template/device.xlsx")
    assert book.data.startswith(b"PK")
    assert book.headers["Content-Disposition"] == 'attachment; filename="device-en.xlsx"'
    for wrong in ("wizard.csv", "device.exe", "source.csv"):
        assert client.get(f"/import/template/{wrong}").status_code == 404


def test_the_pages_speak_german(client: FlaskClient) -> None:
    page = client.get("/import?lang=de").text
    assert "Eine Liste importieren" in page


def test_how_a_list_was_read_is_shown_and_can_be_corrected(client: FlaskClient) -> None:
    sent = send(client, "Members 2016;;\n\nid;name;city\nid;Name;Ort\na;A;Bonn\n")
    page = settled(client, sent.location)
    assert "CSV, utf-8, semicolon, columns named in row 3" in " ".join(page.text.split())
    answer = press(client, page, "/columns$", again="yes", header_row="4", delimiter="semicolon")
    assert "columns named in row 4" in settled(client, answer.location).text


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("id,name\n", "has a header but no rows"),
        ("a,a\n1,2\nid,name\nx,X\n", "is there twice"),
    ],
)
def test_where_no_header_was_found_a_person_points_at_it(
    client: FlaskClient, text: str, said: str
) -> None:
    page = settled(client, send(client, text).location)
    assert page.request.path.endswith("/columns")
    assert said in page.text and "The first rows of the file" in page.text
    answer = press(client, page, "/columns$", again="yes", header_row="3")
    assert ("What each column is" in settled(client, answer.location).text) == (
        "id,name\nx" in text
    )


def test_a_column_is_corrected_left_out_and_remembered(
    client: FlaskClient, knowledge: Knowledge
) -> None:
    text = "Kürzel intern;Was;Ding\na1;Alpha GmbH;x\nb2;Beta AG;y\n"
    page = settled(client, send(client, text).location)
    at = {name: number for number, name in enumerate(("Kürzel intern", "Was", "Ding"))}
    said = {
        f"means-{at['Kürzel intern']}": "",
        f"means-{at['Was']}": "name",
        f"means-{at['Ding']}": "",
    }
    plan = settled(client, press(client, page, "/columns$", **said).location)
    press(client, plan, r"/import/plan/[^/]+$")
    names = {thing.label("en") for thing in knowledge.view().things("organisation")}
    assert names == {"Alpha GmbH", "Beta AG"}
    again = settled(client, send(client, text.replace("Beta AG", "Gamma AG")).location)
    assert "/columns" not in again.request.path, "what was said is remembered, so nobody asks"
    assert "Gamma AG" in client.get(again.request.path + "?show=new").text


def test_a_plan_is_worked_out_once_for_all_its_pages(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[int] = []

    def counted(*args: Any, **named: Any) -> Plan:
        made.append(1)
        return make_plan(*args, **named)

    monkeypatch.setattr("webapp.importing.imports.make_plan", counted)
    rows = "".join(f"k{number};Firma {number} GmbH;1\n" for number in range(250))
    plan = go_on(client, send(client, "id;Name;Mitarbeiter\n" + rows))
    second = client.get(plan.request.path + "?show=new&page=2&lang=en")
    assert "Firma 150 GmbH" in second.text and "Page 2 of 3" in second.text
    assert press(client, second, r"/import/plan/[^/]+$").status_code == 303
    assert made == [1]


def test_a_list_waits_until_somebody_comes_back_even_for_another_server(tmp_path: Path) -> None:
    settings = Settings(data_dir=str(tmp_path / "data"))
    first = create_app(settings)
    sent = send(first.test_client())
    settled(first.test_client(), sent.location)
    first.extensions["services"].close()
    second = create_app(settings)
    client = second.test_client()
    assert "members.csv" in client.get("/import?lang=en").text
    done = press(client, go_on(client, sent), r"/import/plan/[^/]+$")
    assert "/import/batch/1" in done.location or "/batch/1" in client.get(done.location).location
    assert "members.csv</a>" not in client.get("/import?lang=en").text
    second.extensions["services"].close()


@pytest.mark.parametrize("committed", [True, False])
def test_what_became_of_a_commit_that_a_crash_interrupted_is_said(
    committed: bool, tmp_path: Path
) -> None:
    settings = Settings(data_dir=str(tmp_path / "data"))
    first = create_app(settings)
    client = first.test_client()
    sent = send(client)
    go_on(client, sent)
    imports: Imports = first.extensions["imports"]
    (job,) = imports.jobs.of("")
    plan = imports.prepared(job.token).plan
    assert plan
    imports.jobs.change(job.token, state="committing", before=0)
    if committed:
        commit_plan(imports._made.knowledge, plan, "members.csv")
    first.extensions["services"].close()
    second = create_app(settings)
    page = settled(second.test_client(), sent.location)
    if committed:
        assert page.request.path == "/import/batch/1"
    else:
        assert "The server ended before the list was committed" in page.text
        assert second.extensions["services"].knowledge.batches() == []
    second.extensions["services"].close()


@pytest.fixture
def place() -> Iterator[Town]:
    with town() as made:
        yield made


def _bring(browser: Browser, name: str, **fields: str) -> TestResponse:
    text = f"id;name\n{name};{name.title()} GmbH\n".encode()
    browser.get("/import")
    return browser.client.post(
        "/import?lang=en",
        data={
            "form_token": browser.token,
            "kind": "organisation",
            "source": "members",
            "file": (io.BytesIO(text), "members.csv"),
            **fields,
        },
        content_type="multipart/form-data",
    )


def test_a_manager_imports_for_the_own_cluster_and_for_its_members_alone(place: Town) -> None:
    manager = place.browser("manager")
    sent = _bring(manager, "hidden", audience="network:cluster/optence")
    done = press(manager.client, go_on(manager.client, sent), r"/import/plan/[^/]+$")
    assert "This batch is in force" in manager.get(done.location).text
    viewers = {who: place.accounts.viewer_of(place.people[who]) for who in place.people}
    reading = {
        who
        for who, one in viewers.items()
        if place.knowledge.view(one).find("organisation", "hidden")
    }
    assert reading == {"manager", "member"}

    # Another cluster's manager has a list of the same name, and learns nothing of this one.
    place.accounts.manage(place.people["stranger"].id, place.other)
    other = place.browser("stranger")
    assert "members" not in other.get("/import").text.split("What was imported")[1]
    assert other.get(done.location).status_code == 404
    assert other.post(done.location.partition("?")[0] + "/undo").status_code == 404
    assert _bring(other, "own").status_code == 303
    assert other.get(sent.location).status_code == 404
    foreign = _bring(other, "own", owner="cluster/optence")
    assert foreign.status_code == 400

    undone = press(manager.client, manager.get(done.location), "/undo$")
    assert undone.status_code == 303
    assert not place.knowledge.view(viewers["manager"]).find("organisation", "hidden")


def test_nobody_is_the_operator_any_more_once_there_are_accounts(place: Town) -> None:
    manager = place.browser("manager")
    sent = _bring(manager, "hidden", audience="network:cluster/optence")
    press(manager.client, go_on(manager.client, sent), r"/import/plan/[^/]+$")
    visitor = place.browser()
    answers = [visitor.get(path) for path in ("/import", "/import/batch/2", "/import/batch/99")]
    assert [answer.status_code for answer in answers] == [302, 302, 302]
    assert all("/sign-in" in answer.location for answer in answers)
    administrator = place.browser("admin").get("/import")
    assert "members.csv" in administrator.text


def test_a_member_who_manages_nothing_does_not_import(place: Town) -> None:
    answer = place.browser("member").get("/import")
    assert answer.status_code == 403
    assert "edit the profile of your organisation" in answer.text
