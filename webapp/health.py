"""``/health``: whether the server answers, for whoever watches it. It tells no counts."""

from flask import Blueprint, Response, jsonify

from webapp.services import services

blueprint = Blueprint("health", __name__)


@blueprint.get("/health")
def health() -> Response:
    """``{"status": "ok"}`` as soon as the data can be read."""
    services().view()
    return jsonify(status="ok")
