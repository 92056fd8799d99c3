"""``/api/openapi.json``: the addresses for programs, described for programs."""

from pathlib import Path

from flask import Blueprint, Response

blueprint = Blueprint("api", __name__)

_DOCUMENT = Path(__file__).with_name("openapi.json")


@blueprint.get("/api/openapi.json")
def openapi() -> Response:
    """The description, as OpenAPI 3.1."""
    return Response(_DOCUMENT.read_bytes(), mimetype="application/json")
