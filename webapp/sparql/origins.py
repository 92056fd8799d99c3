"""Which pages of other sites may ask from a browser (CORS).

A foreign page gets what a visitor gets, for browsers send it no cookie of ours. So all may, unless
an operator says otherwise. A server on a laptop or in a house network is another matter: its
address alone keeps strangers out, and a foreign page in the browser of somebody inside would get
around that.
"""

from flask import Request, Response

from webapp.hosts import is_inside


def open_to_other_sites(request: Request, response: Response, allowed: str) -> None:
    """Add the headers that let a page of another site read the response, if it may.

    Args:
        request: what was asked, under which address and by whom.
        response: gets the headers.
        allowed: origins separated by spaces, or ``*``.
    """
    if not allowed or is_inside(request.host):
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
