"""Asking the members of a cluster whether their profiles are still true.

A manager sends a mail to members whose profile nobody has confirmed for long; its link opens the
profile. At most one such mail a period goes to an organisation, and none to whoever wants none.
Whom to ask is chosen on the page of freshness (:mod:`webapp.freshness`).
"""

from typing import Final

from flask import Blueprint, redirect, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from graph import Thing, erased_marks
from webapp.accounts import Account
from webapp.accounts.current import require_manager_of
from webapp.accounts.mail_addresses import could_be_address
from webapp.addresses import url_to
from webapp.errors import abort_with, nothing_here
from webapp.freshness.showing import freshness_page
from webapp.freshness.states import State, states_of
from webapp.freshness.wanted import Wanted
from webapp.languages import LANGUAGES, lang
from webapp.mailing import MailError
from webapp.profiles import records
from webapp.profiles.mails import send, text_of_mail
from webapp.security import require_own_form
from webapp.services import services
from webapp.signing.reach import is_of

blueprint = Blueprint("asking", __name__)

ALL: Final = "all"
"""What a form sends to ask every member of a view that can be asked."""


@blueprint.get("/profile/members/<kind>/<path:slug>")
def members(kind: str, slug: str) -> Response:
    """The members of a cluster, those that nobody has confirmed for the longest time first."""
    _managed(kind, slug)
    return redirect(url_to("freshness.start", cluster=f"{kind}/{slug}", sort="seen"), 303)


@blueprint.post("/profile/members/<kind>/<path:slug>/contact")
def contact(kind: str, slug: str) -> Response | tuple[str, int]:
    """Give the address that a member is asked at; an empty one takes it away."""
    cluster, account = _managed(kind, slug)
    organisation = _member(cluster, request.form.get("organisation", ""))
    email = request.form.get("email", "").strip()
    if email and not could_be_address(email):
        return _page(cluster, _("This is no e-mail address: %(text)s", text=email)), 400
    if email and erased_marks(services().knowledge).has_mail(email):
        return _page(cluster, _("This address is not kept: it was erased. Give another one.")), 409
    language = request.form.get("language", lang())
    language = language if language in LANGUAGES else lang()
    records.set_contact(cluster.iri, organisation.iri, email, language, account.id)
    return _back(cluster, to=organisation.slug)


@blueprint.post("/profile/members/<kind>/<path:slug>/ask")
def ask(kind: str, slug: str) -> Response | tuple[str, int] | str:
    """Show the mail that would go to the chosen members; with ``send`` send it."""
    cluster, account = _managed(kind, slug)
    those = [one for one in _chosen(cluster) if one.askable.now]
    if not those:
        return _page(cluster, _("Choose members that can be asked.")), 400
    if not request.form.get("send"):
        first = those[0]
        assert first.askable.to is not None
        subject, text = text_of_mail(first.askable.to, first.thing, cluster, account, link="…")
        return render_template(
            "profiles/ask.html",
            cluster=cluster,
            those=those,
            subject=subject,
            text=text,
            wanted=Wanted.sent(request.form),
        )
    sent = 0
    for one in those:
        assert one.askable.to is not None
        try:
            sent += send(one.askable.to, one.thing, cluster, account)
        except MailError as error:
            return _page(cluster, error.text(lang())), 503
    services().accounts.audit(account.id, "ask members", f"{cluster.iri} {sent}")
    return _back(cluster, sent=sent)


def _chosen(cluster: Thing) -> list[State]:
    """The members that a form chose: one, some, or all that a view shows."""
    doubtful = request.form.get("show") == "doubtful"
    states = states_of(cluster, services().viewer(), lang(), doubles=doubtful)
    if request.form.get("only"):
        return [one for one in states if one.thing.slug == request.form["only"]]
    if request.form.get("choose") == ALL:
        return Wanted.sent(request.form).of(states)
    chosen = set(request.form.getlist("organisation"))
    return [one for one in states if one.thing.slug in chosen]


def _page(cluster: Thing, error: str) -> str:
    return freshness_page(cluster, Wanted.sent(request.form), error=error)


def _back(cluster: Thing, *, to: str = "", **told: object) -> Response:
    """To where the form was."""
    wanted = Wanted.sent(request.form)
    address = url_to("freshness.start", **wanted.parameters(cluster), **told)
    return redirect(f"{address}#{to}" if to else address, 303)


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
