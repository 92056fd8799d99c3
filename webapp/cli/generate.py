"""``clusterradar generate SCALE FOLDER``: invented member lists of realistic shape."""

from dataclasses import asdict
from pathlib import Path

import click

from webapp.cli.common import print_json


@click.command()
@click.argument("scale", type=click.Choice(["M", "L", "XL", "XXL"], case_sensitive=False))
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--seed", default=0, show_default=True, help="The same seed gives the same lists.")
@click.option(
    "--dirty",
    is_flag=True,
    help="Two overlapping member lists full of slips and lookalikes, and truth.csv beside them.",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def generate(scale: str, folder: Path, seed: int, dirty: bool, as_json: bool) -> None:
    """Write invented member lists of a scale point into FOLDER, ready to be imported.

    M is ClusterBook as it was (1,306 organisations), L the go-cluster programme (13,000 actors in
    99 clusters), XL has 200,000 actors, XXL a million. Every row says that it is invented.
    """
    from graph import generate as write  # noqa: PLC0415
    from graph import generate_dirty  # noqa: PLC0415

    try:
        tables = (generate_dirty if dirty else write)(scale.upper(), folder, seed)
    except OSError as error:
        raise click.ClickException(
            f"Cannot write to {folder} ({error.strerror}). Choose another folder."
        ) from error
    if as_json:
        print_json([{**asdict(table), "path": str(table.path)} for table in tables])
        return
    for table in tables:
        click.echo(f"{table.rows:>9,}  {table.path}")
    click.echo("\nImport them in this order, so that each finds what it names:")
    for table in (table for table in tables if table.kind):
        click.echo(
            f"clusterradar import {table.path} --kind {table.kind} "
            f"--source invented-{table.path.stem}"
        )
