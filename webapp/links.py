"""Links that say who may follow them: signed, for one purpose, and good for a while only.

What a link says can be read by everybody who has it, but only this installation can write one.
Where it must be good once, what it names has to know that it was used.
"""

from datetime import timedelta
from typing import Any

from flask import current_app, request
from flask_babel import gettext as _
from itsdangerous import BadData, URLSafeTimedSerializer

from webapp.errors import abort_with
from webapp.hosts import is_inside
from webapp.secret import key_for


class Links:
    """Makes and reads what stands in links.

    Args:
        secret: of this installation (:mod:`webapp.secret`).

    >>> links = Links(b"secret")
    >>> links.read("reset", links.make("reset", "ada"), timedelta(hours=1))
    'ada'
    >>> links.read("invite", links.make("reset", "ada"), timedelta(hours=1)) is None
    True
    """

    def __init__(self, secret: bytes) -> None:
        self._key = key_for("links", secret)

    def make(self, purpose: str, data: Any) -> str:
        """What the address of a link ends with.

        Args:
            purpose: a word; the link is good for nothing else.
            data: anything that JSON can say.
        """
        return str(self._signer(purpose).dumps(data))

    def read(self, purpose: str, text: str, max_age: timedelta) -> Any | None:
        """What a link says; None where it was not made here for this, or is too old."""
        try:
            return self._signer(purpose).loads(text, max_age=int(max_age.total_seconds()))
        except BadData:
            return None

    def _signer(self, purpose: str) -> URLSafeTimedSerializer:
        return URLSafeTimedSerializer(self._key, salt=f"clusterradar {purpose}")


def make(purpose: str, data: Any) -> str:
    """:meth:`Links.make` of the current application."""
    return _links().make(purpose, data)


def read(purpose: str, text: str, max_age: timedelta) -> Any | None:
    """:meth:`Links.read` of the current application."""
    return _links().read(purpose, text, max_age)


def absolute(path: str) -> str:
    """The whole address of a page of ours, for a mail or another program.

    What a request says of its host whoever asks can choose, and a link in a mail must not lead to
    a host that an attacker chose. So the host counts only where it is inside this house; everybody
    else's server has to know its ``public_url``.
    """
    chosen: str = current_app.extensions["settings"].public_url
    if not chosen and not is_inside(request.host):
        abort_with(
            503,
            _("This server does not know its own address, so it cannot write mails with links."),
            _("Whoever runs it should set CLUSTERRADAR_PUBLIC_URL."),
            code="no-public-url",
        )
    return (chosen or request.host_url).rstrip("/") + path


def _links() -> Links:
    found = current_app.extensions["links"]
    assert isinstance(found, Links)
    return found
