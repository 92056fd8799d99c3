"""``/profile/members``: how fresh the profiles of a cluster's members are, and asking them.

A manager sends a mail to members whose profile nobody has confirmed for long; its link opens the
profile. At most one such mail a period goes to an organisation, and none to whoever wants none.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from flask import Blueprint, redirect, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from graph import Thing
from webapp.accounts import Account
from webapp.accounts.clock import now
from webapp.accounts.current import require_manager_of
from webapp.accounts.mail_addresses import could_be_address
from webapp.addresses import url_to
from webapp.errors import abort_with, nothing_here
from webapp.languages import LANGUAGES, lang
from webapp.mailing import MailError
from webapp.profiles import records
from webapp.profiles.mails import Asked, send, text_of_mail
from webapp.profiles.records import Confirmation
from webapp.security import require_own_form
from webapp.services import services
from webapp.signing.reach import is_of, members_of

blueprint = Blueprint("asking", __name__)

OLD: Final = timedelta(days=365)
"""A confirmation that is older than this is shown as old."""


@dataclass(frozen=True)
class Member:
    """A member of a cluster as its manager sees it.

    Attributes:
        thing: the organisation.
        confirmation: when its profile was last confirmed.
        to: who would be asked; None where nobody can be.
        refused: whether whoever could be asked wants no such mails.
        contact: the address that a manager gave.
        actors: how many accounts act for it.
        asked: when it was last asked.
        waits: whether it was asked within the period.
    """

    thing: Thing
    confirmation: Confirmation | None
    to: Asked | None
    refused: bool
    contact: str
    actors: int
    asked: datetime | None
    waits: bool

    @property
    def can_be_asked(self) -> bool:
        """Whether a mail may go to it now."""
        return self.to is not None and not self.waits

    @property
    def old(self) -> bool:
        """Whether nobody has confirmed it for long."""
        return self.confirmation is None or self.confirmation.time < now() - OLD


@blueprint.get("/profile/members/<kind>/<path:slug>")
def members(kind: str, slug: str) -> str:
    """The members of a cluster, those that nobody has confirmed for the longest time first."""
    cluster, _account = _managed(kind, slug)
    return _page(cluster)


@blueprint.post("/profile/members/<kind>/<path:slug>/contact")
def contact(kind: str, slug: str) -> Response | tuple[str, int]:
    """Give the address that a member is asked at; an empty one takes it away."""
    cluster, account = _managed(kind, slug)
    organisation = _member(cluster, request.form.get("organisation", ""))
    email = request.form.get("email", "").strip()
    if email and not could_be_address(email):
        return _page(cluster, _("This is no e-mail address: %(text)s", text=email)), 400
    language = request.form.get("language", lang())
    language = language if language in LANGUAGES else lang()
    records.set_contact(organisation.iri, email, language, account.id)
    return redirect(url_to("asking.members", kind=kind, slug=slug) + f"#{organisation.slug}", 303)


@blueprint.post("/profile/members/<kind>/<path:slug>/ask")
def ask(kind: str, slug: str) -> Response | tuple[str, int] | str:
    """Show the mail that would go to the chosen members; with ``send`` send it."""
    cluster, account = _managed(kind, slug)
    chosen = set(request.form.getlist("organisation"))
    those = [one for one in _members(cluster) if one.thing.slug in chosen and one.can_be_asked]
    if not those:
        return _page(cluster, _("Choose members that can be asked.")), 400
    if not request.form.get("send"):
        first = those[0]
        assert first.to is not None
        subject, text = text_of_mail(first.to, first.thing, cluster, account, link="…")
        return render_template(
            "profiles/ask.html", cluster=cluster, those=those, subject=subject, text=text
        )
    sent = 0
    for one in those:
        assert one.to is not None
        try:
            sent += send(one.to, one.thing, cluster, account)
        except MailError as error:
            return _page(cluster, error.text(lang())), 503
    services().accounts.audit(account.id, "ask members", f"{cluster.iri} {sent}")
    return redirect(url_to("asking.members", kind=kind, slug=slug, sent=sent), 303)


def _page(cluster: Thing, error: str = "") -> str:
    several = _members(cluster)
    sent = request.args.get("sent", "")
    return render_template(
        "profiles/members.html",
        cluster=cluster,
        members=several,
        askable=sum(one.can_be_asked for one in several),
        old=sum(one.old for one in several),
        period=services().settings.confirmation_period_days,
        sent=int(sent) if sent.isascii() and sent.isdigit() else None,
        error=error,
    )


def _managed(kind: str, slug: str) -> tuple[Thing, Account]:
    if request.method != "GET":
        require_own_form()
    account = require_manager_of(services().knowledge.addresses.thing(kind, slug))
    cluster = services().view().find(kind, slug)
    return cluster or nothing_here(slug), account


def _member(cluster: Thing, slug: str) -> Thing:
    found = services().view().find("organisation", slug)
    if found is None or not is_of(found.iri, cluster.iri):
        abort_with(
            404,
            _("This is no member of the cluster, as far as its list says."),
            _("Correct the list of members and import it again."),
            code="not-found",
        )
    return found


def _members(cluster: Thing) -> list[Member]:
    """The members, those confirmed longest ago (or never) first, then by name."""
    things = [one for one in members_of(cluster.iri) if is_of(one.iri, cluster.iri)]
    iris = [one.iri for one in things]
    confirmed, contacts = records.confirmations(iris), records.contacts(iris)
    asked, actors = records.last_mails(iris), _actors(iris)
    addresses = {one.email for several in actors.values() for one in several}
    unwanted = records.unwanted(addresses | {one.email for one in contacts.values()})
    found = []
    for thing in things:
        given, own = contacts.get(thing.iri), actors.get(thing.iri, [])
        several = [Asked(given.email, given.language)] if given else []
        several += [Asked(one.email, one.language, one.id, one.name) for one in own]
        wanted = [one for one in several if one.email not in unwanted]
        found.append(
            Member(
                thing=thing,
                confirmation=confirmed.get(thing.iri),
                to=wanted[0] if wanted else None,
                refused=bool(several) and not wanted,
                contact=given.email if given else "",
                actors=len(own),
                asked=asked.get(thing.iri),
                waits=not records.may_ask_again(asked.get(thing.iri)),
            )
        )
    return sorted(found, key=_freshness)


def _freshness(member: Member) -> tuple[float, str]:
    seen = member.confirmation.time.timestamp() if member.confirmation else 0.0
    return seen, member.thing.label(lang()).casefold()


def _actors(organisations: Sequence[str]) -> dict[str, list[Account]]:
    """The accounts in use that are confirmed to act for each, the longest-confirmed first."""
    found: dict[str, list[tuple[datetime, Account]]] = {}
    for account, acting in services().accounts.actors_of(organisations):
        if acting.status == "confirmed" and account.status == "active":
            since = acting.confirmed_at or acting.asked_at
            found.setdefault(acting.organisation, []).append((since, account))
    return {
        iri: [account for _since, account in sorted(several, key=lambda one: (one[0], one[1].id))]
        for iri, several in found.items()
    }
