"""Commands beside a running server: a folder that a server has open is read through it.

When a server starts it leaves a note in its folder (``server.json``: its process, its address and
a key). The note of a server that was killed may still lie there, and another program may listen at
that address by now; so a note counts only where the server at its address knows its key.
"""

import json
import os
import shutil
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from http.client import HTTPException, HTTPResponse
from pathlib import Path
from typing import IO, Any, Final
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode
from urllib.request import ProxyHandler, Request, build_opener

import click

from graph import KnowledgeError
from ontology import Bilingual
from webapp.cli.speech import spoken_language
from webapp.own import KEY_HEADER

_NOTE: Final = "server.json"
_KNOCK_SECONDS: Final = 5.0
_ANSWER_SECONDS: Final = 120.0
_LONG_SECONDS: Final = 3_600.0

# A folder's server is on this machine, whatever proxy leads to others.
_OPENER: Final = build_opener(ProxyHandler({}))

_GONE: Final = Bilingual(
    "The server at {address} stopped answering ({why}). Try again.",
    "Der Server unter {address} antwortet nicht mehr ({why}). Versuchen Sie es noch einmal.",
)


@dataclass(frozen=True)
class Reply:
    """What a server answered: the status, the headers and the whole body."""

    status: int
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True)
class Server:
    """The server that has a data folder open.

    Attributes:
        address: where its first page is.
        key: what it knows its own commands by.
    """

    address: str
    key: str

    def get(self, path: str, parameters: Mapping[str, str]) -> Reply:
        """Ask for an address of this server, which may refuse.

        Raises:
            ClickException: it does not answer any more.
        """
        return self._ask(f"{path}?{urlencode(parameters)}", None)

    def own(self, path: str, parameters: Mapping[str, str]) -> bytes:
        """What it tells its own commands (:mod:`webapp.own`).

        Raises:
            ClickException: it refuses, or does not answer any more.
        """
        reply = self.get(path, {**parameters, "lang": spoken_language()})
        if reply.status != 200:
            raise click.ClickException(refusal_of(reply))
        return reply.body

    def save(self, path: str, file: IO[bytes]) -> None:
        """Write what it tells its own commands into a file, however long that takes.

        Raises:
            ClickException: it refuses, or does not answer any more.
        """
        target = f"{path}?{urlencode({'lang': spoken_language()})}"
        try:
            with self._open(target, None, _LONG_SECONDS) as response:
                shutil.copyfileobj(response, file)
        except HTTPError as refusal:
            with refusal:
                reply = Reply(refusal.code, dict(refusal.headers), refusal.read())
            raise click.ClickException(refusal_of(reply)) from refusal
        except (OSError, HTTPException) as error:
            raise self._gone(error) from error

    def own_work(self, path: str, form: Mapping[str, str]) -> Any:
        """Let it do something for its own commands, however long that takes; what it tells.

        Raises:
            ClickException: it refuses, or does not answer any more.
        """
        target = f"{path}?{urlencode({'lang': spoken_language()})}"
        reply = self._ask(target, urlencode(form).encode(), _LONG_SECONDS)
        if reply.status != 200:
            raise click.ClickException(refusal_of(reply))
        return json.loads(reply.body)

    def own_take(self, path: str, parameters: Mapping[str, str], content: bytes) -> Any:
        """Hand it a file for its own commands; what it tells.

        Raises:
            ClickException: it refuses, or does not answer any more.
        """
        asked = urlencode({**parameters, "lang": spoken_language()})
        reply = self._ask(f"{path}?{asked}", content, _LONG_SECONDS, "application/octet-stream")
        if reply.status != 200:
            raise click.ClickException(refusal_of(reply))
        return json.loads(reply.body)

    def post(self, path: str, form: Mapping[str, str]) -> Reply:
        """The same with a form."""
        return self._ask(path, urlencode(form).encode())

    def knows_its_key(self) -> bool:
        """Whether the server that wrote the note is the one that answers."""
        try:
            with self._open("/health", None, _KNOCK_SECONDS) as response:
                return response.headers.get(KEY_HEADER) == "known"
        except (OSError, HTTPException, ValueError):
            return False

    def _ask(
        self,
        target: str,
        form: bytes | None,
        seconds: float = _ANSWER_SECONDS,
        media_type: str = "",
    ) -> Reply:
        try:
            with self._open(target, form, seconds, media_type) as response:
                return Reply(response.status, dict(response.headers), response.read())
        except HTTPError as refusal:
            with refusal:
                return Reply(refusal.code, dict(refusal.headers), refusal.read())
        except (OSError, HTTPException) as error:
            raise self._gone(error) from error

    def _gone(self, error: Exception) -> click.ClickException:
        why = error.reason if isinstance(error, URLError) else error
        return click.ClickException(_GONE.with_(address=self.address, why=why)[spoken_language()])

    def _open(
        self, target: str, form: bytes | None, seconds: float, media_type: str = ""
    ) -> HTTPResponse:
        request = Request(self.address.rstrip("/") + target, form, {KEY_HEADER: self.key})
        if media_type:
            request.add_header("Content-Type", media_type)
        response: HTTPResponse = _OPENER.open(request, timeout=seconds)
        return response


def server_of(folder: Path) -> Server | None:
    """The server that has a folder open, as far as one does and answers."""
    try:
        note = json.loads((folder / _NOTE).read_text(encoding="utf-8"))
        server = Server(str(note["address"]), str(note["key"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None
    ours = server.address.startswith("http://") and server.knows_its_key()
    return server if ours else None


def leave_note(folder: Path, address: str, key: str) -> None:
    """Write down where the server of a folder answers; for the owner's eyes only."""
    text = json.dumps({"pid": os.getpid(), "address": address, "key": key})
    remove_note(folder)
    note = os.open(folder / _NOTE, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(note, "w", encoding="utf-8") as file:
        file.write(text)


def remove_note(folder: Path) -> None:
    """Take the note away. Only who holds the folder may: to everybody else it is not stale."""
    with suppress(OSError):
        (folder / _NOTE).unlink()


def served_here(folder: Path, server: Server) -> KnowledgeError:
    """A command needs the folder for itself, and a server has it."""
    return KnowledgeError(
        Bilingual(
            "{folder} is being served at {address}, and this command needs it for itself.",
            "{folder} wird gerade unter {address} ausgeliefert; dieser Befehl braucht den Ordner "
            "für sich.",
        ).with_(folder=folder, address=server.address),
        Bilingual(
            "Stop the server (Ctrl-C where it runs) and try again. Lists can also be imported and "
            "taken back in the browser, at {address}import.",
            "Beenden Sie den Server (Strg-C, wo er läuft), und versuchen Sie es noch einmal. "
            "Listen lassen sich auch im Browser importieren und zurücknehmen: {address}import.",
        ).with_(address=server.address),
    )


def refusal_of(reply: Reply) -> str:
    """What a server says of a request that it refused."""
    with suppress(ValueError, KeyError, TypeError):
        said: dict[str, Any] = json.loads(reply.body)
        return f"{said['message']} {said['remedy']}".strip()
    return f"HTTP {reply.status}"
