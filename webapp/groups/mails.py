"""The mail that says that somebody is invited to a closed room."""

import logging

from flask_babel import force_locale
from flask_babel import gettext as _

from webapp.accounts import Account
from webapp.addresses import url_groups
from webapp.languages import lang
from webapp.limits import may_send_mail
from webapp.links import absolute
from webapp.mailing import MailError
from webapp.services import services

log = logging.getLogger(__name__)


def mail_invited(host: Account, room: str, *, email: str = "", thing: str = "") -> None:
    """Tell whoever is invited, or whoever speaks for what is.

    The mail is the same whether the address has an account or not.

    Args:
        host: who invites.
        room: the room's name.
        email: the address that is invited.
        thing: IRI of the organisation, cluster or section that is.
    """
    accounts = services().accounts
    if email:
        known = accounts.by_email(email)
        _write(email, known.language if known else lang(), host, room)
        return
    acting = [account for account, one in accounts.actors_of([thing]) if one.status == "confirmed"]
    for account in {one.id: one for one in (*acting, *accounts.managers_of(thing))}.values():
        _write(account.email, account.language, host, room)


def _write(to: str, language: str, host: Account, room: str) -> None:
    if not may_send_mail(to):
        return
    with force_locale(language):
        subject = _("Invitation to the room “%(room)s”", room=room)
        text = "\n\n".join(
            (
                _("Good day,"),
                _("%(host)s invites you to the closed room “%(room)s”.", host=host.name, room=room),
                _("Sign in or register with this address, and accept or decline here:")
                + "\n"
                + absolute(url_groups()),
                _("If you do not want that, do nothing."),
                f"-- \n{services().settings.site_name}\n{absolute('/')}\n",
            )
        )
    try:
        services().mailer.send(to, subject, text, language=language)
    except MailError as error:
        # The invitation stands on the page of rooms all the same.
        log.error("%s", error.text("en"))  # noqa: TRY400
