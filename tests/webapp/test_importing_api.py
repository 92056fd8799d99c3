"""Importing over the API: tokens, jobs, commits, what others must not see, and its description."""

import io
import json
from collections.abc import Iterator
from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.webapp.accounts_app import Town, town
from tests.webapp.test_openapi import pointed, wrong

LIST = b"id;name;employees\nalpha;Alpha GmbH;12\nbeta;Beta AG;zw\xc3\xb6lf\n"


@pytest.fixture
def place() -> Iterator[Town]:
    with town() as made:
        yield made


class Program:
    """A program with the token of somebody."""

    def __init__(self, place: Town, who: str, *scopes: str) -> None:
        self.client: FlaskClient = place.app.test_client()
        account = place.people[who].id
        secret = place.accounts.create_token(account, "test", scopes or ("import",))[1]
        self.headers = {"Authorization": f"Bearer {secret}"}
        self.document = self.client.get("/api/openapi.json").get_json()

    def ask(self, method: str, path: str, status: int, rule: str = "", **more: Any) -> Any:
        answer = self.client.open(path, method=method, headers=self.headers, **more)
        assert answer.status_code == status, answer.text
        if rule:
            told = self.document["paths"][rule][method.lower()]["responses"][str(status)]
            schema = pointed(self.document, told)["content"]["application/json"]["schema"]
            problems = list(wrong(self.document, schema, answer.get_json(), "answer"))
            assert not problems, problems
        return answer.get_json(silent=True)


IMPORTS, ONE = "/api/v1/imports", "/api/v1/imports/{token}"


def settled(program: Program, token: str) -> Any:
    """An import once nobody works on it."""
    program.client.application.extensions["imports"].settle(token, 60)
    return program.ask("GET", f"{IMPORTS}/{token}", 200, ONE)


def test_a_program_imports_and_takes_back(place: Town) -> None:
    program = Program(place, "manager")
    asked = "?kind=organisation&source=members&name=members.csv&mode=complete"
    sent = program.ask("POST", IMPORTS + asked, 202, IMPORTS, data=LIST)
    found = settled(program, sent["id"])
    assert (found["state"], found["step"]) == ("waiting", "plan")
    assert found["counts"]["new"] == 1 and found["counts"]["refused"] == 1
    assert found["problems"][0]["value"] == "zwölf"
    listed = program.ask("GET", IMPORTS, 200, IMPORTS)
    assert [one["id"] for one in listed["imports"]] == [sent["id"]]
    said = {"columns": [{"header": "employees", "means": ""}]}
    program.ask("POST", f"{IMPORTS}/{sent['id']}/columns", 202, f"{ONE}/columns", json=said)
    again = settled(program, sent["id"])
    assert again["counts"]["refused"] == 0 and again["revision"] > found["revision"]
    old = f"{IMPORTS}/{sent['id']}/commit?revision={found['revision']}"
    program.ask("POST", old, 409, f"{ONE}/commit")
    sheet = program.client.get(f"{IMPORTS}/{sent['id']}/plan.xlsx", headers=program.headers)
    assert sheet.data.startswith(b"PK")
    program.ask("POST", f"{IMPORTS}/{sent['id']}/commit", 202, f"{ONE}/commit")
    done = settled(program, sent["id"])
    assert done["state"] == "done" and done["batch"]
    batches = program.ask("GET", "/api/v1/batches", 200, "/api/v1/batches")["batches"]
    assert batches[0]["batch"] == done["batch"]
    undo = "/api/v1/batches/{name}/undo"
    made = program.ask("POST", undo.replace("{name}", done["batch"]), 200, undo)
    assert made["undoes"]
    program.ask("POST", undo.replace("{name}", done["batch"]), 409, undo)


def test_a_list_is_committed_by_itself_unless_many_rows_would_go(place: Town) -> None:
    program = Program(place, "manager")
    form = {"kind": "organisation", "source": "members", "commit": "auto"}

    def send(text: bytes, **more: str) -> Any:
        data = {**form, **more, "file": (io.BytesIO(text), "members.csv")}
        return settled(program, program.ask("POST", IMPORTS, 202, IMPORTS, data=data)["id"])

    rows = b"".join(b"k%d;Firma %d GmbH\n" % (number, number) for number in range(12))
    first = send(b"id;name\n" + rows)
    assert first["state"] == "done" and first["counts"]["new"] == 12 and first["batch"]
    same = send(b"id;name\n" + rows)
    assert same["state"] == "done" and same["batch"] is None
    fewer = send(b"id;name\nk1;Firma 1 GmbH\n")
    assert fewer["state"] == "waiting" and fewer["needs_consent"] and "11" in fewer["message"]
    refused = program.ask("POST", f"{IMPORTS}/{fewer['id']}/commit", 409, f"{ONE}/commit")
    assert refused["error"] == "needs-consent"
    program.ask("DELETE", f"{IMPORTS}/{fewer['id']}", 204)
    program.ask("GET", f"{IMPORTS}/{fewer['id']}", 404, ONE)


def test_who_may_not_and_what_is_no_list(place: Town) -> None:
    manager = Program(place, "manager")
    asked = f"{IMPORTS}?kind=organisation&source=members&name=a.csv"
    token = manager.ask("POST", asked, 202, data=LIST)["id"]
    place.accounts.manage(place.people["stranger"].id, place.other)
    stranger = Program(place, "stranger")
    assert stranger.ask("GET", IMPORTS, 200, IMPORTS) == {"imports": []}
    for method, path in (("GET", ""), ("POST", "/commit"), ("DELETE", ""), ("GET", "/plan.xlsx")):
        stranger.ask(method, f"{IMPORTS}/{token}{path}", 404)
    assert Program(place, "manager", "read").ask("GET", IMPORTS, 403)["error"] == "scope"
    assert Program(place, "member").ask("GET", IMPORTS, 403)["error"] == "import-closed"
    cookie = place.browser("manager").client.post(asked, data=LIST)
    assert cookie.status_code == 403, "a page elsewhere cannot make a browser import"
    assert manager.ask("POST", f"{IMPORTS}?kind=dragon", 400, IMPORTS, data=LIST)["remedy"] == ""
    assert manager.ask("POST", f"{asked}&commit=now", 400, IMPORTS, data=LIST)["parameter"]
    assert manager.ask("POST", f"{asked}&columns=x", 400, IMPORTS, data=LIST)["parameter"]
    deep = "[" * 100_000
    form = {"columns": deep}
    assert manager.ask("POST", asked, 400, IMPORTS, data=form)["parameter"] == "columns"
    body = {"data": deep, "content_type": "application/json"}
    manager.ask("POST", f"{IMPORTS}/{token}/columns", 400, **body)
    empty = manager.ask("POST", asked, 202, IMPORTS, data=b"")
    assert empty["state"] == "failed" and "empty" in empty["message"]
    assert json.dumps(manager.ask("GET", IMPORTS, 200)).count(token) == 1
