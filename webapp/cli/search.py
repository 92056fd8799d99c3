"""``clusterradar search TEXT``: which things are meant by a few letters or words."""

from pathlib import Path
from typing import Any, Final

import click

from ontology import KINDS, Bilingual
from webapp.cli.asking import ask_api
from webapp.cli.common import data_dir_option, lang_option, print_json
from webapp.cli.kinds import chosen_kinds

_MOST: Final = 200

_SUGGESTED: Final = Bilingual(
    "Nothing is called “{query}”; this is for “{suggestion}”.",
    "Nichts heißt „{query}“; das hier gilt für „{suggestion}“.",
)
_PARTIAL: Final = Bilingual(
    "Nothing has all of these words; these have some of them.",
    "Nichts hat alle diese Wörter; diese haben einige davon.",
)
_NOTHING: Final = Bilingual(
    "Nothing found. Try fewer letters or another word.",
    "Nichts gefunden. Versuchen Sie weniger Buchstaben oder ein anderes Wort.",
)
_MORE: Final = Bilingual(
    "{shown} of {total}; --limit shows more.", "{shown} von {total}; --limit zeigt mehr."
)


@click.command()
@click.argument("text", nargs=-1, required=True)
@click.option("--kinds", default="", help="Only these kinds, separated by commas.")
@click.option("--limit", type=click.IntRange(1, _MOST), default=20, show_default=True)
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
    asked = {
        "q": " ".join(text),
        "kinds": ",".join(chosen_kinds(kinds, tuple(KINDS), lang)),
        "limit": str(limit),
        "lang": lang,
    }
    answer = ask_api(data_dir, "/api/v1/search", asked)
    if as_json:
        print_json(answer)
    else:
        _print(answer, lang)


def _print(answer: dict[str, Any], lang: str) -> None:
    hits = answer["hits"]
    if answer["suggestion"]:
        click.echo(_SUGGESTED.with_(**{key: answer[key] for key in ("query", "suggestion")})[lang])
    if answer["partial"]:
        click.echo(_PARTIAL[lang])
    for hit in hits:
        click.echo(_line(hit))
    if not hits:
        click.echo(_NOTHING[lang])
    elif answer["total"] > len(hits):
        click.echo(_MORE.with_(shown=len(hits), total=answer["total"])[lang])


def _line(hit: dict[str, Any]) -> str:
    name = hit["label"] + (f"  ({hit['context']})" if hit["context"] else "")
    if hit["matched"] != hit["label"] and not hit["label_marks"]:
        name += f"  - {hit['matched']}"
    address = f"{hit['kind']}/{hit['slug']}"
    return f"{address:<44}  {name}"
