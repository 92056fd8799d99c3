"""``clusterradar search TEXT``: which things are meant by a few letters or words."""

from pathlib import Path
from typing import Any

import click

from graph import Hit, SearchService
from ontology import KINDS
from webapp.cli.common import data_dir_option, lang_option, opened, print_json


@click.command()
@click.argument("text", nargs=-1, required=True)
@click.option("--kinds", default="", help="Only these kinds, separated by commas.")
@click.option("--limit", type=click.IntRange(1, 1000), default=20, show_default=True)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@lang_option
@data_dir_option
def search(
    text: tuple[str, ...],
    kinds: str,
    limit: int,
    as_json: bool,
    lang: str,
    data_dir: Path | None,
) -> None:
    """Find things by TEXT: names, other names and descriptions, slips forgiven."""
    chosen = tuple(word.strip() for word in kinds.split(",") if word.strip())
    for kind in chosen:
        if kind not in KINDS:
            raise click.UsageError(f"There is no kind {kind!r}. The kinds: {', '.join(KINDS)}.")
    with opened(data_dir) as knowledge:
        answer = SearchService(knowledge).search(
            " ".join(text), kinds=chosen, limit=limit, lang=lang
        )
    if as_json:
        print_json(
            {
                "query": answer.query,
                "total": answer.total,
                "kinds": answer.kinds,
                "suggestion": answer.suggestion,
                "partial": answer.partial,
                "hits": [_as_json(hit, lang) for hit in answer.hits],
            }
        )
        return
    if answer.suggestion:
        click.echo(f"Nothing is called {answer.query!r}; this is for {answer.suggestion!r}.")
    if answer.partial:
        click.echo("Nothing has all of these words; these have some of them.")
    for hit in answer.hits:
        click.echo(_line(hit, lang))
    if not answer.hits:
        click.echo("Nothing found. Try fewer letters or another word.")
    elif answer.total > len(answer.hits):
        click.echo(f"{len(answer.hits)} of {answer.total}; --limit shows more.")


def _as_json(hit: Hit, lang: str) -> dict[str, Any]:
    return {
        "iri": hit.thing.iri,
        "kind": hit.thing.kind,
        "slug": hit.thing.slug,
        "label": hit.label,
        "context": hit.thing.context(lang),
        "match": hit.match,
        "matched": hit.matched,
        "language": hit.language,
        "as_of": hit.thing.as_of,
    }


def _line(hit: Hit, lang: str) -> str:
    thing = hit.thing
    context = f"  ({thing.context(lang)})" if thing.context(lang) else ""
    name = f"{hit.label}{context}"
    if hit.matched != hit.label and not hit.label_marks:
        name += f"  - {hit.matched}"
    return f"{thing.kind + '/' + thing.slug:<44}  {name}"
