"""``clusterradar backup`` and ``clusterradar restore``: everything in one file, and back."""

from pathlib import Path

import click

from ontology import Bilingual
from webapp.backup.archive import new_file, save_backup
from webapp.backup.restoring import restore_backup
from webapp.cli.beside import server_of
from webapp.cli.common import (
    data_dir_option,
    lang_option,
    opened_services,
    plain_errors,
    settings_for,
    settings_of_existing,
)


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@lang_option
@data_dir_option
def backup(file: Path, lang: str, data_dir: Path | None) -> None:
    """Write everything into FILE: what is known, batches, accounts and keys.

    A server that has the folder goes on working meanwhile. Whoever can read FILE can read all that
    members share, and has the keys: keep it safe.
    """
    settings = settings_of_existing(data_dir)
    if file.exists():
        raise click.UsageError(_THERE.with_(file=file)[lang])
    if (server := server_of(settings.folder)) is not None:
        with new_file(file) as stream:
            server.save("/own/backup", stream)
    else:
        with opened_services(settings) as made:
            save_backup(made, file)
    megabytes = file.stat().st_size / 1_000_000
    click.echo(_SAVED.with_(file=file, megabytes=f"{megabytes:.1f}")[lang])


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@lang_option
@data_dir_option
def restore(file: Path, lang: str, data_dir: Path | None) -> None:
    """Read a backup FILE back into an empty data folder (and an empty accounts database)."""
    settings = settings_for(data_dir)
    with plain_errors():
        quads = restore_backup(file, settings)
    click.echo(_RESTORED.with_(folder=settings.folder, quads=quads)[lang])


_THERE = Bilingual(
    "There is a file {file} already. Name another one.",
    "Es gibt schon eine Datei {file}. Nennen Sie eine andere.",
)
_SAVED = Bilingual(
    "Everything is in {file} ({megabytes} MB).", "Alles ist in {file} ({megabytes} MB)."
)
_RESTORED = Bilingual(
    "Restored into {folder}: {quads} statements, with accounts and keys.",
    "Wiederhergestellt in {folder}: {quads} Aussagen, mit Konten und Schlüsseln.",
)
