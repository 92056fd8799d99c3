"""``clusterradar export``: everything that is public, for other programs."""

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Final

import click

from graph import EXPORT_FORMATS
from graph import export as write_export
from ontology import Bilingual
from webapp.cli.beside import server_of
from webapp.cli.common import (
    data_dir_option,
    lang_option,
    open_knowledge,
    plain_errors,
    settings_of_existing,
)
from webapp.cli.speech import spoken_language

_UNWRITABLE: Final = Bilingual(
    "{target} cannot be written ({why}). Check the folder and the space on the disk.",
    "{target} lässt sich nicht schreiben ({why}). Prüfen Sie den Ordner und den Platz auf der "
    "Platte.",
)


@click.command()
@click.option(
    "--format",
    "name",
    type=click.Choice(list(EXPORT_FORMATS)),
    help="Default: what the ending of FILE says, else trig.",
)
@click.option(
    "-o",
    "--output",
    "target",
    metavar="FILE",
    default="-",
    help="Where to write; - (the default) is standard output.",
)
@click.option(
    "--inferred/--no-inferred",
    default=None,
    help="With or without what was concluded (default: with; in graphml and gexf without).",
)
@lang_option
@data_dir_option
def export(
    name: str | None, target: str, inferred: bool | None, lang: str, data_dir: Path | None
) -> None:
    """Write all that anybody may read.

    trig, nquads, turtle, jsonld, ntriples and rdfxml are RDF; graphml and gexf open in Gephi.
    """
    chosen = name or _by_ending(target)
    settings = settings_of_existing(data_dir)
    if (server := server_of(settings.folder)) is not None:
        asked = {} if inferred is None else {"inferred": "yes" if inferred else "no"}
        body = server.own(f"/own/export/{chosen}", asked)
        with plain_errors(), _output(target) as stream:
            stream.write(body)
        return
    with (
        plain_errors(),
        open_knowledge(settings) as knowledge,
        _output(target) as stream,
    ):
        write_export(knowledge.view(), chosen, stream, inferred=inferred, lang=lang)


def _by_ending(target: str) -> str:
    ending = Path(target).suffix.removeprefix(".").lower()
    for one in EXPORT_FORMATS.values():
        if one.ending == ending:
            return one.name
    return "trig"


@contextmanager
def _output(target: str) -> Iterator[IO[bytes]]:
    """Standard output, or a file that is there whole or not at all."""
    if target == "-":
        with _told_if_full("-"):
            yield sys.stdout.buffer
            sys.stdout.buffer.flush()
        return
    path = Path(target)
    with _told_if_full(target):
        if path.exists() and not path.is_file():
            # A device or a pipe is written to; only a file may be replaced.
            with path.open("wb") as stream:
                yield stream
            return
        draft = tempfile.NamedTemporaryFile(  # noqa: SIM115
            dir=path.parent, prefix=f".{path.name}.", delete=False
        )
        try:
            with draft:
                yield draft
                draft.flush()
                os.fsync(draft.fileno())
            Path(draft.name).chmod(0o666 & ~_umask())
            Path(draft.name).replace(path)
        except BaseException:
            Path(draft.name).unlink(missing_ok=True)
            raise


@contextmanager
def _told_if_full(target: str) -> Iterator[None]:
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        said = _UNWRITABLE.with_(target=target, why=error.strerror or error)
        raise click.ClickException(said[spoken_language()]) from error


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
