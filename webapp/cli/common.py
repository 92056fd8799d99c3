"""What every command shares: the data folder, languages, and errors in one sentence."""

import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar

import click

from graph import Knowledge, KnowledgeError
from ontology import Bilingual
from webapp.cli.beside import remove_note, served_here, server_of
from webapp.cli.speech import spoken_language, terminal_language
from webapp.settings import PREFIX, SettingError, Settings

if TYPE_CHECKING:
    from webapp.services import Services

Command = TypeVar("Command", bound=Callable[..., Any])

DONE, PARTLY, USAGE = 0, 1, 2
"""Exit codes: done; done but rows were refused or a check failed; wrong usage."""

DEMO_FOLDER: Final = "clusterradar-demo"

_DEMO_INSTEAD: Final = Bilingual(
    "There is no {folder} here, so this is about the demo in {demo}.",
    "Hier gibt es kein {folder}; es geht also um die Demo in {demo}.",
)
_NO_DATA: Final = Bilingual(
    "There is no clusterradar data in {folder}. Name the folder with --data-dir, or make one with "
    "`clusterradar import` or `clusterradar demo`.",
    "In {folder} liegen keine Daten von clusterradar. Nennen Sie den Ordner mit --data-dir, oder "
    "legen Sie mit `clusterradar import` oder `clusterradar demo` einen an.",
)


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


def settings_for(data_dir: Path | None, **chosen: Any) -> Settings:
    """Settings with what the command line chose."""
    try:
        return Settings.read(data_dir=str(data_dir) if data_dir else None, **chosen)
    except SettingError as error:
        raise click.UsageError(str(error)) from error


def settings_of_existing(data_dir: Path | None) -> Settings:
    """The same for a folder that must have data.

    Where nobody named a folder and the usual one is not here, but a demo is, the demo is meant:
    who has just started it wants to ask it. That is said on standard error.
    """
    settings = settings_for(data_dir)
    unnamed = data_dir is None and not os.environ.get(PREFIX + "DATA_DIR")
    if unnamed and not _has_data(settings.folder) and _has_data(Path(DEMO_FOLDER)):
        said = _DEMO_INSTEAD.with_(folder=settings.folder, demo=DEMO_FOLDER)
        click.echo(said[spoken_language()], err=True)
        settings = settings_for(Path(DEMO_FOLDER))
    if not _has_data(settings.folder):
        raise click.UsageError(_NO_DATA.with_(folder=settings.folder)[spoken_language()])
    return settings


def _has_data(folder: Path) -> bool:
    try:
        return (folder / "clusterradar.json").exists()
    except OSError:
        # The folder is there, but not for us; opening it will say so.
        return True


@contextmanager
def plain_errors() -> Iterator[None]:
    """Turn the errors a person can act on into one sentence and exit code 1."""
    try:
        yield
    except KnowledgeError as error:
        raise click.ClickException(error.text(spoken_language())) from error
    except SettingError as error:
        raise click.UsageError(str(error)) from error
    except BrokenPipeError:
        # Whoever read our output (head, less) has had enough.
        sys.stderr.close()
        sys.exit(DONE)


@contextmanager
def opened(data_dir: Path | None, *, must_exist: bool = True) -> Iterator[Knowledge]:
    """The knowledge in the data folder, given back at the end."""
    settings = settings_of_existing(data_dir) if must_exist else settings_for(data_dir)
    with plain_errors(), open_knowledge(settings) as knowledge:
        yield knowledge


@contextmanager
def open_knowledge(settings: Settings) -> Iterator[Knowledge]:
    """The knowledge in a folder, for this process alone.

    Raises:
        KnowledgeError: it cannot be opened; where a server has it, that is said.
    """
    try:
        knowledge = Knowledge.open(settings.folder, base=settings.base_iri or None)
    except KnowledgeError as error:
        if (server := server_of(settings.folder)) is not None:
            raise served_here(settings.folder, server) from error
        raise
    try:
        # We hold the folder, so whoever left a note in it is gone.
        remove_note(settings.folder)
        yield knowledge
    finally:
        knowledge.close()


@contextmanager
def opened_services(settings: Settings) -> Iterator["Services"]:
    """Knowledge, accounts and all else of an installation, for this process alone."""
    from webapp.privacy.erasing import finish  # noqa: PLC0415
    from webapp.services import Services  # noqa: PLC0415

    with plain_errors(), open_knowledge(settings) as knowledge:
        made = Services(settings, knowledge, settings.folder)
        try:
            finish(made)
            yield made
        finally:
            made.accounts.dispose()


def typed(text: str) -> str:
    """Text from the command line, with a sign for each byte that is none of UTF-8.

    >>> typed("Optik " + chr(0xDCFF)) == "Optik " + chr(0xFFFD)
    True
    """
    return text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def print_json(value: object) -> None:
    """One JSON object on standard output."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))
