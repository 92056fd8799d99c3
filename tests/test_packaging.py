"""The wheel is whole: it runs in an empty environment, and installs our four packages only."""

import configparser
import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path
from urllib.request import urlopen

import pytest

from tests.browser.conftest import READY

ROOT = Path(__file__).resolve().parents[1]
ROOMS = ("ontology", "graph", "recommender", "webapp")


def declared_packages() -> set[str]:
    config = configparser.ConfigParser()
    config.read(ROOT / "setup.cfg", encoding="utf-8")
    return set(config["options"]["packages"].split())


def test_every_package_is_declared() -> None:
    found = {
        ".".join(path.parent.relative_to(ROOT).parts)
        for room in ROOMS
        for path in (ROOT / room).rglob("__init__.py")
        if "node_modules" not in path.parts
    }
    assert declared_packages() == found | {"graph.data"}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("wheel")
    copy = tmp_path_factory.mktemp("tree") / "clusterradar"
    _copy_tree(copy)
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--outdir", str(out), str(copy)],
        check=True,
        capture_output=True,
        timeout=240,
    )
    return next(out.glob("*.whl"))


def _copy_tree(target: Path) -> None:
    """What would be built: the files that git knows and those that set-up made."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        check=True,
        capture_output=True,
    ).stdout.decode()
    made = [*ROOT.glob("webapp/static/vendor/**/*"), *ROOT.glob("webapp/translations/**/*.mo")]
    names = [ROOT / name for name in listed.split("\0") if name] + made
    for source in names:
        if source.is_file():
            copy = target / source.relative_to(ROOT)
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(source.read_bytes())


def test_the_wheel_holds_all_it_needs_and_nothing_else(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    top = {name.split("/")[0] for name in names}
    assert {name for name in top if not name.endswith(".dist-info")} == set(ROOMS)
    for needed in (
        "ontology/clusterradar.ttl",
        "ontology/shapes.ttl",
        "graph/data/go-cluster/clusters.csv",
        "webapp/translations/de/LC_MESSAGES/messages.mo",
        "webapp/templates/base.html",
        "webapp/static/css/base.css",
    ):
        assert needed in names
    assert any(name.startswith("webapp/static/vendor/") and name.endswith(".js") for name in names)
    assert any(name.endswith("licenses/LICENSE") for name in names)


def test_the_wheel_runs_in_an_empty_environment(wheel: Path, tmp_path: Path) -> None:
    subprocess.run([sys.executable, "-m", "venv", str(tmp_path / "env")], check=True, timeout=120)
    scripts = tmp_path / "env" / "bin"
    subprocess.run(
        [scripts / "pip", "install", "--quiet", "--disable-pip-version-check", str(wheel)],
        check=True,
        timeout=280,
        cwd=tmp_path,
    )
    environment = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("CLUSTERRADAR_", "PYTHON"))
    }
    with subprocess.Popen(
        [scripts / "clusterradar", "demo", "--port", "0", "--data-dir", str(tmp_path / "data")],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        cwd=tmp_path,
        env={**environment, "PYTHONUNBUFFERED": "1"},
    ) as process:
        try:
            assert process.stdout is not None
            said = []
            for line in process.stdout:
                said.append(line)
                if READY.search(line):
                    break
            ready = READY.search(said[-1])
            assert ready, "".join(said)
            with urlopen(ready.group(1) + "api/v1/radar?centre=cluster/optence") as answer:
                assert json.load(answer)["suggestions"]
            with urlopen(ready.group(1) + "?lang=de") as answer:
                assert 'lang="de"' in answer.read().decode()
        finally:
            process.terminate()
            process.communicate(timeout=20)
