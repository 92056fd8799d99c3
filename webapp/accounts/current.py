"""Who asks in this request: a browser that is signed in, or a program with a token.

Flask-Login keeps the browser's side. What its cookie says is drawn anew at each sign-in and only
known to the database as a digest, so that signing out, a new password or an administrator ends it
at once. A program sends ``Authorization: Bearer <token>``; it may read where its token has the
scope ``read``, and change things only at addresses that say which scope they want
(:func:`for_tokens`).
"""

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final, TypeVar

from flask import Flask, Response, abort, current_app, g, redirect, request, session
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import LoginManager, UserMixin, current_user, login_user, logout_user
from pyoxigraph import NamedNode
from sqlalchemy.exc import DataError, SQLAlchemyError
from werkzeug.exceptions import BadRequest

from graph import ANONYMOUS, Viewer, networks_of
from ontology import CR
from webapp.accounts.accounts import Accounts
from webapp.accounts.tables import Account
from webapp.addresses import url_sign_in
from webapp.errors import AppError, abort_with, answer_error, error_of, wants_json
from webapp.services import services

log = logging.getLogger(__name__)

View = TypeVar("View", bound=Callable[..., Any])

_READING: Final = frozenset({"GET", "HEAD", "OPTIONS"})
_SCHEME: Final = "bearer "
_BELONGS_TO: Final = tuple(CR + name for name in ("worksFor", "operatedBy", "listedBy"))
"""Whoever is at the other end of these may edit a thing."""


@dataclass(frozen=True)
class Browser(UserMixin):  # type: ignore[misc]
    """A browser that is signed in.

    Attributes:
        account: with which account.
        shown: what its cookie says.
    """

    account: Account
    shown: str

    def get_id(self) -> str:
        """What Flask-Login writes into the cookie."""
        return self.shown


def current_account() -> Account | None:
    """The account that asks, or None for a visitor."""
    if "asking" not in g:
        browser = _browser()
        g.asking = browser.account if isinstance(browser, Browser) else None
    found: Account | None = g.asking
    return found


def current_viewer() -> Viewer:
    """Who asks, for everything that reads."""
    if "viewer" not in g:
        account = current_account()
        g.viewer = _accounts().viewer_of(account) if account else ANONYMOUS
    found: Viewer = g.viewer
    return found


def forget_viewer() -> None:
    """What the account may read has changed within this request, or who asks."""
    g.pop("viewer", None)
    g.pop("asking", None)


def sign_in(account: Account, *, stay: bool = False) -> None:
    """Sign this browser in.

    Nothing that the browser held before goes on: a cookie that somebody else planted is worth
    nothing afterwards.

    Args:
        account: with which account, which must be active.
        stay: whether the browser keeps the cookie when it is closed.
    """
    if account.status != "active":
        raise ValueError("only an active account signs in")
    sign_out()
    session.permanent = stay
    login_user(Browser(account, _accounts().begin(account.id)))
    forget_viewer()


def sign_out() -> None:
    """Sign this browser out; its cookie is worth nothing from now on."""
    browser = _browser()
    if isinstance(browser, Browser):
        _accounts().end(browser.shown)
    logout_user()
    session.clear()
    forget_viewer()


def shown_now() -> str:
    """What this browser's cookie says, to spare it where all others are signed out."""
    browser = _browser()
    return browser.shown if isinstance(browser, Browser) else ""


def require_account() -> Account:
    """The account that asks; a visitor is sent to sign in first."""
    account = current_account()
    if account is None:
        if request.method == "GET" and not wants_json():
            abort(redirect(url_sign_in(request.full_path.rstrip("?"))))
        abort_with(
            401,
            _("You are not signed in."),
            _("Sign in, or send a token, and try again."),
            code="not-signed-in",
        )
    return account


def require_administrator() -> Account:
    """The administrator who asks."""
    account = require_account()
    if not account.administrator:
        _refuse(_("Ask an administrator."))
    return account


def require_manager_of(cluster: str) -> Account:
    """The account that asks, which manages a cluster (by its IRI) or is an administrator.

    The answer is the same for a cluster that does not exist.
    """
    account = require_account()
    if not account.administrator and cluster not in manages():
        _refuse(_("Ask somebody who manages this cluster."))
    return account


def manages() -> tuple[str, ...]:
    """IRIs of the clusters and sections that the account that asks manages."""
    account = current_account()
    return _accounts().manages(account.id) if account else ()


def may_edit(thing: str) -> bool:
    """Whether the account that asks may edit a thing, by its canonical IRI.

    It may where it acts for the organisation, or for the one that a person works for, that
    operates a device or that made an offer; where it manages the cluster, or one that the
    organisation is a member of as far as lists say so; where the thing is its own person; and
    where it is an administrator.
    """
    account = current_account()
    if account is None:
        return False
    if account.administrator or account.person == thing:
        return True
    owners = {thing, *_owners(thing)}
    accounts, knowledge = _accounts(), services().knowledge
    if owners & set(accounts.acts_for(account.id)):
        return True
    managed = manages()
    if not managed:
        return False
    if owners & set(managed):
        return True
    places = map(knowledge.addresses.parse, managed)
    networks = {f"network:{place[0]}/{place[1]}" for place in places if place}
    return bool(networks & networks_of(knowledge, owners))


def _owners(thing: str) -> Iterator[str]:
    # Only what is said of the thing itself counts: that somebody claims to employ a person is a
    # statement about the claimant, who may write it, and it must not open the person's profile.
    view = services().view()
    for predicate in _BELONGS_TO:
        for statement in view.statements(thing, predicate, inferred=False):
            if isinstance(statement.object, NamedNode):
                yield statement.object.value


def for_tokens(scope: str) -> Callable[[View], View]:
    """Let a program with a token of a scope use a view, whatever the method."""

    def mark(view: View) -> View:
        view.token_scope = scope  # type: ignore[attr-defined]
        return view

    return mark


def asks_with_token() -> bool:
    """Whether a program asks with a token, so that no form of ours is behind the request."""
    return bool(g.get("with_token"))


def init_current(app: Flask) -> None:
    """Connect Flask-Login, and look at the token before any view runs."""
    manager = LoginManager()
    # What the cookie says is checked in the database; a changed address or browser is no theft.
    manager.session_protection = None
    manager.init_app(app, add_context_processor=False)

    @manager.user_loader  # type: ignore[untyped-decorator]
    def _load(shown: str) -> Browser | None:
        account = _accounts().by_sign_in(shown)
        return Browser(account, shown) if account else None

    app.before_request(_look_at_token)

    @app.after_request
    def _keep_private(response: Response) -> Response:
        # Where nobody has looked at who asks, the answer is the same for everybody.
        if "asking" in g:
            response.vary.update(("Cookie", "Authorization"))
        if g.get("asking") is not None:
            response.cache_control.private = True
            response.cache_control.no_cache = True
        return response

    @app.errorhandler(SQLAlchemyError)
    def _no_database(error: SQLAlchemyError) -> ResponseReturnValue:
        if isinstance(error, DataError):
            # A zero byte, say, which no text of PostgreSQL may have.
            return answer_error(error_of(BadRequest()))
        log.error("the accounts cannot be read at %s", request.path, exc_info=error)
        # The page that says so does not ask again.
        g.asking, g.viewer = None, ANONYMOUS
        return answer_error(
            AppError(
                503,
                _("The accounts cannot be read at the moment."),
                _("Try again in a few minutes."),
                "accounts-unavailable",
            )
        )

    @app.context_processor
    def _names() -> dict[str, object]:
        return {"current_account": current_account()}


def _look_at_token() -> None:
    given = request.headers.get("Authorization", "")
    if not given.lower().startswith(_SCHEME):
        return
    found = _accounts().by_token(given[len(_SCHEME) :].strip())
    if found is None:
        abort_with(
            401,
            _("This token is not good (any more)."),
            _("Make a new one in your account, or leave the header out to read what is public."),
            code="bad-token",
        )
    account, scopes = found
    wanted = _wanted_scope()
    if wanted not in scopes:
        abort_with(
            403,
            _("This token may not do that."),
            _("Make one that has the scope, or do it in the browser."),
            code="scope",
            scope=wanted or None,
        )
    g.asking, g.with_token = account, True


def _wanted_scope() -> str:
    """The scope that a token needs here; empty where no token will do."""
    view = current_app.view_functions.get(request.endpoint or "")
    marked: str = getattr(view, "token_scope", "")
    return marked or ("read" if request.method in _READING else "")


def _refuse(remedy: str) -> Any:
    abort_with(403, _("This is not open to you."), remedy, code="not-allowed")


def _browser() -> object:
    return current_user._get_current_object()


def _accounts() -> Accounts:
    return services().accounts
