"""``clusterradar token``: what programs sign in with, for whoever runs the server."""

from datetime import timedelta
from pathlib import Path
from typing import Any, Final

import click

from ontology import Bilingual
from webapp.accounts import ApiToken
from webapp.accounts.clock import now
from webapp.accounts.tokens import SCOPES
from webapp.cli.accounts import moment, opened_accounts, say
from webapp.cli.common import data_dir_option, lang_option, print_json

_ONCE: Final = Bilingual(
    "This token is shown once and kept nowhere. Send it as “Authorization: Bearer …”:",
    "Dieses Token wird einmal gezeigt und nirgends aufbewahrt. Senden Sie es als "
    "„Authorization: Bearer …“:",
)
_NONE: Final = Bilingual(
    "There is no token {token}. `clusterradar token list` shows all.",
    "Es gibt kein Token {token}. `clusterradar token list` zeigt alle.",
)
_REVOKED: Final = Bilingual("The token {token} is revoked.", "Das Token {token} gilt nicht mehr.")


@click.group()
def token() -> None:
    """API tokens: make, list and revoke them."""


@token.command()
@click.argument("email")
@click.option("--name", required=True, help="What the token is for.")
@click.option(
    "--scope",
    "scopes",
    multiple=True,
    type=click.Choice(list(SCOPES)),
    default=["read"],
    help="What it may do; again for more than one (default: read).",
)
@click.option(
    "--days", type=click.IntRange(1, 3650), default=365, help="How long it is good (default: 365)."
)
@click.option("--json", "as_json", is_flag=True, help="For programs.")
@lang_option
@data_dir_option
def create(
    email: str,
    name: str,
    scopes: tuple[str, ...],
    days: int,
    as_json: bool,
    lang: str,  # noqa: ARG001 - the language of what is said
    data_dir: Path | None,
) -> None:
    """Make a token for the account of EMAIL; its secret is printed once."""
    with opened_accounts(data_dir) as opened:
        account = opened.account(email)
        made, secret = opened.accounts.create_token(
            account.id, name, scopes, expires=now() + timedelta(days=days)
        )
        if as_json:
            print_json({**_as_json(made, account.email), "token": secret})
            return
        say(_ONCE)
        click.echo(secret)


@token.command("list")
@click.option("--user", "email", help="Only the tokens of this account.")
@click.option("--json", "as_json", is_flag=True, help="For programs.")
@lang_option
@data_dir_option
def list_(
    email: str | None,
    as_json: bool,
    lang: str,  # noqa: ARG001 - the language of what is said
    data_dir: Path | None,
) -> None:
    """List the tokens, newest first; what they say is kept nowhere."""
    with opened_accounts(data_dir) as opened:
        chosen = opened.account(email).id if email else None
        names = {one.id: one.email for one in opened.accounts.all()}
        found = [(one, names[one.account_id]) for one in opened.accounts.tokens(chosen)]
        if as_json:
            print_json([_as_json(one, owner) for one, owner in found])
            return
        for one, owner in found:
            until = f" – {one.expires:%Y-%m-%d}" if one.expires else ""
            click.echo(f"{one.id}  {owner}  {one.name}  ({one.scopes}){until}")


@token.command()
@click.argument("token_id")
@click.option("--json", "as_json", is_flag=True, help="For programs.")
@lang_option
@data_dir_option
def revoke(token_id: str, as_json: bool, lang: str, data_dir: Path | None) -> None:
    """End a token, by the number that the list shows."""
    with opened_accounts(data_dir) as opened:
        if not opened.accounts.revoke_token(token_id):
            raise click.ClickException(_NONE.with_(token=token_id)[lang])
        if as_json:
            print_json({"revoked": token_id})
            return
        say(_REVOKED.with_(token=token_id))


def _as_json(one: ApiToken, owner: str) -> dict[str, Any]:
    return {
        "id": one.id,
        "user": owner,
        "name": one.name,
        "scopes": one.scopes.split(),
        "created": moment(one.created),
        "expires": moment(one.expires),
        "last_used": moment(one.last_used),
    }
