"""Mail to people: through a mail server, or into a folder where nobody has set one.

``mail_url`` chooses: ``folder:`` (the folder ``mail`` of the data folder), ``folder:/path``,
``smtp://user:password@host:port`` (with STARTTLS where the server offers
it; a password is sent no other way), ``smtps://…``.
"""

import secrets
import smtplib
import ssl
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid
from pathlib import Path
from typing import Final, Protocol
from urllib.parse import SplitResult, unquote, urlsplit

from graph import KnowledgeError
from ontology import Bilingual
from webapp.accounts.clock import now

_SECONDS: Final = 15


class MailError(KnowledgeError):
    """A mail could not be sent."""


class Post(Protocol):
    """Where mails go."""

    def take(self, mail: EmailMessage) -> None:
        """Send one, or keep it.

        Raises:
            OSError, smtplib.SMTPException: it cannot.
        """


@dataclass
class Kept:
    """Mails that stay in memory, where there is no data folder."""

    sent: list[EmailMessage] = field(default_factory=list)

    def take(self, mail: EmailMessage) -> None:
        """Keep one."""
        self.sent.append(mail)


@dataclass(frozen=True)
class Folder:
    """One ``.eml`` file for each mail, for its owner's eyes only."""

    path: Path

    def take(self, mail: EmailMessage) -> None:
        """Write one."""
        self.path.mkdir(parents=True, exist_ok=True, mode=0o700)
        name = f"{now():%Y%m%d-%H%M%S}-{secrets.token_hex(4)}.eml"
        with (self.path / name).open("xb") as file:
            (self.path / name).chmod(0o600)
            file.write(mail.as_bytes())


@dataclass(frozen=True)
class Server:
    """A mail server."""

    url: SplitResult

    def take(self, mail: EmailMessage) -> None:
        """Hand one over."""
        secure = self.url.scheme == "smtps"
        host, port = self.url.hostname or "localhost", self.url.port or (465 if secure else 25)
        known = ssl.create_default_context()
        with (
            smtplib.SMTP_SSL(host, port, timeout=_SECONDS, context=known)
            if secure
            else smtplib.SMTP(host, port, timeout=_SECONDS)
        ) as server:
            if not secure:
                server.ehlo()
                if secure := server.has_extn("starttls"):
                    server.starttls(context=known)
            if self.url.username:
                if not secure:
                    raise smtplib.SMTPNotSupportedError(
                        "the server offers no STARTTLS, and a password is not sent in the open"
                    )
                server.login(unquote(self.url.username), unquote(self.url.password or ""))
            server.send_message(mail)


class Mailer:
    """Sends mails in plain text.

    Args:
        post: where they go.
        sender: what stands in ``From``.
    """

    def __init__(self, post: Post, sender: str) -> None:
        self.post = post
        self.sender = sender

    @classmethod
    def of(cls, url: str, sender: str, folder: Path | None) -> "Mailer":
        """The mailer that the settings ask for.

        Args:
            url: ``mail_url``.
            sender: ``mail_from``.
            folder: the data folder; None where everything is in memory.
        """
        parsed = urlsplit(url or "folder:")
        if parsed.scheme in {"smtp", "smtps"}:
            return cls(Server(parsed), sender)
        if parsed.path:
            return cls(Folder(Path(parsed.path).expanduser()), sender)
        return cls(Kept() if folder is None else Folder(folder / "mail"), sender)

    def send(self, to: str, subject: str, text: str, *, language: str) -> None:
        """Send one mail to one address.

        A page that must not tell whether an address has an account catches the error.

        Args:
            to: the address.
            subject: one line.
            text: plain text.
            language: of the text, ``de`` or ``en``.

        Raises:
            MailError: the server or the folder does not take it.
        """
        mail = EmailMessage()
        mail["From"] = self.sender
        mail["To"] = " ".join(to.split())
        mail["Subject"] = " ".join(subject.split())
        mail["Date"] = format_datetime(now())
        mail["Message-ID"] = make_msgid(domain=self.sender.rpartition("@")[2].strip("> ") or None)
        # Keeps answers of absence from coming back.
        mail["Auto-Submitted"] = "auto-generated"
        mail.set_content(text)
        mail["Content-Language"] = language
        try:
            self.post.take(mail)
        except (OSError, smtplib.SMTPException) as error:
            raise _unsent(error) from error


def _unsent(error: Exception) -> MailError:
    return MailError(
        Bilingual(
            f"The mail could not be sent ({error}).",
            f"Die Mail ließ sich nicht senden ({error}).",
        ),
        Bilingual(
            "Try again later; whoever runs this server should check CLUSTERRADAR_MAIL_URL.",
            "Versuchen Sie es später noch einmal; wer diesen Server betreibt, sollte "
            "CLUSTERRADAR_MAIL_URL prüfen.",
        ),
    )
