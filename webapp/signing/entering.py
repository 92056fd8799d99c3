"""``/sign-in`` and ``/sign-out``."""

from flask import Blueprint, redirect, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from webapp.accounts import Account
from webapp.accounts.current import current_account, sign_in, sign_out
from webapp.addresses import url_home
from webapp.languages import COOKIE, explicit_lang
from webapp.limits import count_failure, refuse_after_failures
from webapp.security import require_own_form
from webapp.services import services
from webapp.signing.filled import Filled
from webapp.signing.going_on import go_on, own_path

blueprint = Blueprint("entering", __name__)

LONGEST_PASSWORD = 1000
"""Characters of what is typed as a password; more is no password of anybody."""


@blueprint.get("/sign-in")
def enter() -> Response | str:
    """The form; whoever is signed in goes on."""
    return go_on() if current_account() else _page(Filled())


@blueprint.post("/sign-in")
def entered() -> Response | tuple[str, int]:
    """Sign in with address and password."""
    require_own_form()
    refuse_after_failures("sign-in")
    form = Filled.sent("email", "password", "stay")
    form.need("email", _("Type the e-mail address of your account."))
    form.need("password", _("Type your password."))
    if not form.fits:
        return _page(form), 400
    account = services().accounts.authenticate(form["email"], form["password"][:LONGEST_PASSWORD])
    if account is None:
        count_failure("sign-in")
        # One sentence for whatever it was: who asks does not learn which addresses have accounts.
        form.wrong(
            "password",
            _(
                "Address and password do not fit, or the account is not open yet. After too "
                "many attempts it rests for a quarter of an hour."
            ),
        )
        return _page(form), 400
    return let_in(account, stay=bool(form["stay"]))


@blueprint.post("/sign-out")
def leave() -> Response:
    """Sign this browser out."""
    require_own_form()
    sign_out()
    return redirect(url_home(), 303)


def let_in(account: Account, *, stay: bool = False, wanted: str = "") -> Response:
    """Sign the browser in, and go on in the account's language where none was asked for.

    Args:
        account: whom.
        stay: whether the browser keeps that when it is closed.
        wanted: the page to go on to, where the form does not say it.
    """
    sign_in(account, stay=stay)
    services().accounts.audit(account, "sign in", account.id)
    answer = go_on(wanted)
    if not explicit_lang():
        answer.set_cookie(
            COOKIE, account.language, max_age=31_536_000, samesite="Lax", httponly=True
        )
    return answer


def _page(form: Filled) -> str:
    wanted = own_path(request.values.get("next", ""))
    settings = services().settings
    provider = settings.oidc_name if settings.oidc_issuer else ""
    return render_template("accounts/sign_in.html", form=form, wanted=wanted, provider=provider)
