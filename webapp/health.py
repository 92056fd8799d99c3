"""``/health``: whether the server answers, for whoever watches it. It tells no counts."""

from flask import Blueprint, Response, jsonify

from webapp.own import KEY_HEADER, knows_key
from webapp.services import services

blueprint = Blueprint("health", __name__)


@blueprint.get("/health")
def health() -> Response:
    """``{"status": "ok"}`` as soon as the data can be read.

    Who sends the key of this server learns that it is this one (:mod:`webapp.own`).
    """
    services().view()
    response = jsonify(status="ok")
    if knows_key():
        response.headers[KEY_HEADER] = "known"
    return response
