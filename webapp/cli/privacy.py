"""``clusterradar erase`` and ``clusterradar tidy``: what must go, and what was kept long enough."""

from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from ontology import KINDS, Bilingual
from webapp.cli.beside import server_of
from webapp.cli.common import (
    data_dir_option,
    lang_option,
    opened_services,
    print_json,
    settings_of_existing,
)
from webapp.privacy.erasing import accounts_of, erase_person
from webapp.privacy.tidying import tidy as throw_away


@click.command()
@click.argument("thing", metavar="KIND/SLUG")
@click.option("--yes", is_flag=True, help="Do not ask whether you are sure.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@lang_option
@data_dir_option
def erase(thing: str, yes: bool, as_json: bool, lang: str, data_dir: Path | None) -> None:
    """Erase a person (or another thing) from everything, for good.

    Sources, decisions, all that follows, batches, accounts, mails and uploads: no undo brings it
    back, and an import that would is refused from then on.
    """
    kind, slash, slug = thing.partition("/")
    if kind not in KINDS or not slash or not slug:
        raise click.UsageError(_NO_THING.with_(thing=thing)[lang])
    settings = settings_of_existing(data_dir)
    if not yes and not click.confirm(_SURE.with_(thing=thing)[lang], err=True):
        raise click.Abort
    if (server := server_of(settings.folder)) is not None:
        erased: dict[str, Any] = server.own_work("/own/erase", {"kind": kind, "slug": slug})
    else:
        with opened_services(settings) as made:
            iri = made.knowledge.addresses.thing(kind, slug)
            erased = asdict(erase_person(made, [iri], accounts_of(made, iri)))
    if as_json:
        print_json(erased)
    if not erased["statements"] and not erased["batches"]:
        raise click.ClickException(_UNKNOWN.with_(thing=thing)[lang])
    if as_json:
        return
    click.echo(_ERASED.with_(**{n: erased[n] for n in ("statements", "texts", "batches")})[lang])
    if erased["shared"]:
        click.echo(_SHARED[lang])
    if erased["left"]:
        click.echo(_LEFT.with_(things=", ".join(erased["left"]))[lang])


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@lang_option
@data_dir_option
def tidy(as_json: bool, lang: str, data_dir: Path | None) -> None:
    """Throw away what was kept as long as the settings keep_..._days say.

    A server does this by itself when it starts and once a day.
    """
    settings = settings_of_existing(data_dir)
    if (server := server_of(settings.folder)) is not None:
        tidied: dict[str, int] = server.own_work("/own/tidy", {})
    else:
        with opened_services(settings) as made:
            tidied = asdict(throw_away(made))
    if as_json:
        print_json(tidied)
        return
    for name, count in tidied.items():
        if count:
            click.echo(f"{count:>6} {_TIDIED[name][lang]}")
    if not any(tidied.values()):
        click.echo(_NOTHING[lang])


_NO_THING = Bilingual(
    "{thing} names no thing. Write it like person/ada-lovelace.",
    "{thing} benennt kein Ding. Schreiben Sie es wie person/ada-lovelace.",
)
_UNKNOWN = Bilingual(
    "Nothing is known of {thing}, so nothing was erased.",
    "Von {thing} ist nichts bekannt; deshalb wurde nichts gelöscht.",
)
_SURE = Bilingual(
    "Erase {thing} for good? Nothing can bring it back.",
    "{thing} endgültig löschen? Nichts kann es wiederherstellen.",
)
_ERASED = Bilingual(
    "Erased. Statements that went: {statements}; texts of others with a gap: {texts}; batches that "
    "hold less: {batches}.",
    "Gelöscht. Weggefallene Aussagen: {statements}; Texte anderer mit einer Lücke: {texts}; "
    "Stapel, die weniger enthalten: {batches}.",
)
_SHARED = Bilingual(
    "Somebody else has the same name, so texts that name it were left as they are.",
    "Noch jemand heißt ebenso; deshalb blieben Texte, die den Namen nennen, wie sie sind.",
)
_LEFT = Bilingual(
    "The addresses of these things still contain the name; erase them too if they may go: {things}",
    "Die Adressen dieser Dinge enthalten den Namen noch; löschen Sie auch sie, wenn sie wegdürfen: "
    "{things}",
)
_NOTHING = Bilingual("Nothing was old enough.", "Nichts war alt genug.")
_TIDIED = {
    "audit": Bilingual("entries of the audit log", "Einträge des Protokolls"),
    "sessions": Bilingual("sign-ins that were over", "abgelaufene Anmeldungen"),
    "jobs": Bilingual("finished jobs", "beendete Aufträge"),
    "invitations": Bilingual("invitations that were over", "abgelaufene Einladungen"),
    "accounts": Bilingual("closed accounts", "geschlossene Konten"),
    "mails": Bilingual("mails", "Mails"),
    "uploads": Bilingual(
        "files of uploads that nobody committed", "Dateien liegengebliebener Listen"
    ),
    "asked": Bilingual("notes of who was asked", "Vermerke, wer gefragt wurde"),
    "contacts": Bilingual("addresses to ask at", "Adressen zum Nachfragen"),
    "confirmations": Bilingual("notes of confirmations", "Vermerke von Bestätigungen"),
    "refusals": Bilingual(
        "notes that an address wants no mails", "Vermerke, dass eine Adresse keine Mails will"
    ),
    "tokens": Bilingual("tokens that had expired", "abgelaufene Token"),
    "saved": Bilingual("notes of who saved what", "Vermerke, wer was gespeichert hat"),
    "room_invitations": Bilingual(
        "invitations to rooms without an answer", "Einladungen in Räume ohne Antwort"
    ),
    "visits": Bilingual("notes of what was looked at", "Vermerke, was angesehen wurde"),
    "attempts": Bilingual("failed sign-ins", "misslungene Anmeldungen"),
    "batches": Bilingual("batches can no longer be undone", "Stapel sind nicht mehr rücknehmbar"),
}
