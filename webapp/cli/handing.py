"""A list that a command hands to the server which has the data folder open."""

import json
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import click

from graph import Progress
from webapp.cli.beside import Server
from webapp.importing.wanted import Wanted

_PAUSE_SECONDS: Final = 0.2
_WORKING: Final = frozenset({"received", "reading", "planning", "committing"})


@dataclass(frozen=True)
class Done:
    """What became of an import.

    Attributes:
        batch: number of the batch that was committed; None where none was.
        told: counts, problems and columns, as JSON.
        lines: the same for a person.
        refused: why the list as a whole was not imported.
    """

    batch: int | None = None
    told: Mapping[str, Any] = field(default_factory=dict)
    lines: tuple[str, ...] = ()
    refused: str = ""


def hand_over(
    server: Server,
    file: Path,
    wanted: Wanted,
    dry_run: bool,
    plan_file: Path | None,
    progress: Progress,
) -> Done:
    """Let a server plan and commit a list; what is not committed in the end is thrown away there.

    Raises:
        ClickException: the server does not answer any more.
    """
    asked = {"wanted": json.dumps(wanted.as_json())}
    token = server.own_take("/own/imports", asked, file.read_bytes())["token"]
    path, committed = f"/own/imports/{token}", False
    columns = {"columns": "yes"} if dry_run else {}
    try:
        found = _settled(server, path, columns, progress)
        if "told" not in found:
            return Done(refused=found["message"])
        if plan_file is not None:
            plan_file.write_bytes(server.own(f"{path}/plan.xlsx", {}))
        batch = None
        if not dry_run and not found["empty"]:
            if found["consent"] and not wanted.allow_gone:
                return Done(refused=found["consent"])
            allowed = "yes" if wanted.allow_gone else ""
            form = {"revision": str(found["revision"]), "allow_gone": allowed}
            server.own_work(f"{path}/commit", form)
            after = _settled(server, path, columns, progress)
            committed, batch = after["state"] == "done", after["batch"]
            if not committed:
                return Done(refused=after["message"])
        return Done(batch, found["told"], tuple(found["lines"]))
    finally:
        if not committed:
            with suppress(click.ClickException):
                server.own_work(f"{path}/discard", {})


def _settled(
    server: Server, path: str, asked: Mapping[str, str], progress: Progress
) -> dict[str, Any]:
    """What the server tells once it works on the list no more."""
    while True:
        found: dict[str, Any] = json.loads(server.own(path, asked))
        if found["state"] not in _WORKING:
            return found
        progress(found["stage"], found["done"], found["whole"])
        time.sleep(_PAUSE_SECONDS)
