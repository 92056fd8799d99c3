"""``clusterradar template``: an empty list to fill in."""

from pathlib import Path
from typing import Final

import click

from graph import TEMPLATE_FORMATS, TEMPLATE_KINDS
from graph import template as make_template
from ontology import Bilingual
from webapp.cli.common import lang_option, plain_errors

_WRITTEN: Final = Bilingual("{file} is written.", "{file} ist geschrieben.")
_THERE: Final = Bilingual(
    "{file} is there already, and may be filled in. Choose another name with --output.",
    "{file} gibt es schon und ist vielleicht ausgefüllt. Mit --output einen anderen Namen wählen.",
)


@click.command()
@click.argument("kind", type=click.Choice(TEMPLATE_KINDS), metavar="KIND")
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Where to write; its ending (.xlsx or .csv) is the format. Default: KIND-LANG.xlsx.",
)
@lang_option
def template(kind: str, output: Path | None, lang: str) -> None:
    """Write an empty list of a KIND, to be filled in and imported."""
    target = output or Path(f"{kind}-{lang}.xlsx")
    ending = target.suffix.removeprefix(".").lower()
    content = _made(kind, ending if ending in TEMPLATE_FORMATS else "xlsx", lang)
    try:
        with target.open("xb") as file:
            file.write(content)
    except FileExistsError as error:
        raise click.ClickException(_THERE.with_(file=target)[lang]) from error
    click.echo(_WRITTEN.with_(file=target)[lang])


def _made(kind: str, fmt: str, lang: str) -> bytes:
    with plain_errors():
        return make_template(kind, fmt, lang)
