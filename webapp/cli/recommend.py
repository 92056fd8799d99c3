"""``clusterradar recommend KIND/SLUG``: suggestions with their reasons."""

from pathlib import Path
from typing import Any, Final

import click

from ontology import KINDS, Bilingual
from recommender import LENSES
from webapp.cli.asking import ask_api
from webapp.cli.common import data_dir_option, lang_option, print_json
from webapp.cli.kinds import chosen_kinds

_WIDEST: Final = 48
_DRAWN: Final = tuple(kind.name for kind in KINDS.values() if kind.wedge)

_MISSING: Final = Bilingual(
    "There is nothing called {centre}. `clusterradar search {word}` finds things by name.",
    "Nichts heißt {centre}. `clusterradar search {word}` findet Dinge nach Namen.",
)
_AS_OF: Final = Bilingual(" (as of {year})", " (Stand {year})")
_NOTHING_BEYOND: Final = Bilingual(
    "No other cluster is linked to this one's subjects or projects yet.",
    "Noch ist kein anderer Cluster mit Themen oder Projekten von diesem verbunden.",
)
_NOTHING_FITS: Final = Bilingual(
    "Nobody fits yet: enter needs or interests, offers, competences or machines.",
    "Noch passt niemand: Es fehlen Gesuche oder Interessen, Angebote, Kompetenzen oder Geräte.",
)
_NO_FIELD: Final = Bilingual(
    "No field is known yet: enter topics, sectors or competences.",
    "Noch ist kein Feld bekannt: Tragen Sie Themen, Branchen oder Kompetenzen ein.",
)
_NOTHING_NEAR: Final = Bilingual(
    "Nothing is near: this thing is not linked to anything of these kinds yet.",
    "Nichts ist in der Nähe: Noch ist nichts von diesen Arten hiermit verbunden.",
)
_NOTHING: Final = {
    "beyond": _NOTHING_BEYOND,
    "complementary": _NOTHING_FITS,
    "same-field": _NO_FIELD,
}


@click.command()
@click.argument("centre", metavar="KIND/SLUG")
@click.option(
    "--lens",
    type=click.Choice(LENSES),
    default="nearest",
    help="nearest: what is closest; beyond: what only another cluster can give; complementary: "
    "who has what is sought, and who seeks what is had; same-field: what has the same subjects.",
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
    asked = {
        "centre": centre,
        "lens": lens,
        "kinds": ",".join(chosen_kinds(kinds, _DRAWN, lang)),
        "lang": lang,
    }
    missing = _MISSING.with_(centre=centre, word=centre.rpartition("/")[2])[lang]
    answer = ask_api(data_dir, "/api/v1/radar", asked, missing=missing)
    answer["suggestions"] = shown = answer["suggestions"][:limit]
    if as_json:
        print_json(answer)
    elif shown:
        _print_table(answer["centre"], shown, lang)
    else:
        click.echo(_NOTHING.get(lens, _NOTHING_NEAR)[lang])


def _print_table(centre: dict[str, Any], shown: list[dict[str, Any]], lang: str) -> None:
    since = _AS_OF.with_(year=centre["as_of"])[lang] if centre["as_of"] else ""
    click.echo(f"{centre['label']}{since}")
    width = min(_WIDEST, max(len(one["label"]) for one in shown))
    for one in shown:
        label = one["label"]
        if len(label) > width:
            label = label[: width - 1] + "…"
        why = one["reason"]["text"]
        click.echo(f"{one['score']:.3f}  {one['kind']:<12}  {label:<{width}}  {why}".rstrip())
