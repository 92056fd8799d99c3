"""A backup holds everything, and gives it back on either database; nothing else passes for one."""

import json
import threading
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from graph import Knowledge, KnowledgeError, erase
from tests.graph.saying import TEST, adding, row
from tests.graph.test_erasing import MARA, told
from webapp import Settings
from webapp.accounts import Accounts
from webapp.backup.archive import save_backup
from webapp.backup.restoring import restore_backup
from webapp.backup.tables import dump
from webapp.cli import main
from webapp.privacy.rows import all_tables
from webapp.services import Services


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with everything in it."""
    path = tmp_path_factory.mktemp("data")
    with told(Knowledge.open(path)) as knowledge:
        erase(knowledge, [MARA])
        made = Services(Settings(data_dir=str(path)), knowledge, path)
        fill(made.accounts)
        assert made.secret
        (path / "uploads").mkdir()
        (path / "uploads" / "x.list").write_text("passing")
        (path / "server.json").write_text("{}")
        made.accounts.dispose()
    return path


def fill(accounts: Accounts) -> None:
    """Rows of all types."""
    account = accounts.create("ada@optence.example", "Ada Ünlü", "a long enough password")
    accounts.act_for(account.id, "https://example.org/o")
    accounts.create_token(account.id, "script")
    accounts.add_job("f" * 16, "mail", {"to": ["a", {"n": 1}]}, account=account.id)
    accounts.remember("started", "2026")
    accounts.invite("new@optence.example", by=account.id)
    accounts.begin(account.id)


@pytest.fixture(scope="module")
def archive(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A backup of it, made by the command."""
    file = tmp_path_factory.mktemp("backup") / "all.zip"
    result = CliRunner().invoke(main, ["backup", str(file), "--data-dir", str(folder)])
    assert result.exit_code == 0, result.output
    assert file.stat().st_mode & 0o077 == 0, "there are keys in it"
    return file


def tables_of(url: str) -> dict[str, list[dict[str, object]]]:
    accounts = Accounts.open(url)
    try:
        with accounts.reading() as session:
            return {
                name: list(map(json.loads, lines.splitlines())) for name, lines in dump(session)
            }
    finally:
        accounts.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest) -> str:
    """Where the accounts are restored to; empty: in the data folder."""
    if request.param == "sqlite":
        return ""
    made: str = request.getfixturevalue("postgresql").emptied("postgres")
    return made


def test_what_was_backed_up_comes_back(
    folder: Path, archive: Path, tmp_path: Path, url: str
) -> None:
    target = tmp_path / "new"
    restore_backup(archive, Settings(data_dir=str(target), accounts_url=url))
    with Knowledge.open(folder) as old, Knowledge.open(target) as new:
        assert set(new.dump()) == set(old.dump())
        assert new.batches() == old.batches() and new.erased == old.erased
        new.undo(3)
        generation = new.generation
        new.rebuild()
        assert new.generation == generation
    assert (target / "secret.key").read_text() == (folder / "secret.key").read_text()
    assert not (target / "uploads").exists() and not (target / "server.json").exists()
    restored = url or f"sqlite:///{target / 'accounts.sqlite'}"
    before = tables_of(f"sqlite:///{folder / 'accounts.sqlite'}")
    assert tables_of(restored) == before
    assert len(before["account"]) == 2 and before["job"][0]["wanted"] == {"to": ["a", {"n": 1}]}
    accounts = Accounts.open(restored)
    accounts.audit(None, "goes on counting")
    assert accounts.authenticate("ada@optence.example", "a long enough password")
    accounts.dispose()


def test_a_backup_of_postgresql_comes_back_as_sqlite(tmp_path: Path, postgresql: object) -> None:
    url: str = postgresql.emptied("postgres")  # type: ignore[attr-defined]
    settings = Settings(data_dir=str(tmp_path / "one"), accounts_url=url)
    with Knowledge.open(settings.folder) as knowledge:
        made = Services(settings, knowledge, settings.folder)
        fill(made.accounts)
        save_backup(made, tmp_path / "all.zip")
        made.accounts.dispose()
    restore_backup(tmp_path / "all.zip", Settings(data_dir=str(tmp_path / "two")))
    assert tables_of(f"sqlite:///{tmp_path / 'two' / 'accounts.sqlite'}") == tables_of(url)
    with pytest.raises(KnowledgeError, match="accounts in the database already"):
        restore_backup(
            tmp_path / "all.zip", Settings(data_dir=str(tmp_path / "three"), accounts_url=url)
        )
    assert not (tmp_path / "three").exists()


def test_it_is_of_one_moment_while_others_work(tmp_path: Path) -> None:
    with Knowledge.open(tmp_path / "data") as knowledge:
        made = Services(Settings(), knowledge, tmp_path / "data")
        assert made.accounts
        stop = threading.Event()

        def work() -> None:
            number = 0
            while not stop.is_set():
                number += 1
                knowledge.commit(adding(row("list", f"k{number}", "cluster", "A")), TEST)

        worker = threading.Thread(target=work)
        worker.start()
        try:
            for number in range(3):
                save_backup(made, tmp_path / f"{number}.zip")
        finally:
            stop.set()
            worker.join()
        made.accounts.dispose()
        assert not list((tmp_path / "data").glob("copy-*"))
    for number in range(3):
        target = tmp_path / f"restored-{number}"
        restore_backup(tmp_path / f"{number}.zip", Settings(data_dir=str(target)))
        with Knowledge.open(target) as restored:
            assert restored.generation == len(restored.view().things("cluster"))


def test_nothing_is_overwritten(folder: Path, archive: Path, tmp_path: Path) -> None:
    runner = CliRunner()
    assert runner.invoke(main, ["backup", str(archive), "--data-dir", str(folder)]).exit_code == 2
    result = runner.invoke(main, ["restore", str(archive), "--data-dir", str(folder)])
    assert result.exit_code == 1 and "is not empty" in result.output
    result = runner.invoke(main, ["restore", str(archive), "--data-dir", str(tmp_path / "new")])
    assert result.exit_code == 0 and "Restored" in result.output


def rewritten(archive: Path, target: Path, **changed: bytes | None) -> Path:
    """An archive with other members (``__`` for a slash)."""
    with zipfile.ZipFile(archive) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            content = changed.pop(name, old.read(name))
            if content is not None:
                new.writestr(name, content)
        for name, content in changed.items():
            new.writestr(name, content or b"")
    return target


def manifest_of(archive: Path) -> dict[str, Any]:
    with zipfile.ZipFile(archive) as opened:
        found: dict[str, Any] = json.loads(opened.read("manifest.json"))
    return found


@pytest.fixture
def wrong(archive: Path, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Path]:
    manifest = manifest_of(archive)
    newer = json.dumps(manifest | {"format": 99}).encode()
    later = json.dumps(manifest | {"accounts": ["v29991231_later"]}).encode()
    members = dict(manifest["members"])
    outside = json.dumps(
        manifest | {"members": members | {"folder/../../x": members["quads.nq"]}}
    ).encode()
    changes: dict[str, dict[str, bytes | None]] = {
        "newer": {"manifest.json": newer},
        "later": {"manifest.json": later},
        "changed": {"quads.nq": b"<x:a> <x:b> <x:c> <x:d> .\n"},
        "missing": {"quads.nq": None},
        "more": {"folder/more": b"x"},
        "outside": {"manifest.json": outside, "folder/../../x": b"x"},
        "none": {"manifest.json": None},
    }
    yield rewritten(archive, tmp_path / "wrong.zip", **changes[request.param])


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ("newer", "newer clusterradar"),
        ("later", "newer clusterradar"),
        ("changed", "damaged"),
        ("missing", "damaged"),
        ("more", "damaged"),
        ("outside", "damaged"),
        ("none", "damaged"),
    ],
    indirect=["wrong"],
)
def test_what_is_no_whole_backup_is_refused(wrong: Path, why: str, tmp_path: Path) -> None:
    target = tmp_path / "new"
    target.mkdir()
    with pytest.raises(KnowledgeError, match=why):
        restore_backup(wrong, Settings(data_dir=str(target)))
    assert not list(target.iterdir())
    (tmp_path / "text.zip").write_text("no archive")
    with pytest.raises(KnowledgeError, match="no backup"):
        restore_backup(tmp_path / "text.zip", Settings(data_dir=str(target)))


def test_every_table_is_taken(archive: Path) -> None:
    names = {f"accounts/{table.name}.jsonl" for table in all_tables()}
    assert names <= set(manifest_of(archive)["members"])
    assert {"accounts/room.jsonl", "accounts/no_mail.jsonl", "accounts/saved.jsonl"} <= names
