"""The one table of settings: each with its default, its unit and what it means.

A setting is read from the environment as ``CLUSTERRADAR_<NAME>`` in capitals.
"""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, Final

PREFIX = "CLUSTERRADAR_"

_NUMBERS: Final = {
    "port": (0, 65_535),
    "threads": (1, 1_000),
    "query_readers": (1, 100),
    "trusted_proxies": (0, 10),
    "stale_after_months": (1, 1_200),
    "complete_from_percent": (1, 100),
}
"""The least and the greatest value of a number, where it is not just any from 1 on."""

_ALLOWED: Final = {
    "default_language": ("de", "en"),
    "import_in_browser": ("local", "off"),
    "record_visits": ("off", "on"),
}
_BASE: Final = re.compile(r"https?://[^\s<>\"{}|\\^`]+/")
_PUBLIC: Final = re.compile(r"https?://[^\s/?#@]+(/[^\s?#]*)?")
_MAIL: Final = re.compile(r"folder:.*|smtps?://\S+")
_LEGAL: Final = "the {} in {}: a file of Markdown or plain text, or an address on the web"


class SettingError(ValueError):
    """A setting has a value that it cannot have; the message says which and what to do."""


def _setting(default: Any, unit: str, meaning: str) -> Any:
    return field(default=default, metadata={"unit": unit, "meaning": meaning})


@dataclass(frozen=True)
class Settings:
    """What an operator may set.

    >>> Settings().max_query_rows
    10000
    >>> Settings.read({"CLUSTERRADAR_PORT": "9000"}).port
    9000
    """

    data_dir: str = _setting(
        "", "path", "folder that holds the data; empty: `clusterradar-data` in the current folder"
    )
    host: str = _setting("127.0.0.1", "address", "address that the server listens on")
    port: int = _setting(8137, "port", "port that the server listens on; 0 picks a free one")
    threads: int = _setting(4, "threads", "threads that answer requests")
    base_iri: str = _setting(
        "", "IRI", "base of all IRIs of a new data folder; empty: https://w3id.org/clusterradar/"
    )
    site_name: str = _setting("clusterradar", "text", "name in the header and the page titles")
    default_language: str = _setting(
        "en", "de or en", "language where neither address, cookie nor browser asks for one"
    )
    home_centre: str = _setting(
        "", "kind/slug", "centre of the first radar; empty: the best connected cluster"
    )
    query_time_limit_ms: int = _setting(
        10_000, "milliseconds", "time after which a SPARQL query is stopped"
    )
    max_query_rows: int = _setting(
        10_000, "rows", "rows (or triples) that a SPARQL answer may have"
    )
    max_query_bytes: int = _setting(
        20_000_000,
        "bytes",
        "bytes that a SPARQL answer may have; a larger one is cut, and says so",
    )
    query_readers: int = _setting(2, "processes", "reader processes that answer SPARQL queries")
    query_memory_mb: int = _setting(2_000, "MiB", "memory that one reader process may use")
    query_origins: str = _setting(
        "*",
        "origins",
        "sites whose pages may ask `/sparql` from a browser, separated by spaces; `*`: all; "
        "empty: none. At a loopback or private address no foreign page ever may",
    )
    max_upload_mb: int = _setting(20, "MiB", "size of the largest file that may be uploaded")
    import_in_browser: str = _setting(
        "local",
        "local or off",
        "who may import in the browser: `local`: managers, administrators, and, until there "
        "are accounts, whoever sits at this machine; `off`: nobody",
    )
    public_url: str = _setting(
        "",
        "URL",
        "address under which people reach the server, for links in mails; with https their "
        "cookies are sent encrypted only. Empty: mails with links only from a server that is "
        "reached under a local address",
    )
    accounts_url: str = _setting(
        "",
        "URL",
        "database of the accounts: `sqlite:///FILE` or `postgresql://USER:PASSWORD@HOST/NAME`; "
        "empty: `accounts.sqlite` in the data folder",
    )
    secret_key: str = _setting(
        "",
        "text",
        "secret that signs cookies and links, the same on all servers of an installation; empty: "
        "`secret.key` in the data folder, made at the first start",
    )
    confirmation_period_days: int = _setting(
        180, "days", "time after which an organisation may be asked again for a confirmation"
    )
    confirmation_link_days: int = _setting(
        30, "days", "time that the link in such a mail opens the profile"
    )
    stale_after_months: int = _setting(
        12, "months", "time after which a profile that nobody, and no list, said again is stale"
    )
    complete_from_percent: int = _setting(
        70, "percent", "how complete a profile has to be so as not to be listed as incomplete"
    )
    session_days: int = _setting(30, "days", "time that a browser stays signed in at most")
    session_rest_days: int = _setting(
        7, "days", "time that a browser stays signed in without being used"
    )
    mail_url: str = _setting(
        "folder:",
        "URL",
        "where mail goes: `folder:` (`mail` in the data folder), `folder:/PATH`, "
        "`smtp://USER:PASSWORD@HOST:PORT` or `smtps://…`",
    )
    mail_from: str = _setting("clusterradar <noreply@localhost>", "address", "sender of the mails")
    trusted_proxies: int = _setting(
        0,
        "proxies",
        "reverse proxies in front of the server whose word on address, scheme and host of a "
        "visitor counts",
    )
    attempts_per_minute: int = _setting(
        10,
        "attempts",
        "sign-ins, registrations and the like that one address may try within a minute; within "
        "an hour ten times as many",
    )
    mails_per_hour: int = _setting(
        5, "mails", "mails an hour that visitors can have sent to one address"
    )
    limits_storage: str = _setting(
        "memory://",
        "URL",
        "where attempts are counted: in memory, or a store that several servers share "
        "(`redis://…`; needs the package `redis`)",
    )
    keep_audit_days: int = _setting(365, "days", "time that the audit log is kept")
    keep_closed_accounts_days: int = _setting(
        90,
        "days",
        "time that closed accounts, and invitations that nobody accepted, are kept; then they are "
        "erased",
    )
    keep_mail_days: int = _setting(30, "days", "time that mails in the folder `mail` are kept")
    keep_batches_days: int = _setting(
        3_650, "days", "time that what a batch changed is kept, so that it can be undone"
    )
    record_visits: str = _setting(
        "off",
        "on or off",
        "whether accounts that want it have noted, for them alone, what they look at",
    )
    keep_visits_days: int = _setting(90, "days", "time that what an account looked at is kept")
    keep_asked_days: int = _setting(
        730,
        "days",
        "time that is kept who was asked whether a profile is true; at least the period "
        "after which one may ask again",
    )
    keep_contacts_days: int = _setting(
        1_095,
        "days",
        "time that an address to ask at is kept when nobody asked there or gave it again",
    )
    keep_confirmations_days: int = _setting(
        3_650, "days", "time that is kept when a profile was last confirmed, and by whom"
    )
    keep_refusals_days: int = _setting(
        3_650, "days", "time that is kept, as a keyed digest, that an address wants no mails"
    )
    keep_tokens_days: int = _setting(90, "days", "time that tokens are kept after they expired")
    keep_room_invitations_days: int = _setting(
        90, "days", "time that invitations to closed rooms wait for an answer"
    )
    keep_jobs_days: int = _setting(30, "days", "time that finished jobs are kept")
    oidc_issuer: str = _setting(
        "",
        "URL",
        "OpenID Connect provider that people may sign in through (needs `clusterradar[oidc]`); "
        "empty: none",
    )
    oidc_client_id: str = _setting("", "text", "name of this server with that provider")
    oidc_client_secret: str = _setting("", "text", "secret of this server with that provider")
    oidc_name: str = _setting("OpenID Connect", "text", "what the sign-in page calls that provider")
    imprint_de: str = _setting("", "path or URL", _LEGAL.format("imprint", "German"))
    imprint_en: str = _setting("", "path or URL", _LEGAL.format("imprint", "English"))
    privacy_de: str = _setting("", "path or URL", _LEGAL.format("privacy notice", "German"))
    privacy_en: str = _setting("", "path or URL", _LEGAL.format("privacy notice", "English"))
    terms_de: str = _setting("", "path or URL", _LEGAL.format("terms of use", "German"))
    terms_en: str = _setting("", "path or URL", _LEGAL.format("terms of use", "English"))
    accessibility_de: str = _setting(
        "", "path or URL", _LEGAL.format("accessibility statement", "German")
    )
    accessibility_en: str = _setting(
        "", "path or URL", _LEGAL.format("accessibility statement", "English")
    )

    @classmethod
    def read(cls, environment: Mapping[str, str] | None = None, **chosen: Any) -> "Settings":
        """Settings from the environment; ``chosen`` values (the command line's) win.

        Raises:
            SettingError: a setting has a value that it cannot have.
        """
        environment = os.environ if environment is None else environment
        values: dict[str, Any] = {}
        for one in fields(cls):
            text = environment.get(PREFIX + one.name.upper())
            if text is None:
                continue
            values[one.name] = _number(one.name, text) if one.type is int else text
        values.update({name: value for name, value in chosen.items() if value is not None})
        made = cls(**values)
        for name, allowed in _ALLOWED.items():
            if getattr(made, name) not in allowed:
                raise _wrong(name, f"one of: {', '.join(filter(None, allowed))}", made)
        if made.base_iri and not _BASE.fullmatch(made.base_iri):
            raise _wrong("base_iri", "an http(s) IRI that ends with a slash", made)
        if made.public_url and not _PUBLIC.fullmatch(made.public_url):
            raise _wrong("public_url", "an http(s) address", made)
        if not _MAIL.fullmatch(made.mail_url):
            raise _secret("mail_url", "folder:, smtp://… or smtps://…")
        if made.secret_key and len(made.secret_key) < 32:
            raise _secret("secret_key", "at least 32 characters long")
        return made

    @property
    def folder(self) -> Path:
        """The data folder as a path."""
        return Path(self.data_dir or "clusterradar-data").expanduser()

    def accounts_address(self, folder: Path | None) -> str:
        """Where the accounts are.

        Args:
            folder: the data folder; None where everything is in memory.

        >>> Settings().accounts_address(Path("/data"))
        'sqlite:////data/accounts.sqlite'
        """
        if self.accounts_url:
            return self.accounts_url
        return f"sqlite:///{folder / 'accounts.sqlite'}" if folder else "sqlite://"


def _number(name: str, text: str) -> int:
    least, most = _NUMBERS.get(name, (1, 10**12))
    if text.strip().isdecimal() and len(text) < 20 and least <= int(text) <= most:
        return int(text)
    raise SettingError(
        f"{PREFIX}{name.upper()} must be a whole number from {least} to {most}, but is {text!r}. "
        "Correct or unset it."
    )


def _secret(name: str, wanted: str) -> SettingError:
    # The value may hold a password, so it is not said again.
    return SettingError(f"{PREFIX}{name.upper()} must be {wanted}. Correct or unset it.")


def _wrong(name: str, wanted: str, made: Settings) -> SettingError:
    return SettingError(
        f"{PREFIX}{name.upper()} must be {wanted}; but it is {getattr(made, name)!r}. "
        "Correct or unset it."
    )
