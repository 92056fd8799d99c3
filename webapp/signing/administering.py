"""``/administration``: all accounts, who manages what, and the audit log; for administrators."""

from typing import Any, Final

from flask import Blueprint, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from graph import fold
from webapp.accounts import Account, AccountsError
from webapp.accounts.current import asks_with_token, require_account, require_administrator
from webapp.accounts.mail_addresses import could_be_address
from webapp.errors import abort_with
from webapp.languages import LANGUAGES, lang
from webapp.mailing import MailError
from webapp.security import require_own_form
from webapp.services import services
from webapp.signing import mails
from webapp.signing.audit_words import in_words
from webapp.signing.filled import Filled
from webapp.signing.going_on import go

blueprint = Blueprint("administering", __name__)

SHOWN: Final = 200
"""Accounts and entries of the log on a page."""


@blueprint.before_request
def _only_administrators() -> None:
    require_administrator()
    if asks_with_token():
        abort_with(403, _("This is done in the browser only."), _("Sign in there."), code="scope")
    if request.method != "GET":
        require_own_form()


@blueprint.get("/administration")
def accounts() -> str:
    """All accounts; ``q`` looks for some of them."""
    return _list_page(Filled({"language": lang()}))


@blueprint.post("/administration/invite")
def invite() -> Response | tuple[str, int]:
    """Invite somebody, perhaps as the manager of a cluster."""
    form = Filled.sent("email", "cluster", "language")
    form.need("email", _("Type an e-mail address."))
    if form["email"] and not could_be_address(form["email"]):
        form.wrong("email", _("This is no e-mail address. Check its spelling."))
    if form["language"] not in LANGUAGES:
        form.wrong("language", _("Choose one of the languages."))
    cluster = _network(form["cluster"])
    if form["cluster"] and cluster is None:
        form.wrong("cluster", _("Choose one of the clusters."))
    if form.fits:
        mine, known = require_account(), services().accounts
        invitation = known.invite(
            form["email"],
            by=mine.id,
            cluster=cluster.iri if cluster else None,
            manages=cluster is not None,
            language=form["language"],
        )
        try:
            about = cluster.label(form["language"]) if cluster else services().settings.site_name
            mails.mail_invitation(invitation, host=mine.name, guest_of=about)
        except MailError as error:
            known.withdraw(invitation.id)
            form.wrong("email", error)
    if not form.fits:
        return _list_page(form), 400
    return go("administering.accounts", done="invited")


@blueprint.get("/administration/account/<account_id>")
def account(account_id: str) -> str:
    """One account, and what can be changed about it."""
    return _account_page(_account(account_id))


@blueprint.post("/administration/account/<account_id>/confirm")
def confirm(account_id: str) -> Response | tuple[str, int]:
    """Let an account in that waits."""
    found = _account(account_id)
    try:
        mails.mail_let_in(services().accounts.confirm(found.id, by=require_account().id))
    except AccountsError as error:
        return _account_page(found, error.text(lang())), 409
    return go("administering.account", account_id=found.id)


@blueprint.post("/administration/account/<account_id>/manage")
def manage(account_id: str) -> Response | tuple[str, int]:
    """Let an account manage a cluster."""
    found, cluster = _account(account_id), _network(request.form.get("cluster", ""))
    if cluster is None or found.status != "active":
        return _account_page(found, _("Choose one of the clusters.")), 400
    services().accounts.manage(found.id, cluster.iri, by=require_account().id)
    return go("administering.account", account_id=found.id)


@blueprint.post("/administration/account/<account_id>/stop-managing")
def stop_managing(account_id: str) -> Response:
    """An account manages a cluster no longer."""
    services().accounts.stop_managing(
        _account(account_id).id, Filled.sent("cluster")["cluster"], by=require_account().id
    )
    return go("administering.account", account_id=account_id)


@blueprint.post("/administration/account/<account_id>/appoint")
def appoint(account_id: str) -> Response | tuple[str, int]:
    """Make an account an administrator, or one no longer."""
    found, mine = _account(account_id), require_account()
    if found.id == mine.id or found.status != "active":
        return _account_page(found, _("Another administrator has to do that.")), 409
    wanted = bool(request.form.get("administrator"))
    services().accounts.appoint(found.id, administrator=wanted, by=mine.id)
    return go("administering.account", account_id=found.id)


@blueprint.post("/administration/account/<account_id>/acting")
def acting(account_id: str) -> Response:
    """Confirm that an account acts for an organisation, or end it."""
    found, iri, mine = _account(account_id), request.form.get("iri", ""), require_account()
    known = services().accounts
    if any(one.organisation == iri for one in known.acting(found.id)):
        if request.form.get("what") == "confirm":
            known.confirm_acting(found.id, iri, how="manager", by=mine.id)
        else:
            known.stop_acting(found.id, iri, by=mine.id)
    return go("administering.account", account_id=found.id)


@blueprint.post("/administration/account/<account_id>/close")
def close(account_id: str) -> Response | tuple[str, int]:
    """Close an account."""
    found, mine = _account(account_id), require_account()
    if found.id == mine.id:
        return _account_page(found, _("Close your own account on its own page.")), 409
    services().accounts.close(found.id, by=mine.id)
    return go("administering.account", account_id=found.id)


@blueprint.get("/administration/audit")
def audit() -> str:
    """What was done last, by whom."""
    known = services().accounts
    names = {one.id: one.name or one.email for one in known.all()}
    entries = in_words(known.audited(limit=SHOWN), names)
    return render_template("accounts/audit.html", entries=entries, names=names, shown=SHOWN)


def _account(account_id: str) -> Account:
    found = services().accounts.by_id(account_id) if account_id.isalnum() else None
    if found is None:
        abort_with(
            404,
            _("There is no such account (any more)."),
            _("Look for it in the list of all accounts."),
            code="not-found",
        )
    return found


def _network(place: str) -> Any:
    """The cluster or section that ``kind/slug`` names."""
    kind, _slash, slug = place.partition("/")
    return services().view().find(kind, slug) if kind in ("cluster", "organisation") else None


def _clusters() -> list[tuple[str, str]]:
    found = [
        (f"{one.kind}/{one.slug}", one.label(lang())) for one in services().view().things("cluster")
    ]
    return sorted(found, key=lambda pair: fold(pair[1]))


def _list_page(form: Filled) -> str:
    asked = request.args.get("q", "").strip()
    known = services().accounts.all()
    found = [one for one in known if fold(asked) in fold(one.name) or asked.casefold() in one.email]
    # Whoever waits for somebody comes first.
    found.sort(key=lambda one: (one.status != "waiting", one.email))
    return render_template(
        "accounts/administration.html",
        form=form,
        accounts=found[:SHOWN],
        total=len(found),
        shown=SHOWN,
        q=asked,
        clusters=_clusters(),
        done=request.args.get("done", ""),
    )


def _account_page(found: Account, error: str = "") -> str:
    known, view = services().accounts, services().view()
    return render_template(
        "accounts/administered.html",
        account=found,
        error=error,
        acting=[(one, view.label(one.organisation, lang())) for one in known.acting(found.id)],
        managing=[(iri, view.label(iri, lang())) for iri in known.manages(found.id)],
        clusters=_clusters(),
    )
