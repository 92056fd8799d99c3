"""``clusterradar recommend KIND/SLUG``: suggestions with their reasons."""

from pathlib import Path
from typing import Any

import click

from graph import Knowledge
from ontology import KINDS
from recommender import LENSES, Node, Radar, RadarAnswer, Suggestion
from webapp.cli.common import data_dir_option, lang_option, opened, print_json

_WIDEST = 48


@click.command()
@click.argument("centre", metavar="KIND/SLUG")
@click.option(
    "--lens",
    type=click.Choice(LENSES),
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
    """Print what is near KIND/SLUG (for example cluster/optence), and why.

    A radar wedge holds 24 suggestions at most, so that is the most of one sort of things.
    """
    chosen = tuple(word.strip() for word in kinds.split(",") if word.strip())
    for kind in chosen:
        if kind not in KINDS:
            raise click.UsageError(f"There is no kind {kind!r}. The kinds: {', '.join(KINDS)}.")
    with opened(data_dir) as knowledge:
        address = _address(knowledge, centre)
        answer = Radar(knowledge).answer(address, lens=lens, kinds=chosen or None, lang=lang)
    shown = answer.suggestions[:limit]
    if as_json:
        print_json(_as_json(answer, shown))
    elif shown:
        _print_table(answer.centre, shown)
    elif lens == "beyond":
        click.echo("No other cluster is linked to this one's subjects or projects yet.")
    else:
        click.echo("Nothing is near: this thing is not linked to anything of these kinds yet.")


def _address(knowledge: Knowledge, centre: str) -> str:
    """The IRI of what was typed as an IRI or as KIND/SLUG."""
    if "://" in centre:
        address = centre
    else:
        kind, _, slug = centre.partition("/")
        address = knowledge.addresses.thing(kind, slug)
    view = knowledge.view()
    if view.thing(address) is None and view.redirect(address) is None:
        word = centre.rpartition("/")[2]
        raise click.UsageError(
            f"There is nothing called {centre}. `clusterradar search {word}` finds things by name."
        )
    return address


def _print_table(centre: Node, shown: tuple[Suggestion, ...]) -> None:
    since = f" (as of {centre.as_of})" if centre.as_of else ""
    click.echo(f"{centre.label}{since}")
    width = min(_WIDEST, max(len(one.node.label) for one in shown))
    for one in shown:
        label = one.node.label
        if len(label) > width:
            label = label[: width - 1] + "…"
        click.echo(
            f"{one.score:.3f}  {one.node.kind:<12}  {label:<{width}}  {one.reason.text}".rstrip()
        )


def _as_json(answer: RadarAnswer, shown: tuple[Suggestion, ...]) -> dict[str, Any]:
    """The answer in the words of the HTTP API."""
    return {
        "centre": _node(answer.centre),
        "viewer": answer.viewer,
        "lens": answer.lens,
        "lang": answer.lang,
        "totals": {wedge: str(total) for wedge, total in answer.totals.items()},
        "suggestions": [
            {
                **_node(one.node),
                "wedge": one.wedge,
                "ring": one.ring,
                "score": one.score,
                "shared_cluster": one.shared_cluster,
                "reason": {
                    "text": one.reason.text,
                    "path": [
                        {
                            **_node(step.node),
                            "relation": step.relation,
                            "relation_label": step.label,
                            "forward": step.forward,
                        }
                        for step in one.reason.path
                    ],
                },
            }
            for one in shown
        ],
    }


def _node(node: Node) -> dict[str, Any]:
    return {
        "iri": node.iri,
        "kind": node.kind,
        "slug": node.slug,
        "label": node.label,
        "context": node.context,
        "as_of": node.as_of,
        "invented": node.invented,
    }
