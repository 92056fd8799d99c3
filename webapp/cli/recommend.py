"""``clusterradar recommend KIND/SLUG``: suggestions with their reasons."""

from dataclasses import asdict
from pathlib import Path

import click

from webapp.cli.common import data_dir_option, lang_option, opened, print_json


@click.command()
@click.argument("centre", metavar="KIND/SLUG")
@click.option(
    "--lens",
    type=click.Choice(["nearest", "beyond"]),
    default="nearest",
    help="nearest: what is closest; beyond: what only another cluster can give.",
)
@click.option("--kinds", default="", help="Only these kinds, separated by commas.")
@click.option("--limit", type=click.IntRange(1, 192), default=20, show_default=True)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@lang_option
@data_dir_option
def recommend(
    centre: str,
    lens: str,
    kinds: str,
    limit: int,
    as_json: bool,
    lang: str,
    data_dir: Path | None,
) -> None:
    """Print what is near KIND/SLUG (for example cluster/optence), and why."""
    from recommender import Radar  # noqa: PLC0415

    with opened(data_dir) as knowledge:
        kind, _, slug = centre.partition("/")
        view = knowledge.view()
        found = view.find(kind, slug) or view.redirect(knowledge.addresses.thing(kind, slug))
        if found is None:
            raise click.UsageError(
                f"There is nothing called {centre}. `clusterradar search {slug or centre}` finds it."
            )
        chosen = tuple(word.strip() for word in kinds.split(",") if word.strip()) or None
        answer = Radar(knowledge).answer(
            found.iri, lens=lens, kinds=chosen, limit=limit, lang=lang
        )
    if as_json:
        print_json(asdict(answer))
        return
    if not answer.suggestions:
        click.echo("Nothing is near: this thing is not linked to anything yet.")
        return
    width = max(len(suggestion.node.label) for suggestion in answer.suggestions)
    for suggestion in answer.suggestions:
        click.echo(
            f"{suggestion.score:.3f}  {suggestion.node.kind:<12}  "
            f"{suggestion.node.label:<{min(width, 48)}}  {suggestion.reason.text}"
        )
