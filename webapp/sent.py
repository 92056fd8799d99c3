"""What programs send as JSON, from which nothing bad comes."""

import json
from typing import Any

from flask import request


def json_body() -> Any:
    """The body of the request; None where it is no JSON, or nested too deeply to be read."""
    try:
        return request.get_json(silent=True)
    except RecursionError:
        return None


def json_in(text: str) -> Any:
    """A value within a form.

    Raises:
        ValueError: it is no JSON, or nested too deeply to be read.
    """
    try:
        return json.loads(text)
    except RecursionError as error:
        raise ValueError("nested too deeply") from error
