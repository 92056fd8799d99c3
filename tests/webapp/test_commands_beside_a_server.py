"""Commands on a folder that a server has open, on one whose server was killed, and on none."""

import json
import os
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from pyoxigraph import RdfFormat, parse
from werkzeug.serving import make_server

from graph import Knowledge
from tests.graph.small_knowledge import tell
from tests.webapp.pages_app import THINGS
from webapp import Settings, create_app
from webapp.cli import main
from webapp.cli.beside import leave_note, remove_note, server_of


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """A server that has the folder open, and its address."""
    app = create_app(Settings(data_dir=str(folder)))
    server = make_server("127.0.0.1", 0, app, threaded=True)
    address = f"http://127.0.0.1:{server.server_port}/"
    leave_note(folder, address, app.extensions["own_key"])
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield address
    finally:
        remove_note(folder)
        server.shutdown()
        thread.join()
        server.server_close()
        app.extensions["services"].close()


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("beside") / "data"
    knowledge = Knowledge.open(made)
    tell(knowledge, THINGS, as_of="2016")
    knowledge.close()
    return made


@pytest.fixture
def folder(original: Path, tmp_path: Path) -> Path:
    copy = tmp_path / "data"
    shutil.copytree(original, copy)
    return copy


def run(*arguments: object) -> Result:
    result = CliRunner().invoke(main, [str(word) for word in arguments])
    assert "Traceback" not in result.output
    return result


def asked(folder: Path, *words: str) -> tuple[int, str, str]:
    result = run(*words, "--data-dir", folder)
    return result.exit_code, result.stdout, result.stderr


READING = [
    ("search", "messtechnik", "--lang", "de"),
    ("search", "mestechnik", "--json", "--lang", "en"),
    ("search", "member", "--kinds", "organisation", "--limit", "3", "--lang", "de"),
    ("recommend", "cluster/optence", "--lang", "de"),
    ("recommend", "cluster/optence", "--lens", "beyond", "--lang", "en"),
    ("recommend", "cluster/optence", "--kinds", "project", "--limit", "1", "--json"),
    ("recommend", "cluster/nowhere", "--lang", "de"),
    ("batches", "--lang", "en"),
    ("batches", "--json"),
    ("query", "--query", "ASK { ?s ?p ?o }"),
    ("query", "--query", "SELECT ?o { <id/cluster/optence> rdfs:label ?o }", "--format", "csv"),
    ("query", "--query", "SELECT * {"),
]


def test_what_reads_prints_the_same_with_and_without_a_server(folder: Path) -> None:
    alone = [asked(folder, *words) for words in READING]
    with serving(folder):
        for words, expected in zip(READING, alone, strict=True):
            assert asked(folder, *words) == expected, words


@pytest.mark.parametrize("options", [(), ("--format", "nquads", "--no-inferred")])
def test_an_export_beside_a_server_has_the_same_statements(
    folder: Path, options: tuple[str, ...], tmp_path: Path
) -> None:
    form = RdfFormat.N_QUADS if options else RdfFormat.TRIG
    alone = set(parse(run("export", *options, "--data-dir", folder).stdout_bytes, format=form))
    target = tmp_path / "all"
    with serving(folder):
        assert run("export", *options, "-o", target, "--data-dir", folder).exit_code == 0
        beside = run("export", *options, "--data-dir", folder).stdout_bytes
    assert len(alone) > 50
    assert set(parse(path=str(target), format=form or RdfFormat.TRIG)) == alone
    assert set(parse(beside, format=form)) == alone


def test_what_needs_the_folder_for_itself_says_what_to_do(folder: Path) -> None:
    with serving(folder) as address:
        status, _, error = asked(folder, "check", "--no-logic", "--lang", "en")
        assert status == 1
        assert f"is being served at {address}" in error and f"{address}import" in error
        assert "Beenden Sie den Server" in asked(folder, "check", "--no-logic", "--lang", "de")[2]
    assert json.loads(asked(folder, "batches", "--json")[1])[0]["batch"] == 1


def test_an_import_and_its_way_back_are_handed_to_the_server(folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    rows = "".join(f"f{number};Firma {number} GmbH;{number}\n" for number in range(30))
    file.write_text("id;name;employees\n" + rows + "x;X GmbH;zwölf\n", encoding="utf-8")
    words = ("import", str(file), "--kind", "organisation", "--source", "handed", "--lang", "en")
    other = tmp_path / "alone"
    shutil.copytree(folder, other)
    alone = [asked(other, *words, *more) for more in (("--dry-run",), ("--json",), (), ())]
    with serving(folder):
        beside = [asked(folder, *words, *more) for more in (("--dry-run",), ("--json",), (), ())]
        assert beside == alone, "a person and a program are told the same"
        assert json.loads(beside[1][1])["new"] == 30
        file.write_text("id;name\nf1;Firma 1 GmbH\n", encoding="utf-8")
        refused = asked(folder, *words)
        assert refused[0] == 1 and "--allow-gone" in refused[2]
        assert asked(folder, *words, "--allow-gone", "--owner", "cluster/optence")[0] == 0
        assert not list((folder / "uploads").iterdir()), "nothing waits on the server"
        undone = asked(folder, "undo", "2", "--json", "--lang", "en")
        assert undone[0] == 0 and json.loads(undone[1])["undoes"] == 2
        assert asked(folder, "undo", "2", "--lang", "en")[0] == 1
    assert len(json.loads(asked(folder, "batches", "--json")[1])) == 4


def test_the_note_of_a_server_that_is_gone_does_not_matter(folder: Path) -> None:
    leave_note(folder, "http://127.0.0.1:9/", "key")
    assert asked(folder, "query", "--query", "ASK {}")[:2] == (0, "true\n")
    assert not (folder / "server.json").exists(), "whoever holds the folder clears up"


@pytest.mark.parametrize(
    "text", ["", "{", "[]", '{"address": 5}', '{"address": "file:///etc/passwd", "key": "x"}']
)
def test_a_note_that_is_none_does_not_matter(folder: Path, text: str) -> None:
    (folder / "server.json").write_text(text, encoding="utf-8")
    assert asked(folder, "batches", "--lang", "en")[0] == 0


def test_another_server_at_the_address_of_a_stale_note_is_not_asked(
    folder: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other"
    knowledge = Knowledge.open(other)
    knowledge.close()
    with serving(other) as address:
        leave_note(folder, address, "the key of the server that was killed")
        assert server_of(folder) is None
        assert "topic/metrology" in asked(folder, "search", "messtechnik")[1]


def test_a_folder_that_another_command_holds_is_told_without_a_server(folder: Path) -> None:
    held = Knowledge.open(folder)
    status, _, error = asked(folder, "search", "x", "--lang", "en")
    held.close()
    assert status == 1
    assert "Another clusterradar is using" in error


def test_the_key_is_for_the_owner_and_opens_no_door_without_it(folder: Path) -> None:
    with serving(folder):
        assert (folder / "server.json").stat().st_mode & 0o077 == 0
        server = server_of(folder)
        assert server is not None
        stranger = type(server)(server.address, "guessed")
        for path in ("/own/batches", "/own/export/trig"):
            assert server.get(path, {}).status == 200
            refused = stranger.get(path, {})
            assert refused.status == 403
            assert json.loads(refused.body)["error"] == "own-only"
        wrong = server.get("/own/export/trig", {"inferred": "maybe"})
        assert (wrong.status, server.get("/own/export/docx", {}).status) == (400, 400)


def test_where_nobody_names_a_folder_a_demo_will_do(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder.parent)
    monkeypatch.delenv("CLUSTERRADAR_DATA_DIR", raising=False)
    folder.rename("clusterradar-demo")
    found = run("search", "messtechnik", "--lang", "en")
    assert found.exit_code == 0
    assert "topic/metrology" in found.stdout
    assert "the demo in clusterradar-demo" in found.stderr
    Path("clusterradar-demo").rename("clusterradar-data")
    found = run("search", "messtechnik", "--lang", "en")
    assert (found.exit_code, found.stderr) == (0, "")


def test_a_folder_that_was_named_is_never_replaced_by_the_demo(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder.parent)
    folder.rename("clusterradar-demo")
    monkeypatch.setenv("CLUSTERRADAR_DATA_DIR", "elsewhere")
    assert run("search", "x").exit_code == 2
    assert run("search", "x", "--data-dir", "nowhere").exit_code == 2
    assert not Path("elsewhere").exists()


def test_a_full_disk_behind_standard_output_is_told_in_a_sentence(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_arguments: object, **_more: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("webapp.cli.importing.click.echo", full)
    result = CliRunner().invoke(main, ["batches", "--data-dir", str(folder)])
    assert result.exit_code == 1
    assert isinstance(result.exception, SystemExit)


def test_an_export_writes_to_a_device_and_never_replaces_it(folder: Path, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    read: list[bytes] = []
    reader = threading.Thread(target=lambda: read.append(pipe.read_bytes()))
    reader.start()
    assert run("export", "-o", pipe, "--data-dir", folder).exit_code == 0
    reader.join()
    assert pipe.is_fifo()
    assert read[0].startswith(b"@prefix")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("THREADS", "0"),
        ("PORT", "70000"),
        ("MAX_UPLOAD_MB", "-1"),
        ("DEFAULT_LANGUAGE", "fr"),
        ("BASE_IRI", "nonsense"),
        ("IMPORT_IN_BROWSER", "all"),
    ],
)
def test_a_setting_that_cannot_be_is_named(
    folder: Path, name: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(f"CLUSTERRADAR_{name}", value)
    status, _, error = asked(folder, "search", "x")
    assert status == 2
    assert f"CLUSTERRADAR_{name} must be" in error


def test_bytes_that_are_no_text_find_nothing_and_crash_nothing(folder: Path) -> None:
    assert asked(folder, "search", "\udcff\udcfe", "--lang", "en")[0] == 0
    assert asked(folder, "recommend", "cluster/\udcff", "--lang", "de")[0] == 2
