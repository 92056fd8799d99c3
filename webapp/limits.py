"""How often one address may try something: sign in, register, have a mail sent.

Flask-Limiter counts, in memory or wherever ``limits_storage`` says. An address is that of the
network; how often one account was tried is counted where accounts are (``webapp/accounts``).

Where a shared storage does not answer, nobody is locked out and nobody may guess without end:
each server counts for itself until it answers again, and says so in its log.
"""

import logging
import time
from collections.abc import Callable
from typing import Any, Final, NoReturn, TypeVar

from flask import Flask, current_app, request
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from limits import RateLimitItem, RateLimitItemPerHour, RateLimitItemPerMinute
from limits.errors import ConfigurationError, StorageError
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter, RateLimiter
from werkzeug.exceptions import TooManyRequests

from webapp.settings import PREFIX, SettingError, Settings

log = logging.getLogger(__name__)

Answer = TypeVar("Answer")

_HOUR_IN_MINUTES: Final = 10
"""Within an hour ten times as much may be tried as within a minute, not sixty times."""

_REST_SECONDS: Final = 30
"""How long a storage that did not answer is left alone: nobody should wait for it each time."""

_WAIT_SECONDS: Final = 2
"""How long a storage on the network is waited for."""


class Attempts:
    """Counts attempts in a storage; in memory while that does not answer.

    Args:
        limiter: counts in the storage.
    """

    def __init__(self, limiter: Limiter) -> None:
        self._limiter = limiter
        self._own = MovingWindowRateLimiter(MemoryStorage())
        self._rests_until = 0.0

    def ask(self, question: Callable[[RateLimiter], Answer]) -> Answer:
        """Put a question to what counts."""
        if time.monotonic() >= self._rests_until:
            try:
                return question(self._limiter.limiter)
            except StorageError as error:
                self._rests_until = time.monotonic() + _REST_SECONDS
                log.warning(
                    "%sLIMITS_STORAGE does not answer (%s). Attempts to sign in are counted by "
                    "this server alone until it does. Start it, or correct the setting.",
                    PREFIX,
                    error.storage_error,
                )
        return question(self._own)


def init_limits(app: Flask, settings: Settings) -> None:
    """Connect Flask-Limiter; no address is limited by default, only what asks for it here.

    Raises:
        SettingError: there is no such storage, or what it needs is not installed.
    """
    limiter = Limiter(
        get_remote_address,
        storage_uri=settings.limits_storage,
        storage_options=_options(settings.limits_storage),
        strategy="moving-window",
    )
    try:
        limiter.init_app(app)
    except ConfigurationError as error:
        raise SettingError(f"{PREFIX}LIMITS_STORAGE cannot be used: {error}.") from error
    app.extensions["attempts"] = Attempts(limiter)


def _options(storage: str) -> dict[str, Any]:
    waiting: dict[str, Any] = {}
    if storage.startswith("redis"):
        waiting = {"socket_connect_timeout": _WAIT_SECONDS, "socket_timeout": _WAIT_SECONDS}
    return {"wrap_exceptions": True, **waiting}


def count_attempt(what: str) -> None:
    """Count that this address tries something.

    Args:
        what: the word under which it is counted.

    Raises:
        TooManyRequests: it did so too often; the answer says when it may again.
    """
    for allowed in _allowed():
        if not _hit(allowed, what, _who()):
            _refuse(allowed, what)


def refuse_after_failures(what: str) -> None:
    """Let nobody try who failed too often; success costs nothing, so that an office can share
    one address.

    Raises:
        TooManyRequests: this address failed too often; the answer says when it may try again.
    """
    for allowed in _allowed():
        if not _may(allowed, what, _who()):
            _refuse(allowed, what)


def count_failure(what: str) -> None:
    """Count that this address tried something and failed."""
    for allowed in _allowed():
        _hit(allowed, what, _who())


def may_send_mail(to: str) -> bool:
    """Count a mail that somebody who is not signed in makes us send, and whether it may go.

    The page says the same in both cases: whoever asks does not learn whether there is an account.

    Args:
        to: the address that it would go to.
    """
    most = RateLimitItemPerHour(current_app.extensions["settings"].mails_per_hour)
    return _hit(most, "mail", to.strip().casefold())


def _may(allowed: RateLimitItem, *what: str) -> bool:
    return _attempts().ask(lambda counts: counts.test(allowed, *what))


def _hit(allowed: RateLimitItem, *what: str) -> bool:
    return _attempts().ask(lambda counts: counts.hit(allowed, *what))


def _allowed() -> tuple[RateLimitItem, ...]:
    most = current_app.extensions["settings"].attempts_per_minute
    return RateLimitItemPerMinute(most), RateLimitItemPerHour(most * _HOUR_IN_MINUTES)


def _who() -> str:
    return request.remote_addr or ""


def _refuse(allowed: RateLimitItem, what: str) -> NoReturn:
    stats = _attempts().ask(lambda counts: counts.get_window_stats(allowed, what, _who()))
    raise TooManyRequests(retry_after=max(1, int(stats.reset_time - time.time()) + 1))


def _attempts() -> Attempts:
    found = current_app.extensions["attempts"]
    assert isinstance(found, Attempts)
    return found
