"""Which pages of other sites may ask from a browser (CORS).

What is answered here is public and no cookie counts, so all may, unless an operator says
otherwise. A server on a laptop or in a house network is another matter: its address alone keeps
strangers out, and a foreign page in the browser of somebody inside would get around that.
"""

from ipaddress import ip_address
from urllib.parse import urlsplit

from flask import Request, Response


def open_to_other_sites(request: Request, response: Response, allowed: str) -> None:
    """Add the headers that let a page of another site read the response, if it may.

    Args:
        request: what was asked, under which address and by whom.
        response: gets the headers.
        allowed: origins separated by spaces, or ``*``.
    """
    if not allowed or _is_inside(request.host):
        return
    origin = "*"
    if allowed.strip() != "*":
        response.vary.add("Origin")
        origin = request.headers.get("Origin", "")
        if origin not in allowed.split():
            return
    response.headers["Access-Control-Allow-Origin"] = origin
    if request.method == "OPTIONS":
        response.headers["Access-Control-Allow-Methods"] = "GET, POST"
        response.headers["Access-Control-Allow-Headers"] = "Accept, Content-Type"
        response.headers["Access-Control-Max-Age"] = "86400"
    else:
        response.headers["Access-Control-Expose-Headers"] = "Clusterradar-Cut, Clusterradar-Rows"


def _is_inside(host: str) -> bool:
    """Whether an address can only be reached from this machine or this house.

    >>> [_is_inside(host) for host in ("127.0.0.1:8137", "[::1]", "localhost", "10.1.2.3")]
    [True, True, True, True]
    >>> _is_inside("data.example.org:443")
    False
    """
    try:
        name = urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return True
    if name == "localhost" or name.endswith((".localhost", ".local")):
        return True
    try:
        return not ip_address(name).is_global
    except ValueError:
        return False
