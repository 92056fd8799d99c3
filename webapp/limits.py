"""How often one address may try something: sign in, register, have a mail sent.

Flask-Limiter counts, in memory or wherever ``limits_storage`` says. An address is that of the
network; how often one account was tried is counted where accounts are (``webapp/accounts``).
"""

import time
from typing import Final, NoReturn

from flask import Flask, current_app, request
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from limits import RateLimitItem, RateLimitItemPerHour, RateLimitItemPerMinute
from limits.errors import ConfigurationError
from werkzeug.exceptions import TooManyRequests

from webapp.settings import PREFIX, SettingError, Settings

_HOUR_IN_MINUTES: Final = 10
"""Within an hour ten times as much may be tried as within a minute, not sixty times."""


def init_limits(app: Flask, settings: Settings) -> None:
    """Connect Flask-Limiter; no address is limited by default, only what asks for it here.

    Raises:
        SettingError: there is no such storage, or what it needs is not installed.
    """
    limiter = Limiter(
        get_remote_address, storage_uri=settings.limits_storage, strategy="moving-window"
    )
    try:
        limiter.init_app(app)
    except ConfigurationError as error:
        raise SettingError(f"{PREFIX}LIMITS_STORAGE cannot be used: {error}.") from error
    app.extensions["attempts"] = limiter


def count_attempt(what: str) -> None:
    """Count that this address tries something.

    Args:
        what: the word under which it is counted.

    Raises:
        TooManyRequests: it did so too often; the answer says when it may again.
    """
    for allowed in _allowed():
        if not _limiter().limiter.hit(allowed, what, _who()):
            _refuse(allowed, what)


def refuse_after_failures(what: str) -> None:
    """Let nobody try who failed too often; success costs nothing, so that an office can share
    one address.

    Raises:
        TooManyRequests: this address failed too often; the answer says when it may try again.
    """
    for allowed in _allowed():
        if not _limiter().limiter.test(allowed, what, _who()):
            _refuse(allowed, what)


def count_failure(what: str) -> None:
    """Count that this address tried something and failed."""
    for allowed in _allowed():
        _limiter().limiter.hit(allowed, what, _who())


def may_send_mail(to: str) -> bool:
    """Count a mail that somebody who is not signed in makes us send, and whether it may go.

    The page says the same in both cases: whoever asks does not learn whether there is an account.

    Args:
        to: the address that it would go to.
    """
    most = RateLimitItemPerHour(current_app.extensions["settings"].mails_per_hour)
    return bool(_limiter().limiter.hit(most, "mail", to.strip().casefold()))


def _allowed() -> tuple[RateLimitItem, ...]:
    most = current_app.extensions["settings"].attempts_per_minute
    return RateLimitItemPerMinute(most), RateLimitItemPerHour(most * _HOUR_IN_MINUTES)


def _who() -> str:
    return request.remote_addr or ""


def _refuse(allowed: RateLimitItem, what: str) -> NoReturn:
    again = _limiter().limiter.get_window_stats(allowed, what, _who()).reset_time
    raise TooManyRequests(retry_after=max(1, int(again - time.time()) + 1))


def _limiter() -> Limiter:
    found = current_app.extensions["attempts"]
    assert isinstance(found, Limiter)
    return found
