"""``clusterradar freshness``: what the profiles of members lack."""

from pathlib import Path
from typing import Any

import click

from ontology import Bilingual
from webapp.cli.beside import server_of
from webapp.cli.common import (
    data_dir_option,
    lang_option,
    opened_services,
    print_json,
    settings_of_existing,
)


@click.command()
@click.option("--cluster", default="", metavar="KIND/SLUG", help="One cluster with its members.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@lang_option
@data_dir_option
def freshness(cluster: str, as_json: bool, lang: str, data_dir: Path | None) -> None:
    """Tell how fresh and how complete the profiles of members are.

    What a manager of the cluster sees on the page /freshness.
    """
    settings = settings_of_existing(data_dir)
    if (server := server_of(settings.folder)) is not None:
        told = server.own_work("/own/freshness", {"cluster": cluster, "speak": lang})
    else:
        from webapp.freshness.report import report_beside  # noqa: PLC0415

        with opened_services(settings) as made:
            told = report_beside(made, cluster, lang)
    if cluster and not told:
        raise click.ClickException(_UNKNOWN.with_(cluster=cluster)[lang])
    if as_json:
        print_json(told)
        return
    for one in told:
        numbers = {name: one[name] for name in _COUNTED}
        click.echo(_SUMMARY.with_(name=one["name"], cluster=one["cluster"], **numbers)[lang])
        if cluster:
            for profile in sorted(one["profiles"], key=lambda p: (p["seen"] or "", p["name"])):
                click.echo(_line(profile, lang))


def _line(profile: dict[str, Any], lang: str) -> str:
    problems = ", ".join(_PROBLEMS[name][lang] for name in profile["problems"])
    missing = ", ".join(profile["missing"])
    seen = profile["seen"] or "-" * 10
    text = f"  {seen}  {profile['complete']:>3} %  {profile['name']}"
    if problems:
        text += f" [{problems}]"
    return text + (f"  {_MISSING[lang]} {missing}" if missing else "")


_COUNTED = ("members", "stale", "incomplete", "unlinked", "doubtful")
_UNKNOWN = Bilingual(
    "{cluster} names no cluster here. Write it like cluster/optence.",
    "{cluster} benennt hier kein Cluster. Schreiben Sie es wie cluster/optence.",
)
_SUMMARY = Bilingual(
    "{name} ({cluster}): {members} members, {stale} stale, {incomplete} incomplete, "
    "{unlinked} unlinked, {doubtful} perhaps double",
    "{name} ({cluster}): {members} Mitglieder, {stale} veraltet, {incomplete} unvollständig, "
    "{unlinked} unverknüpft, {doubtful} vielleicht doppelt",
)
_MISSING = Bilingual("missing:", "es fehlt:")
_PROBLEMS = {
    "stale": Bilingual("stale", "veraltet"),
    "incomplete": Bilingual("incomplete", "unvollständig"),
    "unlinked": Bilingual("unlinked", "unverknüpft"),
    "doubtful": Bilingual("perhaps double", "vielleicht doppelt"),
}
