"""``/account``: what somebody changes about their own account."""

from datetime import timedelta
from typing import Final

from flask import Blueprint, redirect, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from webapp.accounts import Account, AccountsError
from webapp.accounts.clock import now
from webapp.accounts.current import (
    asks_with_token,
    forget_viewer,
    require_account,
    shown_now,
    sign_in,
    sign_out,
)
from webapp.accounts.passwords import fits
from webapp.accounts.tokens import SCOPES
from webapp.addresses import url_home
from webapp.errors import abort_with
from webapp.languages import COOKIE, LANGUAGES, lang
from webapp.limits import count_failure, refuse_after_failures
from webapp.security import require_own_form
from webapp.services import services
from webapp.signing.filled import Filled
from webapp.signing.going_on import go
from webapp.signing.organisations import Meant, meant_by

blueprint = Blueprint("mine", __name__)

TOKEN_DAYS: Final = ("30", "90", "365")
"""For how long a token may be made."""


@blueprint.before_request
def _only_mine() -> None:
    require_account()
    if asks_with_token():
        abort_with(
            403,
            _("A token cannot change the account that it belongs to."),
            _("Sign in with a browser."),
            code="scope",
        )
    if request.method != "GET":
        require_own_form()


@blueprint.get("/account")
def account() -> str:
    """My account."""
    return _page()


@blueprint.post("/account/details")
def details() -> Response | tuple[str, int]:
    """Another name or language."""
    form = Filled.sent("name", "language")
    form.need("name", _("Type your name."))
    if form["language"] not in LANGUAGES:
        form.wrong("language", _("Choose one of the languages."))
    if not form.fits:
        return _page(details=form), 400
    services().accounts.change(require_account().id, name=form["name"], language=form["language"])
    answer = redirect(request.script_root + "/account", 303)
    answer.set_cookie(COOKIE, form["language"], max_age=31_536_000, samesite="Lax", httponly=True)
    return answer


@blueprint.post("/account/password")
def password() -> Response | tuple[str, int]:
    """Another password; all other browsers are signed out."""
    mine = require_account()
    form = Filled.sent("old_password", "password", "password_again")
    form.need("password", _("Choose a password."))
    if form["password"] != form["password_again"]:
        form.wrong("password_again", _("This is not the same password. Type it once more."))
    _check_password(form, mine, "old_password")
    if form.fits:
        try:
            services().accounts.change_password(mine.id, form["password"])
        except AccountsError as error:
            form.wrong("password", error)
    if not form.fits:
        return _page(password=form), 400
    # The change has signed out every browser; this one comes back with a new cookie.
    sign_in(services().accounts.by_id(mine.id) or mine)
    return go("mine.account", done="password")


@blueprint.post("/account/acting")
def act_for() -> Response | tuple[str, int]:
    """Say that I act for an organisation; somebody has to confirm it."""
    form = Filled.sent("organisation", "which")
    meant = meant_by(form, required=True)
    if meant.thing is None:
        return _page(acting=form, meant=meant), 400
    services().accounts.act_for(require_account().id, meant.thing.iri)
    return go("mine.account", done="acting")


@blueprint.post("/account/acting/stop")
def stop_acting() -> Response:
    """I act for an organisation no longer."""
    services().accounts.stop_acting(require_account().id, Filled.sent("iri")["iri"])
    forget_viewer()
    return go("mine.account")


@blueprint.post("/account/browsers")
def others_out() -> Response:
    """Sign all other browsers out."""
    services().accounts.end_all(require_account().id, but=shown_now())
    return go("mine.account", done="browsers")


@blueprint.post("/account/tokens")
def make_token() -> str | tuple[str, int]:
    """Make a token; its secret is shown this once."""
    form = Filled.sent("token_name", "days")
    form.need("token_name", _("Name what the token is for."))
    scopes = [scope for scope in SCOPES if request.form.get(f"scope-{scope}")]
    if not scopes:
        form.wrong("scope", _("Choose at least one thing that the token may do."))
    if form["days"] not in TOKEN_DAYS:
        form.wrong("days", _("Choose how long the token is good."))
    if not form.fits:
        form.values |= {f"scope-{scope}": "yes" for scope in scopes}
        return _page(token=form), 400
    made, secret = services().accounts.create_token(
        require_account().id,
        form["token_name"],
        scopes,
        expires=now() + timedelta(days=int(form["days"])),
    )
    return render_template("accounts/token.html", token=made, secret=secret)


@blueprint.post("/account/tokens/<token_id>/revoke")
def revoke_token(token_id: str) -> Response:
    """End a token of mine."""
    if token_id.isalnum():
        services().accounts.revoke_token(token_id, account_id=require_account().id)
    return go("mine.account", done="token")


@blueprint.post("/account/close")
def close() -> Response | tuple[str, int]:
    """Close my account."""
    mine = require_account()
    form = Filled.sent("closing_password", "sure")
    form.need("sure", _("Tick the box if you are sure."))
    if mine.password_hash is not None:
        _check_password(form, mine, "closing_password")
    if (
        mine.administrator
        and len(
            [
                one
                for one in services().accounts.all()
                if one.administrator and one.status == "active"
            ]
        )
        == 1
    ):
        form.wrong("", _("You are the only administrator. Make somebody else one first."))
    if not form.fits:
        return _page(closing=form), 400
    services().accounts.close(mine.id, by=mine.id)
    sign_out()
    return redirect(url_home(), 303)


def _check_password(form: Filled, mine: Account, field: str) -> None:
    """Whether who asks knows the password; guessing is limited as at the sign-in."""
    if not form.fits:
        return
    refuse_after_failures("own-password")
    if not fits(form[field], mine.password_hash):
        count_failure("own-password")
        form.wrong(field, _("This is not your password."))


def _page(meant: Meant | None = None, **forms: Filled) -> str:
    mine = require_account()
    accounts, view = services().accounts, services().view()
    own = Filled({"name": mine.name, "language": mine.language})
    names = ("details", "password", "acting", "token", "closing")
    # A field of one form must not take the focus from that of another.
    given = {name: forms.get(name, Filled()) for name in names} | {
        "details": forms.get("details", own)
    }
    return render_template(
        "accounts/account.html",
        account=mine,
        forms=given,
        choices=meant.choices if meant else (),
        acting=[(one, view.label(one.organisation, lang())) for one in accounts.acting(mine.id)],
        managing=[(iri, view.label(iri, lang())) for iri in accounts.manages(mine.id)],
        tokens=accounts.tokens(mine.id),
        browsers=accounts.sign_ins(mine.id),
        scopes=SCOPES,
        token_days=TOKEN_DAYS,
        done=request.args.get("done", ""),
        now=now(),
    )
