"""Headers that keep a page to itself, and forms that only its own pages may send.

No foreign host, no inline script, no framing. A form that changes something must come from
a page of this server (the browser says where a request comes from) and bring the token
that the same browser has in a cookie.
"""

import hmac
import secrets
from typing import Final

from flask import Flask, Response, g, request
from flask_babel import gettext as _

from webapp.errors import abort_with

POLICY: Final = "; ".join(
    (
        "default-src 'self'",
        "img-src 'self' data:",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
FORM_COOKIE: Final = "form"
FORM_FIELD: Final = "form_token"


def form_token() -> str:
    """The token that a form of this page carries in a field of the name ``form_token``."""
    if "form_token" not in g:
        known = request.cookies.get(FORM_COOKIE, "")
        g.form_token = known if len(known) >= 32 else secrets.token_urlsafe(32)
    return str(g.form_token)


def require_own_form() -> None:
    """Refuse a form that was not sent from a page of this server in the same browser.

    A program with a token needs none: no browser sends one by itself, and where a token may
    change something at all was looked at before.
    """
    if g.get("with_token"):
        return
    site = request.headers.get("Sec-Fetch-Site", "")
    origin = request.headers.get("Origin", "")
    # A page that tells nobody its address has the origin "null"; then the site alone says it.
    foreign = site not in ("", "same-origin", "none") or (
        origin not in ("", "null" if site == "same-origin" else "")
        and origin.partition("://")[2] != request.host
    )
    known = request.cookies.get(FORM_COOKIE, "")
    given = request.form.get(FORM_FIELD, "")
    if foreign or not known or not hmac.compare_digest(known.encode(), given.encode()):
        abort_with(
            403,
            _("This form was not sent from a page of this server, or it is too old."),
            _("Open the page again, allow its cookie, and send the form from there."),
            code="foreign-form",
        )


def init_security(app: Flask) -> None:
    """Add the headers to every answer, and the token to the templates."""
    app.jinja_env.globals["form_token"] = form_token

    @app.after_request
    def _headers(response: Response) -> Response:
        response.headers.setdefault("Content-Security-Policy", POLICY)
        response.headers.setdefault("X-Content-Type-Options", "nosniff")
        response.headers.setdefault("Referrer-Policy", "same-origin")
        response.headers.setdefault("X-Frame-Options", "DENY")
        if "form_token" in g and request.cookies.get(FORM_COOKIE) != g.form_token:
            response.set_cookie(
                FORM_COOKIE,
                g.form_token,
                samesite="Strict",
                httponly=True,
                secure=request.is_secure,
            )
        return response
