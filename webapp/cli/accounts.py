"""What the commands about accounts share: they work beside a running server, too."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import click

from ontology import Bilingual
from webapp.accounts import Account, Accounts
from webapp.cli.beside import server_of
from webapp.cli.common import plain_errors, settings_of_existing
from webapp.cli.speech import spoken_language
from webapp.secret import key_for, secret_of
from webapp.settings import Settings

_UNKNOWN: Final = Bilingual(
    "There is no account with the address {email}. `clusterradar user list` shows all.",
    "Es gibt kein Konto mit der Adresse {email}. `clusterradar user list` zeigt alle.",
)


@dataclass(frozen=True)
class Opened:
    """The accounts of a data folder.

    Attributes:
        accounts: the accounts.
        settings: of the folder.
        secret: of the installation.
    """

    accounts: Accounts
    settings: Settings
    secret: bytes

    def address(self, path: str) -> str:
        """The whole address of a page: where people reach the server, or where it runs or would."""
        server = server_of(self.settings.folder)
        usual = f"http://{self.settings.host}:{self.settings.port}/"
        base = self.settings.public_url or (server.address if server else usual)
        return base.rstrip("/") + path

    def account(self, email: str) -> Account:
        """The account of an address.

        Raises:
            ClickException: there is none.
        """
        found = self.accounts.by_email(email)
        if found is None:
            raise click.ClickException(_UNKNOWN.with_(email=email)[spoken_language()])
        return found


@contextmanager
def opened_accounts(data_dir: Path | None) -> Iterator[Opened]:
    """The accounts of a data folder; errors that a person can act on become one sentence."""
    settings = settings_of_existing(data_dir)
    with plain_errors():
        secret = secret_of(settings.folder, settings.secret_key)
        accounts = Accounts.open(
            settings.accounts_address(settings.folder), key=key_for("attempts", secret)
        )
        try:
            yield Opened(accounts, settings, secret)
        finally:
            accounts.dispose()


def moment(time: Any) -> str | None:
    """A moment for programs."""
    return time.isoformat(timespec="seconds") if time else None


def say(text: Bilingual) -> None:
    """One line in the language of the command."""
    click.echo(text[spoken_language()])
