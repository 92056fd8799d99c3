"""``/sign-in/provider``: signing in through an OpenID Connect provider, where the operator has one.

The provider says which address somebody has, and that it has seen to it; that address chooses the
account. Whoever has none is registered and waits for a manager, as with a form. Needs the extra
``clusterradar[oidc]``.
"""

import logging
import secrets
from typing import Any, Final, NoReturn

from flask import Blueprint, current_app, render_template, request, session
from flask.sansio.blueprints import BlueprintSetupState
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from webapp.accounts import Account
from webapp.accounts.mail_addresses import could_be_address
from webapp.addresses import url_to
from webapp.errors import abort_with, nothing_here
from webapp.languages import lang
from webapp.limits import count_attempt
from webapp.links import absolute
from webapp.services import services
from webapp.settings import PREFIX, SettingError, Settings
from webapp.signing import mails
from webapp.signing.entering import let_in
from webapp.signing.going_on import own_path
from webapp.signing.reach import managers_for

blueprint = Blueprint("oidc", __name__)
log = logging.getLogger(__name__)

_SECONDS: Final = 10
_EXTENSION: Final = "oidc"
_WANTED: Final = "provider-next"


@blueprint.record
def _connect(state: BlueprintSetupState) -> None:
    """Make the client at the start, so that a setting that lacks is told then."""
    settings: Settings = state.app.extensions["settings"]
    if not settings.oidc_issuer:
        return
    if not settings.oidc_client_id or not settings.oidc_client_secret:
        raise SettingError(
            f"{PREFIX}OIDC_ISSUER is set, so {PREFIX}OIDC_CLIENT_ID and "
            f"{PREFIX}OIDC_CLIENT_SECRET must be, too. Take them from the provider."
        )
    try:
        from authlib.integrations.flask_client import OAuth  # noqa: PLC0415
    except ImportError as error:
        raise SettingError(
            f"{PREFIX}OIDC_ISSUER is set, but Authlib is not installed. "
            "Install clusterradar[oidc], or unset it."
        ) from error
    issuer = settings.oidc_issuer.rstrip("/")
    state.app.extensions[_EXTENSION] = OAuth(state.app).register(
        "provider",
        client_id=settings.oidc_client_id,
        client_secret=settings.oidc_client_secret,
        server_metadata_url=f"{issuer}/.well-known/openid-configuration",
        client_kwargs={
            "scope": "openid email profile",
            "code_challenge_method": "S256",
            "default_timeout": _SECONDS,
        },
    )


@blueprint.get("/sign-in/provider")
def start() -> Response:
    """Go to the provider."""
    client = _client()
    from requests import RequestException  # noqa: PLC0415

    count_attempt("provider")
    session[_WANTED] = own_path(request.args.get("next", ""))
    try:
        answer: Response = client.authorize_redirect(absolute(url_to("oidc.back", lang=None)))
    except (RequestException, RuntimeError) as error:
        _failed(error)
    return answer


@blueprint.get("/sign-in/provider/back")
def back() -> Response | str:
    """Come back from the provider, which says who this is."""
    client = _client()
    count_attempt("provider")
    claims = _claims(client)
    email = str(claims.get("email", ""))
    if claims.get("email_verified") is not True or not could_be_address(email):
        abort_with(
            403,
            _("The provider does not say that it has checked your e-mail address."),
            _("Confirm the address there, or sign in with a password."),
            code="address-unverified",
        )
    account = services().accounts.by_email(email)
    if account is not None and account.status == "active":
        wanted = session.get(_WANTED, "")
        return let_in(account, wanted=wanted)
    if account is None:
        _register(email, str(claims.get("name", "")) or email)
    return _waits(account)


def _claims(client: Any) -> dict[str, Any]:
    from authlib.integrations.flask_client import OAuthError  # noqa: PLC0415
    from joserfc.errors import JoseError  # noqa: PLC0415
    from requests import RequestException  # noqa: PLC0415

    own = services().settings.oidc_issuer.rstrip("/")
    try:
        issuer = str(client.load_server_metadata().get("issuer", ""))
        if issuer.rstrip("/") != own:
            _failed(ValueError(f"the provider calls itself {issuer}"))
        # State, nonce, signature, issuer, audience and times are checked by the library.
        token = client.authorize_access_token(
            claims_options={"iss": {"essential": True, "values": [issuer]}}
        )
    except (OAuthError, JoseError, RequestException, RuntimeError, ValueError) as error:
        _failed(error)
    claims: dict[str, Any] | None = token.get("userinfo")
    if not claims or not claims.get("sub"):
        _failed(ValueError("no identity token"))
    return claims


def _register(email: str, name: str) -> None:
    """An account that waits; its address is confirmed, for the provider has seen to it."""
    accounts = services().accounts
    made = accounts.register(email, name, secrets.token_urlsafe(32), language=lang())
    if made is None:
        return
    accounts.confirm_address(made.id)
    for manager in managers_for(made):
        mails.mail_waiting(manager, made)


def _waits(account: Account | None) -> str:
    if account is not None and account.status == "invited":
        text = _("You are invited: follow the link in the mail of the invitation first.")
    elif account is not None and account.status == "closed":
        text = _("This account is closed. Ask whoever runs this server.")
    else:
        text = _(
            "Somebody who manages your cluster looks at it now. You get a mail as soon as you can "
            "sign in."
        )
    return render_template("accounts/said.html", title=_("You cannot sign in yet."), text=text)


def _client() -> Any:
    found = current_app.extensions.get(_EXTENSION)
    if found is None:
        nothing_here()
    return found


def _failed(error: Exception) -> NoReturn:
    # What the provider or the library says is for whoever runs this server.
    log.warning("signing in through the provider failed: %s", error)
    session.pop(_WANTED, None)
    abort_with(
        502,
        _("Signing in through the provider did not work."),
        _("Try again; if it stays, tell whoever runs this server, or use a password."),
        code="provider",
    )
