"""``/profile/claim``: say that one acts for an organisation.

Whoever reads mail on the domain of the organisation's website is confirmed by a link that is
sent there; everybody else by a manager of its cluster.
"""

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Final
from urllib.parse import urlsplit

from flask import Blueprint, redirect, render_template, request
from flask_babel import force_locale
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from graph import ANONYMOUS, EDITS, Thing
from ontology import FOAF
from webapp.accounts import Account
from webapp.accounts.current import forget_viewer, require_account
from webapp.addresses import url_page, url_to
from webapp.errors import abort_with
from webapp.limits import may_send_mail
from webapp.links import absolute, make, read
from webapp.profiles.found import thing_of
from webapp.security import require_own_form
from webapp.services import services

blueprint = Blueprint("claims", __name__)

PURPOSE: Final = "claim"
GOOD_FOR: Final = timedelta(days=2)

ANYBODYS: Final = frozenset(
    {
        *("gmail.com", "googlemail.com", "gmx.de", "gmx.net", "gmx.at", "gmx.ch", "web.de"),
        *("t-online.de", "freenet.de", "arcor.de", "bluewin.ch", "posteo.de", "mailbox.org"),
        *("yahoo.com", "yahoo.de", "outlook.com", "outlook.de", "hotmail.com", "hotmail.de"),
        *("live.com", "live.de", "icloud.com", "me.com", "mac.com", "aol.com", "aol.de"),
        *("proton.me", "protonmail.com", "github.io", "wordpress.com", "blogspot.com"),
        *("jimdofree.com", "wixsite.com"),
    }
)
"""Domains on which anybody has mail, or a website."""

_START: Final = re.compile(r"/?(?:(?:de|en)/?)?(?:index\.\w+)?")
"""The path of a website that is the whole domain's."""


@blueprint.get("/profile/claim/<kind>/<path:slug>")
def claim(kind: str, slug: str) -> str:
    """What happens if one says so."""
    account = require_account()
    thing = _organisation(kind, slug)
    return render_template(
        "profiles/claim.html",
        thing=thing,
        account=account,
        by_mail=on_domain(account.email, domains_of(thing)),
        state=_state(account, thing),
        sent=request.args.get("sent", ""),
    )


@blueprint.post("/profile/claim/<kind>/<path:slug>")
def claimed(kind: str, slug: str) -> Response:
    """Say so: a link is mailed, or a manager has to confirm it."""
    require_own_form()
    account = require_account()
    thing = _organisation(kind, slug)
    services().accounts.act_for(account.id, thing.iri)
    sent = ""
    if on_domain(account.email, domains_of(thing)) and _state(account, thing) != "confirmed":
        sent = "mail"
        if may_send_mail(account.email):
            _send(account, thing)
    return redirect(url_to("claims.claim", kind=kind, slug=slug, sent=sent or "manager"), 303)


@blueprint.get("/profile/claimed/<token>")
def shown(token: str) -> str:
    """The page that a mailed link leads to; nothing happens before its button is pressed."""
    account, thing = _linked(token)
    return render_template("profiles/claimed.html", account=account, thing=thing, token=token)


@blueprint.post("/profile/claimed/<token>")
def confirmed(token: str) -> Response:
    """Whoever followed the link acts for the organisation."""
    require_own_form()
    account, thing = _linked(token)
    services().accounts.confirm_acting(account.id, thing.iri, how="domain")
    services().accounts.confirm_address(account.id)
    forget_viewer()
    return redirect(url_page(thing.kind, thing.slug), 303)


def domains_of(thing: Thing) -> frozenset[str]:
    """The domains of the websites that lists publicly give an organisation.

    What members write themselves does not count, nor does a website that is only a part of
    somebody else's domain.
    """
    view = services().knowledge.view(ANONYMOUS)
    return frozenset(
        domain
        for origin in view.origins(thing.iri)
        if origin.statement.predicate == FOAF + "homepage" and origin.source not in ("", EDITS)
        for domain in _domain(origin.statement.object.value)
    )


def _domain(website: str) -> Iterator[str]:
    """The domain that a website is the start of, if it is.

    >>> list(_domain("https://www.Optence.de/de/")), list(_domain("https://uni.example/institute"))
    (['optence.de'], [])
    """
    parts = urlsplit(website)
    host = (parts.hostname or "").removeprefix("www.")
    if _START.fullmatch(parts.path) and "." in host and host not in ANYBODYS:
        yield host


def on_domain(email: str, domains: frozenset[str]) -> bool:
    """Whether a mail address is on one of some domains, or on a part of one.

    >>> on_domain("ada@mail.optence.de", frozenset({"optence.de"}))
    True
    >>> on_domain("ada@evil-optence.de", frozenset({"optence.de"}))
    False
    """
    own = email.rpartition("@")[2].casefold()
    return any(own == domain or own.endswith("." + domain) for domain in domains)


def _organisation(kind: str, slug: str) -> Thing:
    thing = thing_of(kind, slug)
    if kind != "organisation":
        abort_with(
            400,
            _("Only for organisations can somebody act here."),
            _("Look for your organisation."),
            code="no-organisation",
        )
    return thing


def _state(account: Account, thing: Thing) -> str:
    """``confirmed``, ``waiting`` or empty."""
    acting = services().accounts.acting(account.id)
    return next((one.status for one in acting if one.organisation == thing.iri), "")


def _linked(token: str) -> tuple[Account, Thing]:
    account_id, email, organisation = read(PURPOSE, token, GOOD_FOR) or ("", "", "")
    account = services().accounts.by_id(account_id)
    thing = None
    # A link is for the address it went to, and only while its claim still stands.
    if account is not None and account.status == "active" and account.email == email:
        view = services().knowledge.view(services().accounts.viewer_of(account))
        thing = view.thing(organisation)
    if account is None or thing is None or not _state(account, thing):
        abort_with(
            410,
            _("This link is not good (any more)."),
            _("Open the page of the organisation and say again that you act for it."),
            code="old-link",
        )
    return account, thing


def _send(account: Account, thing: Thing) -> None:
    token = make(PURPOSE, [account.id, account.email, thing.iri])
    with force_locale(account.language):
        name = thing.label(account.language)
        link = absolute(url_to("claims.shown", token=token, lang=account.language))
        services().mailer.send(
            account.email,
            _("You act for %(name)s?", name=name),
            _(
                "Somebody, probably you, says on %(site)s that this address acts for %(name)s.\n\n"
                "If that is so, confirm it here (within 2 days):\n%(link)s\n\n"
                "If not, do nothing: without this step nothing happens.\n",
                site=services().settings.site_name,
                name=name,
                link=link,
            ),
            language=account.language,
        )
