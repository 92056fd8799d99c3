"""What every command shares: the data folder, languages, and errors in one sentence."""

import json
import locale
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import click

from graph import Knowledge, KnowledgeError
from webapp.settings import SettingError, Settings

Command = TypeVar("Command", bound=Callable[..., Any])

DONE, PARTLY, USAGE = 0, 1, 2
"""Exit codes: done; done but rows were refused or a check failed; wrong usage."""


def data_dir_option(command: Command) -> Command:
    """``--data-dir``, which wins over CLUSTERRADAR_DATA_DIR."""
    return click.option(
        "--data-dir",
        type=click.Path(file_okay=False, path_type=Path),
        help="Folder that holds the data (or CLUSTERRADAR_DATA_DIR).",
    )(command)


def lang_option(command: Command) -> Command:
    """``--lang``: German or English; by default what the terminal speaks."""
    return click.option(
        "--lang", type=click.Choice(["de", "en"]), default=terminal_language, help="Language."
    )(command)


def terminal_language() -> str:
    """``de`` in a German terminal, else ``en``."""
    spoken = locale.getlocale(locale.LC_MESSAGES)[0] or ""
    return "de" if spoken.lower().startswith(("de", "german")) else "en"


def settings_for(data_dir: Path | None, **chosen: Any) -> Settings:
    """Settings with what the command line chose."""
    try:
        return Settings.read(data_dir=str(data_dir) if data_dir else None, **chosen)
    except SettingError as error:
        raise click.UsageError(str(error)) from error


@contextmanager
def plain_errors() -> Iterator[None]:
    """Turn the errors a person can act on into one sentence and exit code 1."""
    try:
        yield
    except KnowledgeError as error:
        raise click.ClickException(error.text(terminal_language())) from error
    except BrokenPipeError:
        # Whoever read our output (head, less) has had enough.
        sys.stderr.close()
        sys.exit(DONE)


@contextmanager
def opened(data_dir: Path | None, *, must_exist: bool = True) -> Iterator[Knowledge]:
    """The knowledge in the data folder, given back at the end."""
    settings = settings_for(data_dir)
    if must_exist and not (settings.folder / "clusterradar.json").exists():
        raise click.UsageError(
            f"There is no clusterradar data in {settings.folder}. Name the folder with --data-dir, "
            "or make one with `clusterradar import` or `clusterradar demo`."
        )
    with plain_errors():
        knowledge = Knowledge.open(settings.folder, base=settings.base_iri or None)
        try:
            yield knowledge
        finally:
            knowledge.close()


def print_json(value: object) -> None:
    """One JSON object on standard output."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))
