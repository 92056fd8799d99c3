"""Uploaded lists that wait for a person to look at their plan."""

import json
import re
import secrets
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from graph import Assumed

_TOKEN: Final = re.compile(r"[A-Za-z0-9_-]{20,40}")
_KEPT_SECONDS: Final = 24 * 60 * 60


@dataclass(frozen=True)
class Upload:
    """An uploaded list and what its sender said about it.

    Attributes:
        name: the file's name on the sender's machine.
        kind: kind of its rows.
        source: name of the list.
        partial: whether it only adds and changes; None: as the last time.
        as_of: year or date of its statements; empty where they are current.
        encoding, delimiter, header_row, sheet: what the sender said about the form of the file;
            see :class:`graph.Assumed`.
        owner: whose list it is: ``<kind>/<slug>``; empty: the operator's.
        audience: who may read it; empty: as the last time, at first everybody.
        account: who sent it; nobody else may see it. Empty: the operator.
    """

    name: str
    kind: str
    source: str
    partial: bool | None = None
    as_of: str = ""
    encoding: str = ""
    delimiter: str = ""
    header_row: int = 0
    sheet: str = ""
    owner: str = ""
    audience: str = ""
    account: str = ""

    @property
    def assumed(self) -> Assumed:
        """What the sender said about the form of the file."""
        return Assumed(self.encoding, self.delimiter, self.header_row, self.sheet)


class Uploads:
    """Uploaded lists in a folder, each under a token that nobody can guess.

    Args:
        folder: made when the first list comes.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, upload: Upload, content: bytes) -> str:
        """Keep a list until it is committed or thrown away, for a day at most."""
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._forget_old()
        token = secrets.token_urlsafe(18)
        self._content(token).write_bytes(content)
        self._write(token, upload)
        return token

    def correct(self, token: str, upload: Upload) -> None:
        """Say something else about a list that is kept."""
        if self.get(token) is not None:
            self._write(token, upload)

    def _write(self, token: str, upload: Upload) -> None:
        self._note(token).write_text(json.dumps(asdict(upload)), encoding="utf-8")

    def get(self, token: str) -> tuple[Upload, bytes] | None:
        """What is kept under a token; None where nothing is (any more)."""
        if not _TOKEN.fullmatch(token):
            return None
        try:
            note = json.loads(self._note(token).read_text(encoding="utf-8"))
            return Upload(**note), self._content(token).read_bytes()
        except FileNotFoundError:
            return None

    def forget(self, token: str) -> None:
        """Throw a list away."""
        if _TOKEN.fullmatch(token):
            self._note(token).unlink(missing_ok=True)
            self._content(token).unlink(missing_ok=True)

    def _forget_old(self) -> None:
        oldest = time.time() - _KEPT_SECONDS
        for path in self._folder.iterdir():
            if path.stat().st_mtime < oldest:
                path.unlink(missing_ok=True)

    def _content(self, token: str) -> Path:
        return self._folder / f"{token}.list"

    def _note(self, token: str) -> Path:
        return self._folder / f"{token}.json"
