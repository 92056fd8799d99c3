"""Fetching the query editor at set-up."""

import io
import sys
import tarfile
from pathlib import Path

import pytest

from webapp import assets

NPM = """
case "$*" in *--silent*) ;; *)
    echo "no way to the registry, system certificates: $NODE_USE_SYSTEM_CA" >&2
esac
exit 1
"""
"""An npm that fails and says why, if it may."""


def packed(files: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w:gz") as archive:
        for name, content in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return buffer.getvalue()


@pytest.fixture
def package(monkeypatch: pytest.MonkeyPatch) -> bytes:
    """A package like the real one, which is taken for the real one."""
    files = dict.fromkeys(assets.FILES, b"content\n//# sourceMappingURL=x.map\n")
    made = packed({**files, "package/build/other.js": b"unwanted"})
    monkeypatch.setattr(assets, "SHA512", assets.digest(made))
    return made


def test_the_files_we_need_are_put_in_place_and_marked(package: bytes, tmp_path: Path) -> None:
    target = tmp_path / "yasqe"
    assert not assets.is_present(target)
    assets.unpack(package, target)
    assert assets.is_present(target)
    assert {path.name for path in target.iterdir()} == {*assets.FILES.values(), "version"}
    assert (target / "yasqe.min.js").read_bytes() == b"content\n"


def test_nothing_is_fetched_twice(
    package: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assets.unpack(package, tmp_path)
    monkeypatch.setattr(assets, "_npm_commands", lambda: pytest.fail("asked for npm"))
    assert assets.install(tmp_path) is False


def test_another_version_is_fetched_anew(
    package: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assets.unpack(package, tmp_path)
    monkeypatch.setattr(assets, "VERSION", "0.0.0")
    assert not assets.is_present(tmp_path)


def test_a_package_with_another_hash_is_refused(tmp_path: Path) -> None:
    with pytest.raises(assets.AssetError, match="not the package"):
        assets.unpack(packed({}), tmp_path / "yasqe")
    assert not (tmp_path / "yasqe").exists()


@pytest.mark.parametrize(
    ("commands", "reason"),
    [
        ([], "there is no npm"),
        ([["/no/such/npm"]], "/no/such/npm"),
        ([["false"]], "it failed"),
        ([["sh", "-c", NPM, "npm"]], "no way to the registry, system certificates: 1"),
    ],
)
def test_without_npm_the_set_up_goes_on_and_says_what_is_missing(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    commands: list[list[str]],
    reason: str,
) -> None:
    monkeypatch.setattr(assets, "TARGET", tmp_path)
    monkeypatch.delenv("NODE_USE_SYSTEM_CA", raising=False)
    monkeypatch.setattr(assets, "_npm_commands", lambda: iter(commands))
    assert assets.main([]) == 0
    assert assets.main(["--required"]) == 1
    said = capsys.readouterr().err
    assert reason in said
    assert f"{sys.executable} -m webapp.assets" in said
