"""The mails of accounts, each in the language of whoever gets it."""

import logging
from datetime import timedelta
from hashlib import sha256
from typing import Final

from flask import url_for
from flask_babel import force_locale
from flask_babel import gettext as _

from webapp.accounts import Account, Invitation
from webapp.links import absolute, make
from webapp.mailing import MailError
from webapp.services import services

log = logging.getLogger(__name__)

REGISTER, PASSWORD, INVITATION = "register", "password", "invitation"
"""What links in these mails are for."""

GOOD_FOR: Final = {
    REGISTER: timedelta(days=7),
    PASSWORD: timedelta(hours=2),
    INVITATION: timedelta(days=14),
}
"""How long a link is good."""


def stamp_of(account: Account) -> str:
    """What changes with the password, so that a link to choose one is good once."""
    return sha256((account.password_hash or "").encode()).hexdigest()[:16]


def mail_registration(account: Account) -> None:
    """To a new account: show that you read this, and choose a password."""
    with force_locale(account.language):
        _send(
            account.email,
            account.language,
            _("Your registration with %(site)s", site=_site()),
            _(
                "Somebody, probably you, wants to register with %(site)s with this address.",
                site=_site(),
            )
            + "\n\n"
            + _("To go on, choose a password here (within 7 days):")
            + "\n"
            + _link("joining.registered", make(REGISTER, account.id), account.language)
            + "\n\n"
            + _("If it was not you, do nothing: without this step there is no account."),
        )


def mail_already_known(account: Account) -> None:
    """To the owner of an account, where somebody registers with the same address."""
    with force_locale(account.language):
        _send(
            account.email,
            account.language,
            _("Your registration with %(site)s", site=_site()),
            _(
                "Somebody, probably you, wants to register with %(site)s, but there is an account.",
                site=_site(),
            )
            + "\n\n"
            + _("Sign in, or choose a new password if you have forgotten it:")
            + "\n"
            + _address("joining.forgotten", account.language)
            + "\n\n"
            + _("If it was not you, do nothing: nothing has changed."),
        )


def mail_password(account: Account) -> None:
    """To the owner of an account: choose a new password."""
    token = make(PASSWORD, [account.id, stamp_of(account)])
    with force_locale(account.language):
        _send(
            account.email,
            account.language,
            _("A new password for %(site)s", site=_site()),
            _("Choose a new password for %(site)s here (within 2 hours, once):", site=_site())
            + "\n"
            + _link("joining.new_password", token, account.language)
            + "\n\n"
            + _("If you did not ask for it, do nothing: the old one goes on."),
        )


def mail_no_account(email: str, language: str) -> None:
    """To an address without an account, where somebody asks for a new password."""
    with force_locale(language):
        _send(
            email,
            language,
            _("A new password for %(site)s", site=_site()),
            _("Somebody, probably you, asked for a new password for %(site)s.", site=_site())
            + "\n\n"
            + _(
                "There is no account with this address that could get one. "
                "Perhaps you used another, or want to register:"
            )
            + "\n"
            + _address("joining.register", language)
            + "\n\n"
            + _("If it was not you, do nothing."),
        )


def mail_invitation(invitation: Invitation, *, host: str, guest_of: str) -> None:
    """To whom a manager invites.

    Args:
        invitation: what is offered.
        host: name of who invites.
        guest_of: names of the cluster and of the organisation to act for, in the language of the
            mail.

    Raises:
        MailError: it cannot be sent; the manager should know.
    """
    language = invitation.language
    with force_locale(language):
        _send(
            invitation.email,
            language,
            _("Invitation to %(site)s", site=_site()),
            _("%(host)s invites you to %(site)s (%(of)s).", host=host, of=guest_of, site=_site())
            + "\n\n"
            + _("Have a look, and accept here (within 14 days):")
            + "\n"
            + _link("joining.invited", make(INVITATION, invitation.id), language)
            + "\n\n"
            + _("If you do not want that, do nothing."),
            must=True,
        )


def mail_waiting(manager: Account, account: Account) -> None:
    """To a manager or administrator: a registration waits."""
    endpoint = "administering.accounts" if manager.administrator else "people.start"
    with force_locale(manager.language):
        _send(
            manager.email,
            manager.language,
            _("A registration waits for you on %(site)s", site=_site()),
            _(
                "%(name)s (%(email)s) has registered and waits to be let in.",
                name=account.name,
                email=account.email,
            )
            + "\n\n"
            + _("Confirm or refuse it here:")
            + "\n"
            + _address(endpoint, manager.language),
        )


def mail_let_in(account: Account) -> None:
    """To whose registration was confirmed."""
    with force_locale(account.language):
        _send(
            account.email,
            account.language,
            _("Welcome to %(site)s", site=_site()),
            _("Your registration is confirmed. Sign in here:")
            + "\n"
            + _address("entering.enter", account.language),
        )


def _send(to: str, language: str, subject: str, text: str, *, must: bool = False) -> None:
    greeting = _("Good day,")
    ending = f"-- \n{_site()}\n{absolute('/')}"
    try:
        services().mailer.send(
            to, subject, f"{greeting}\n\n{text}\n\n{ending}\n", language=language
        )
    except MailError as error:
        if must:
            raise
        # The page must not tell whether there was somebody to write to.
        log.error("%s", error.text("en"))  # noqa: TRY400


def _link(endpoint: str, token: str, language: str) -> str:
    return absolute(url_for(endpoint, token=token, lang=language))


def _address(endpoint: str, language: str) -> str:
    return absolute(url_for(endpoint, lang=language))


def _site() -> str:
    return services().settings.site_name
