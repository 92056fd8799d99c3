"""Which language a page speaks: the address wins over the cookie, over the browser."""

from typing import Final

from flask import Flask, current_app, g, has_request_context, request
from flask_babel import Babel

LANGUAGES: Final = {"de": "Deutsch", "en": "English"}
COOKIE: Final = "lang"


def lang() -> str:
    """The language of this request: ``de`` or ``en``."""
    if not has_request_context():
        return "en"
    if "lang" not in g:
        g.lang = _choose()
    return str(g.lang)


def explicit_lang() -> str:
    """The language that the address itself asks for, or empty."""
    asked = request.args.get("lang", "")
    return asked if asked in LANGUAGES else ""


def _choose() -> str:
    remembered = request.cookies.get(COOKIE, "")
    if asked := explicit_lang():
        return asked
    if remembered in LANGUAGES:
        return remembered
    fallback = current_app.extensions["settings"].default_language
    return request.accept_languages.best_match(list(LANGUAGES), default=fallback) or fallback


def init_languages(app: Flask) -> None:
    """Connect Flask-Babel, and remember a language that was asked for."""
    Babel(
        app,
        default_locale="en",
        default_translation_directories="translations",
        locale_selector=lang,
    )

    @app.after_request
    def _remember(response):  # type: ignore[no-untyped-def]
        asked = explicit_lang()
        if asked and request.cookies.get(COOKIE) != asked and response.mimetype == "text/html":
            response.set_cookie(COOKIE, asked, max_age=31_536_000, samesite="Lax", httponly=True)
        return response
