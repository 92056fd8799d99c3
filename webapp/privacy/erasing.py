"""Erasing a person from the whole installation: knowledge, accounts, mails and uploads."""

import email
import email.policy
from collections.abc import Iterator, Sequence
from email.message import EmailMessage
from functools import partial
from pathlib import Path
from typing import Final

from graph import Erased, Erasing, erase, finish_erasing
from webapp.accounts import Account
from webapp.mailing import Folder
from webapp.privacy.rows import erase_rows, whole
from webapp.services import Services

_PASSING: Final = ("uploads",)
"""Folders whose files are kept for a while only; one that names the person goes as a whole."""


def erase_person(
    made: Services,
    iris: Sequence[str],
    accounts: Sequence[Account] = (),
    *,
    by: Account | None = None,
) -> Erased:
    """Erase persons from everything.

    Args:
        made: the services of the installation.
        iris: the persons, or other things, by IRI.
        accounts: the accounts that are erased with them.
        by: who does it; None for the command line or a clock.

    Raises:
        KnowledgeError: the disk is full; nothing is erased.
    """
    texts = {text for one in accounts for text in (one.email, one.name) if text}
    erased = erase(
        made.knowledge,
        iris,
        texts=texts,
        accounts=[one.id for one in accounts],
        elsewhere=partial(erase_elsewhere, made),
    )
    gone = {one.id for one in accounts}
    made.accounts.audit(by.id if by and by.id not in gone else None, "erase")
    return erased


def finish(made: Services) -> None:
    """Do the rest of an erasure that a crash interrupted.

    Raises:
        KnowledgeError: the disk is full.
    """
    finish_erasing(made.knowledge, partial(erase_elsewhere, made))


def accounts_of(made: Services, iri: str) -> list[Account]:
    """The accounts of a person."""
    return [one for one in made.accounts.all() if one.person == iri]


def erase_elsewhere(made: Services, erasing: Erasing) -> None:
    """Erase what is not in the knowledge; what is gone already does not matter."""
    with made.accounts.session() as session:
        erase_rows(session, erasing)
    made.accounts.compact()
    for forget in made.forgetting:
        forget()
    for path in _passing_files(made):
        if _names(path, erasing):
            path.unlink(missing_ok=True)
            # An upload is two files: the list, and what was said about it.
            for other in path.parent.glob(path.stem + ".*") if path.suffix != ".eml" else ():
                other.unlink(missing_ok=True)


def _passing_files(made: Services) -> Iterator[Path]:
    folders = [made.knowledge.folder / name for name in _PASSING] if made.knowledge.folder else []
    if isinstance(made.mailer.post, Folder):
        folders.append(made.mailer.post.path)
    for folder in folders:
        if folder.is_dir():
            yield from sorted(path for path in folder.iterdir() if path.is_file())


def _names(path: Path, erasing: Erasing) -> bool:
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return False
    if path.suffix == ".eml":
        text = _words_of(content)
    elif content.startswith((b"PK", b"\x1f\x8b")):
        # A packed list: who is in it cannot be seen, and it is kept for a day only.
        return True
    else:
        text = content.decode("utf-8", "replace") + content.decode("latin-1")
    return erasing.wanted.found_in(text) or any(whole(iri).search(text) for iri in erasing.things)


def _words_of(content: bytes) -> str:
    mail = email.message_from_bytes(content, policy=email.policy.default)
    body = mail.get_body(("plain",)) if isinstance(mail, EmailMessage) else None
    words = [f"{name}: {value}" for name, value in mail.items()]
    return "\n".join([*words, body.get_content() if body else ""])
