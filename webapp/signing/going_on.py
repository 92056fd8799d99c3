"""Where one goes on after signing in: to a page of this server only."""

import re
from typing import Any, Final

from flask import redirect, request
from werkzeug.wrappers import Response

from webapp.addresses import url_home, url_to

_OWN: Final = re.compile(r"/(?![/\\])[\x21-\x5b\x5d-\x7e]*")
"""A path from the root, without what browsers take for the start of another host."""


def own_path(text: str) -> str:
    """A path of this server as it was asked for; empty for everything else.

    >>> own_path("/page/cluster/optence?lang=de")
    '/page/cluster/optence?lang=de'
    >>> own_path("//evil.example"), own_path("https://evil.example"), own_path("/\\\\evil.example")
    ('', '', '')
    """
    return text if _OWN.fullmatch(text) else ""


def go_on(wanted: str = "") -> Response:
    """To the page that was wanted before signing in, or home."""
    return redirect(own_path(wanted or request.values.get("next", "")) or url_home(), 303)


def go(endpoint: str, **values: Any) -> Response:
    """To a page of ours, in the language that the address asked for."""
    return redirect(url_to(endpoint, **values), 303)
