"""``/people``: the people of my cluster, for those who manage it."""

from typing import Any

from flask import Blueprint, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from graph import Thing
from webapp.accounts import Account, AccountsError
from webapp.accounts.current import manages, require_account
from webapp.accounts.mail_addresses import could_be_address
from webapp.errors import abort_with
from webapp.languages import LANGUAGES, lang
from webapp.mailing import MailError
from webapp.security import require_own_form
from webapp.services import services
from webapp.signing import mails
from webapp.signing.filled import Filled
from webapp.signing.going_on import go
from webapp.signing.reach import (
    actors_of,
    clusters_of,
    is_of,
    managed_cluster,
    managed_clusters,
    members_of,
    only_managers,
    place_of,
)

blueprint = Blueprint("people", __name__)


@blueprint.before_request
def _only_managers() -> None:
    only_managers()
    if request.method != "GET":
        require_own_form()


@blueprint.app_template_global()
def may_manage() -> bool:
    """Whether the menu offers the people of a cluster."""
    return bool(manages())


@blueprint.get("/people")
def start() -> str:
    """The people of a cluster that I manage."""
    return _page(managed_cluster(), Filled({"language": lang()}))


@blueprint.post("/people/invite")
def invite() -> Response | tuple[str, int]:
    """Invite somebody by mail."""
    cluster = managed_cluster()
    form = Filled.sent("email", "organisation", "manages", "language")
    form.need("email", _("Type an e-mail address."))
    if form["email"] and not could_be_address(form["email"]):
        form.wrong("email", _("This is no e-mail address. Check its spelling."))
    organisation = _member(form, cluster)
    if form["language"] not in LANGUAGES:
        form.wrong("language", _("Choose one of the languages."))
    if form.fits:
        _invite(form, cluster, organisation)
    if not form.fits:
        return _page(cluster, form), 400
    return go("people.start", cluster=place_of(cluster), done="invited")


def _member(form: Filled, cluster: Thing) -> Thing | None:
    if not form["organisation"]:
        return None
    found = services().view().find("organisation", form["organisation"])
    if found is None or not is_of(found.iri, cluster.iri):
        form.wrong("organisation", _("Choose an organisation of this cluster."))
        return None
    return found


def _invite(form: Filled, cluster: Thing, organisation: Thing | None) -> None:
    mine = require_account()
    accounts, language = services().accounts, form["language"]
    invitation = accounts.invite(
        form["email"],
        by=mine.id,
        cluster=cluster.iri,
        organisation=organisation.iri if organisation else None,
        manages=bool(form["manages"]),
        language=language,
    )
    about = [thing.label(language) for thing in (organisation, cluster) if thing]
    try:
        mails.mail_invitation(invitation, host=mine.name, guest_of=", ".join(about))
    except MailError as error:
        accounts.withdraw(invitation.id)
        form.wrong("email", error)


@blueprint.post("/people/withdraw/<invitation_id>")
def withdraw(invitation_id: str) -> Response:
    """Take an invitation of this cluster back."""
    cluster = managed_cluster()
    accounts = services().accounts
    if any(one.id == invitation_id for one in accounts.invitations(cluster.iri)):
        accounts.withdraw(invitation_id)
    return go("people.start", cluster=place_of(cluster), done="withdrawn")


@blueprint.post("/people/confirm")
def confirm() -> Response | tuple[str, int]:
    """Let somebody in who waits, or confirm that they act for an organisation of this cluster."""
    cluster = managed_cluster()
    account, organisation = _actor(cluster)
    accounts, mine = services().accounts, require_account()
    try:
        if account.status == "waiting":
            mails.mail_let_in(accounts.confirm(account.id, by=mine.id))
    except AccountsError as error:
        return _page(cluster, Filled({"language": lang()}), error.text(lang())), 409
    accounts.confirm_acting(account.id, organisation, how="manager", by=mine.id)
    return go("people.start", cluster=place_of(cluster), done="confirmed")


@blueprint.post("/people/stop")
def stop() -> Response:
    """Somebody does not act for an organisation of this cluster (any more)."""
    cluster = managed_cluster()
    account, organisation = _actor(cluster)
    services().accounts.stop_acting(account.id, organisation, by=require_account().id)
    return go("people.start", cluster=place_of(cluster), done="stopped")


@blueprint.post("/people/close")
def close() -> Response:
    """Close the account of somebody who acts for organisations of my clusters only."""
    cluster = managed_cluster()
    account, _organisation = _actor(cluster)
    if not may_close(account):
        abort_with(
            403,
            _("This account is not of your clusters alone."),
            _("End that it acts for the organisation, or ask an administrator."),
            code="not-allowed",
        )
    services().accounts.close(account.id, by=require_account().id)
    return go("people.start", cluster=place_of(cluster), done="closed")


def may_close(account: Account) -> bool:
    """Whether the manager who asks may close an account: nobody else has anything to do with it."""
    mine, accounts = require_account(), services().accounts
    if account.id == mine.id or account.administrator or accounts.manages(account.id):
        return False
    own = set(manages())
    return all(own & clusters_of(acting.organisation) for acting in accounts.acting(account.id))


def _actor(cluster: Thing) -> tuple[Account, str]:
    """The account and the organisation of this form, which must be of this cluster."""
    account_id, iri = request.form.get("account", ""), request.form.get("organisation", "")
    found = next(
        (
            actor.account
            for actor in actors_of(cluster.iri)
            if (actor.account.id, actor.acting.organisation) == (account_id, iri)
        ),
        None,
    )
    if found is None:
        abort_with(
            404,
            _("Nobody of this cluster is meant by this."),
            _("Open the page of the people again."),
            code="not-found",
        )
    return found, iri


def _page(cluster: Thing, form: Filled, error: str = "") -> str:
    actors = actors_of(cluster.iri)
    accounts = services().accounts
    waiting: list[Any] = [
        one
        for one in actors
        if one.account.status == "waiting" and one.account.email_confirmed is not None
    ]
    acting = [one for one in actors if one.account.status == "active"]
    view = services().view()
    return render_template(
        "accounts/people.html",
        form=form,
        error=error,
        cluster=cluster,
        place=place_of(cluster),
        clusters=[(place_of(one), one.label(lang())) for one in managed_clusters()],
        members=[(one.slug, one.label(lang())) for one in members_of(cluster.iri)],
        waiting=waiting,
        asking=[one for one in acting if one.acting.status == "waiting"],
        acting=[one for one in acting if one.acting.status == "confirmed"],
        closable={one.account.id for one in acting if may_close(one.account)},
        invitations=[
            (one, view.label(one.organisation, lang()) if one.organisation else "")
            for one in accounts.invitations(cluster.iri)
        ],
        managers=accounts.managers_of(cluster.iri),
        done=request.args.get("done", ""),
    )
