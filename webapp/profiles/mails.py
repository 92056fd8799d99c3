"""The mail that asks an organisation whether its profile is still true."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from flask_babel import force_locale
from flask_babel import gettext as _

from graph import Thing
from webapp.accounts import Account
from webapp.addresses import url_to
from webapp.links import absolute, make
from webapp.mailing import MailError
from webapp.profiles import records
from webapp.services import services

CONFIRM: Final = "confirm-profile"
STOP: Final = "no-mail"
"""What links in the mail are for."""

STOP_GOOD_FOR: Final = timedelta(days=3650)


@dataclass(frozen=True)
class Asked:
    """Whom a mail goes to.

    Attributes:
        email: the address.
        language: of the mail.
        account_id: the account, where it is one that acts for the organisation.
        name: of the account.
    """

    email: str
    language: str
    account_id: str | None = None
    name: str = ""


def text_of_mail(
    to: Asked, organisation: Thing, cluster: Thing, manager: Account, *, link: str, stop: str = "…"
) -> tuple[str, str]:
    """Subject and text of the mail, in the language of whoever gets it.

    Args:
        to: who gets it.
        organisation: whose profile it asks about.
        cluster: on whose behalf.
        manager: who sends it.
        link: where the profile opens.
        stop: where such mails are ended.
    """
    settings = services().settings
    with force_locale(to.language):
        name, by = organisation.label(to.language), cluster.label(to.language)
        subject = _("Is this still true? %(name)s", name=name)
        greeting = _("Good day %(who)s,", who=to.name) if to.name else _("Good day,")
        text = _(
            "%(manager)s (%(cluster)s) asks whether what %(site)s says of %(name)s is still true.\n"
            "Have a look and say yes, or correct it. It takes a minute and needs no account:\n"
            "%(link)s\n\n"
            "The link is good for %(days)s days. Whoever has it can change the profile, so please\n"
            "pass it on only to colleagues who should.",
            manager=manager.name or by,
            cluster=by,
            site=settings.site_name,
            name=name,
            link=link,
            days=settings.confirmation_link_days,
        )
        ending = _("You do not want such mails any more? Say so here:\n%(stop)s", stop=stop)
    return subject, f"{greeting}\n\n{text}\n\n-- \n{ending}\n"


def send(to: Asked, organisation: Thing, cluster: Thing, manager: Account) -> bool:
    """Ask an organisation, unless it was asked within the period.

    Raises:
        MailError: the mail cannot be sent; nothing is noted then.
    """
    mail = records.new_mail(organisation.iri, cluster.iri, to.email, to.account_id, manager.id)
    if mail is None:
        return False
    link = url_to("confirming.ask", token=make(CONFIRM, mail.id), lang=to.language)
    stop = url_to("confirming.stop", token=make(STOP, mail.id), lang=to.language)
    subject, text = text_of_mail(
        to, organisation, cluster, manager, link=absolute(link), stop=absolute(stop)
    )
    try:
        services().mailer.send(to.email, subject, text, language=to.language)
    except MailError:
        records.forget_mail(mail.id)
        raise
    return True
