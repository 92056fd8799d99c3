"""``clusterradar user`` and ``clusterradar token``."""

import json
import stat
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from graph import Knowledge
from webapp import Settings, create_app
from webapp.accounts import Accounts
from webapp.cli import main


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    Knowledge.open(tmp_path / "data").close()
    return tmp_path / "data"


def run(folder: Path, *words: str) -> Result:
    options = () if "--lang" in words else ("--lang", "en")
    return CliRunner().invoke(main, [*words, *options, "--data-dir", str(folder)])


def asked(folder: Path, *words: str) -> Any:
    result = run(folder, *words, "--json")
    assert result.exit_code == 0, result.output
    return json.loads(result.output)


def test_the_first_administrator_chooses_a_password_at_the_address_printed(folder: Path) -> None:
    made = asked(folder, "user", "add", "Ada@x.example", "--name", "Ada", "--administrator")
    assert (made["email"], made["status"], made["administrator"]) == (
        "ada@x.example",
        "active",
        True,
    )
    path = made["link"].removeprefix("http://127.0.0.1:8137")
    app = create_app(Settings(data_dir=str(folder)))
    try:
        client = app.test_client()
        page = client.get(path)
        assert page.status_code == 200
        token = page.text.partition('name="form_token" value="')[2].partition('"')[0]
        password = "correct horse battery"
        form = {"password": password, "password_again": password, "form_token": token}
        assert client.post(path, data=form).status_code == 303
        assert app.extensions["accounts"].authenticate("ada@x.example", password) is not None
        assert app.test_client().get(path).status_code == 404, "the link is good once"
    finally:
        app.extensions["services"].close()


def test_what_is_public_of_the_server_is_in_the_address(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CLUSTERRADAR_PUBLIC_URL", "https://radar.example/x")
    made = asked(folder, "user", "add", "ada@x.example")
    assert made["link"].startswith("https://radar.example/x/password/")


def test_accounts_are_listed_appointed_and_closed(folder: Path) -> None:
    asked(folder, "user", "add", "ada@x.example", "--language", "de")
    assert asked(folder, "user", "appoint", "ada@x.example")["administrator"] is True
    assert "ada@x.example    (offen, Verwaltung)" in run(
        folder, "user", "list", "--lang", "de"
    ).output.replace("  Ada", "  ")
    assert (
        asked(folder, "user", "appoint", "ada@x.example", "--no-administrator")["administrator"]
        is False
    )
    assert asked(folder, "user", "close", "ada@x.example")["status"] == "closed"
    (listed,) = asked(folder, "user", "list")
    assert (listed["status"], listed["language"]) == ("closed", "de")
    for words in (["user", "link", "ada@x.example"], ["user", "appoint", "ada@x.example"]):
        refused = run(folder, *words)
        assert refused.exit_code == 1 and "closed" in refused.output


@pytest.mark.parametrize("command", ["close", "link", "appoint"])
def test_an_unknown_address_is_said(folder: Path, command: str) -> None:
    result = run(folder, "user", command, "eve@x.example")
    assert result.exit_code == 1
    assert "There is no account with the address eve@x.example" in result.output


def test_an_address_is_not_taken_twice(folder: Path) -> None:
    run(folder, "user", "add", "ada@x.example")
    again = run(folder, "user", "add", "ADA@x.example")
    assert again.exit_code == 1 and "has an account" in again.output


def test_tokens_are_made_listed_and_revoked(folder: Path) -> None:
    run(folder, "user", "add", "ada@x.example")
    made = asked(
        folder, "token", "create", "ada@x.example", "--name", "script", "--scope", "import"
    )
    assert made["scopes"] == ["import"] and made["expires"] > made["created"]
    accounts = Accounts.open(Settings().accounts_address(folder))
    found = accounts.by_token(made["token"])
    assert found is not None and found[0].email == "ada@x.example"
    (listed,) = asked(folder, "token", "list", "--user", "ada@x.example")
    assert listed["id"] == made["id"] and "token" not in listed
    assert asked(folder, "token", "revoke", made["id"]) == {"revoked": made["id"]}
    assert accounts.by_token(made["token"]) is None
    accounts.dispose()
    again = run(folder, "token", "revoke", made["id"], "--lang", "de")
    assert again.exit_code == 1 and "Es gibt kein Token" in again.output


def test_a_scope_that_does_not_exist_is_wrong_usage(folder: Path) -> None:
    run(folder, "user", "add", "ada@x.example")
    result = run(folder, "token", "create", "ada@x.example", "--name", "x", "--scope", "all")
    assert result.exit_code == 2


def test_accounts_and_secret_are_for_their_owner_only(folder: Path) -> None:
    run(folder, "user", "add", "ada@x.example")
    for name in ("accounts.sqlite", "secret.key"):
        assert stat.S_IMODE((folder / name).stat().st_mode) == 0o600


def test_without_data_there_are_no_accounts(tmp_path: Path) -> None:
    assert run(tmp_path / "none", "user", "list").exit_code == 2
