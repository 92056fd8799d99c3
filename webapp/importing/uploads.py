"""The files of uploaded lists."""

import re
import secrets
import time
from pathlib import Path
from typing import Final

_TOKEN: Final = re.compile(r"[A-Za-z0-9_-]{20,40}")
KEPT_SECONDS: Final = 24 * 60 * 60
"""How long an uploaded list waits."""


class Uploads:
    """Uploaded lists in a folder, each under a token that nobody can guess.

    Args:
        folder: made when the first list comes.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, content: bytes) -> str:
        """Keep a list until it is committed or thrown away, for a day at most; its token."""
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._forget_old()
        token = secrets.token_urlsafe(18)
        self._path(token).write_bytes(content)
        return token

    def get(self, token: str) -> bytes | None:
        """What is kept under a token; None where nothing is (any more)."""
        try:
            return self._path(token).read_bytes() if _TOKEN.fullmatch(token) else None
        except FileNotFoundError:
            return None

    def has(self, token: str) -> bool:
        """Whether a list is still kept."""
        return bool(_TOKEN.fullmatch(token)) and self._path(token).exists()

    def forget(self, token: str) -> None:
        """Throw a list away."""
        if _TOKEN.fullmatch(token):
            self._path(token).unlink(missing_ok=True)

    def _forget_old(self) -> None:
        oldest = time.time() - KEPT_SECONDS
        for path in self._folder.iterdir():
            if path.stat().st_mtime < oldest:
                path.unlink(missing_ok=True)

    def _path(self, token: str) -> Path:
        return self._folder / f"{token}.list"
