"""``clusterradar user``: the accounts, for whoever runs the server."""

from pathlib import Path
from typing import Any, Final

import click

from ontology import Bilingual
from webapp.accounts import Account
from webapp.addresses import path_new_password
from webapp.cli.accounts import Opened, moment, opened_accounts, say
from webapp.cli.common import data_dir_option, lang_option, print_json
from webapp.links import Links
from webapp.signing.mails import GOOD_FOR, PASSWORD, stamp_of

_STATUS: Final = {
    "invited": Bilingual("invited", "eingeladen"),
    "waiting": Bilingual("waiting", "wartet"),
    "active": Bilingual("active", "offen"),
    "closed": Bilingual("closed", "geschlossen"),
}
_CHOOSE: Final = Bilingual(
    "A password is chosen at this address, once and within {hours} hours:",
    "Ein Passwort wählt man unter dieser Adresse, einmal und binnen {hours} Stunden:",
)
_NOT_OPEN: Final = Bilingual(
    "{email} cannot sign in: the account is {status}.",
    "{email} kann sich nicht anmelden: Das Konto ist {status}.",
)


@click.group()
def user() -> None:
    """Accounts: make, list, appoint and close them."""


@user.command()
@click.argument("email")
@click.option("--name", default="", help="Name of the person.")
@click.option(
    "--language", type=click.Choice(["de", "en"]), default="en", help="Language of mails."
)
@click.option("--administrator", is_flag=True, help="Make the account an administrator.")
@click.option("--json", "as_json", is_flag=True, help="For programs.")
@lang_option
@data_dir_option
def add(
    email: str,
    name: str,
    language: str,
    administrator: bool,
    as_json: bool,
    lang: str,  # noqa: ARG001 - the language of what is said
    data_dir: Path | None,
) -> None:
    """Make an account for EMAIL; prints the address at which its password is chosen."""
    with opened_accounts(data_dir) as opened:
        made = opened.accounts.create(email, name, language=language, administrator=administrator)
        opened.accounts.audit(None, "add account", made.id)
        _print_link(opened, made, as_json=as_json)


@user.command("list")
@click.option("--json", "as_json", is_flag=True, help="For programs.")
@lang_option
@data_dir_option
def list_(as_json: bool, lang: str, data_dir: Path | None) -> None:
    """List all accounts."""
    with opened_accounts(data_dir) as opened:
        found = opened.accounts.all()
        if as_json:
            print_json([_as_json(opened, one) for one in found])
            return
        for one in found:
            marks = [_STATUS[one.status][lang]]
            if one.administrator:
                marks.append(Bilingual("administrator", "Verwaltung")[lang])
            click.echo(f"{one.email}  {one.name}  ({', '.join(marks)})")


@user.command()
@click.argument("email")
@click.option(
    "--administrator/--no-administrator", "yes", default=True, help="Appoint, or take it back."
)
@click.option("--json", "as_json", is_flag=True, help="For programs.")
@lang_option
@data_dir_option
def appoint(email: str, yes: bool, as_json: bool, lang: str, data_dir: Path | None) -> None:
    """Make the account of EMAIL an administrator, or one no longer."""
    with opened_accounts(data_dir) as opened:
        account = opened.account(email)
        opened.accounts.appoint(account.id, administrator=yes, by=None)
        _print_account(opened, email, as_json=as_json, lang=lang)


@user.command()
@click.argument("email")
@click.option("--json", "as_json", is_flag=True, help="For programs.")
@lang_option
@data_dir_option
def close(email: str, as_json: bool, lang: str, data_dir: Path | None) -> None:
    """Close the account of EMAIL: nobody can sign in with it any more."""
    with opened_accounts(data_dir) as opened:
        opened.accounts.close(opened.account(email).id, by=None)
        _print_account(opened, email, as_json=as_json, lang=lang)


@user.command()
@click.argument("email")
@click.option("--json", "as_json", is_flag=True, help="For programs.")
@lang_option
@data_dir_option
def link(email: str, as_json: bool, lang: str, data_dir: Path | None) -> None:
    """Print an address at which a new password for EMAIL is chosen."""
    with opened_accounts(data_dir) as opened:
        account = opened.account(email)
        if account.status != "active":
            status = _STATUS[account.status][lang]
            raise click.ClickException(_NOT_OPEN.with_(email=email, status=status)[lang])
        opened.accounts.audit(None, "password link", account.id)
        _print_link(opened, account, as_json=as_json)


def _print_link(opened: Opened, account: Account, *, as_json: bool) -> None:
    token = Links(opened.secret).make(PASSWORD, [account.id, stamp_of(account)])
    address = opened.address(path_new_password(token))
    if as_json:
        print_json({**_as_json(opened, account), "link": address})
        return
    say(_CHOOSE.with_(hours=int(GOOD_FOR[PASSWORD].total_seconds() // 3600)))
    click.echo(address)


def _print_account(opened: Opened, email: str, *, as_json: bool, lang: str) -> None:
    account = opened.account(email)
    if as_json:
        print_json(_as_json(opened, account))
        return
    status = _STATUS[account.status][lang]
    if account.administrator:
        status += ", " + Bilingual("administrator", "Verwaltung")[lang]
    click.echo(f"{account.email}: {status}")


def _as_json(opened: Opened, account: Account) -> dict[str, Any]:
    return {
        "id": account.id,
        "email": account.email,
        "name": account.name,
        "language": account.language,
        "status": account.status,
        "administrator": account.administrator,
        "created": moment(account.created),
        "acts_for": list(opened.accounts.acts_for(account.id)),
        "manages": list(opened.accounts.manages(account.id)),
    }
