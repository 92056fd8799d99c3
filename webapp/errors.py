"""One shape for every error: what happened, and what to do, as a page or as JSON."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NoReturn

from flask import Flask, Response, jsonify, render_template, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from werkzeug.exceptions import HTTPException, NotAcceptable, default_exceptions

from graph import KnowledgeError
from webapp.languages import lang
from webapp.services import services

log = logging.getLogger(__name__)


@dataclass
class AppError(Exception):
    """An error that a person can act on.

    Attributes:
        status: the HTTP status.
        message: what happened, in the language of the request.
        remedy: what to do about it.
        code: a stable word for programs.
        details: further members of the JSON object.
        sought: what the person was looking for, to search on with.
        suggestions: things (``graph.Thing``) that may be meant instead.
    """

    status: int
    message: str
    remedy: str = ""
    code: str = ""
    details: dict[str, Any] | None = None
    sought: str = ""
    suggestions: tuple[Any, ...] = ()


def abort_with(
    status: int, message: str, remedy: str = "", *, code: str = "", **details: Any
) -> NoReturn:
    """Stop the request with an error in the one shape."""
    raise AppError(status, message, remedy, code, details)


_KNOWN = {
    400: (
        lazy_gettext("The request could not be understood."),
        lazy_gettext("Check the address or the form and try again."),
    ),
    403: (
        lazy_gettext("This is not open to you."),
        lazy_gettext("Ask whoever runs this server."),
    ),
    404: (
        lazy_gettext("There is nothing at this address."),
        lazy_gettext("Search for it, or start at the first radar."),
    ),
    405: (
        lazy_gettext("This address does not take that kind of request."),
        lazy_gettext("Use one of the methods in the Allow header."),
    ),
    406: (
        lazy_gettext("This is not available in the format asked for."),
        lazy_gettext("Ask for one of the formats listed on the page of the thing."),
    ),
    413: (
        lazy_gettext("That file is too large."),
        lazy_gettext("Split the list, or ask whoever runs this server to raise max_upload_mb."),
    ),
    415: (
        lazy_gettext("This kind of content is not understood here."),
        lazy_gettext("Send one of the documented content types."),
    ),
    429: (
        lazy_gettext("That was tried too often from your address."),
        lazy_gettext("Wait a few minutes, then try again."),
    ),
    500: (
        lazy_gettext("Something went wrong on our side."),
        lazy_gettext("Try again; if it stays, tell whoever runs this server when it happened."),
    ),
}


def wants_json() -> bool:
    """Whether this client is a program that wants JSON rather than a page."""
    if request.path.startswith(("/api/", "/own/", "/health")):
        return True
    if request.path == "/sparql":
        # Clients of the protocol name their own formats, or none; only a browser names HTML.
        return not {"text/html", "application/xhtml+xml"} & set(request.accept_mimetypes.values())
    best = request.accept_mimetypes.best_match(["text/html", "application/json"], "text/html")
    return best == "application/json" and not request.accept_mimetypes.accept_html


def answer_error(error: AppError) -> tuple[Response | str, int]:
    """The page, or the JSON, of an error."""
    if wants_json():
        body = {
            "error": error.code or f"http-{error.status}",
            "status": error.status,
            "message": str(error.message),
            "remedy": str(error.remedy),
            **(error.details or {}),
        }
        if error.suggestions:
            body["suggestions"] = [
                {"iri": thing.iri, "kind": thing.kind, "label": thing.label(lang())}
                for thing in error.suggestions
            ]
        return jsonify(body), error.status
    return render_template("error.html", error=error), error.status


def error_of(exception: HTTPException) -> AppError:
    """The error of a status, in our words."""
    status = exception.code or 500
    message, remedy = _KNOWN.get(status, (exception.name, exception.description or ""))
    return AppError(status, str(message), str(remedy))


def init_errors(app: Flask) -> None:
    """Register the one handler."""

    @app.errorhandler(AppError)
    def _app_error(error: AppError) -> tuple[Response | str, int]:
        return answer_error(error)

    @app.errorhandler(KnowledgeError)
    def _knowledge_error(error: KnowledgeError) -> tuple[Response | str, int]:
        language = lang()
        log.error("%s", error.text("en"))
        return answer_error(
            AppError(503, error.message[language], error.remedy[language], "data-unavailable")
        )

    @app.errorhandler(OSError)
    def _files(error: OSError) -> tuple[Response | str, int]:
        log.error("the server's files at %s", request.path, exc_info=error)
        return answer_error(
            AppError(
                503,
                _("The server cannot read or write its files (%(why)s).", why=error.strerror or ""),
                _("Check the space on its disk and its rights, then try again."),
                "files-unavailable",
            )
        )

    @app.errorhandler(HTTPException)
    def _http_error(exception: HTTPException) -> Any:
        if exception.response is not None or (exception.code or 500) < 400:
            return exception
        answer, status = answer_error(error_of(exception))
        response = app.make_response((answer, status))
        for name, value in exception.get_headers():
            if name.lower() in {"allow", "retry-after", "www-authenticate"}:
                response.headers[name] = value
        return response

    @app.errorhandler(500)
    def _crash(exception: BaseException) -> tuple[Response | str, int]:
        log.error("unexpected error at %s", request.path, exc_info=exception)
        return answer_error(error_of(default_exceptions[500]()))


def not_acceptable() -> NoReturn:
    """The client accepts none of our formats."""
    raise NotAcceptable()


def nothing_here(what: str = "") -> NoReturn:
    """404 that names what was looked for (a slug or a few words) and what is spelt like it."""
    if not what:
        abort_with(404, str(_KNOWN[404][0]), str(_KNOWN[404][1]), code="not-found")
    words = " ".join(what.rpartition("/")[2].replace("-", " ").split())
    found = services().search.search(words, viewer=services().viewer(), limit=5, lang=lang())
    raise AppError(
        404,
        _("There is nothing called “%(what)s” here.", what=what),
        str(_KNOWN[404][1]),
        "not-found",
        sought=words,
        suggestions=tuple(hit.thing for hit in found.hits),
    )


def bad_parameter(name: str, value: str, allowed: Sequence[str]) -> NoReturn:
    """400 for a parameter with a value that it cannot have; names those that it can."""
    abort_with(
        400,
        _("The parameter “%(name)s” cannot be “%(value)s”.", name=name, value=value),
        _("It can be: %(allowed)s.", allowed=", ".join(allowed)),
        code="bad-parameter",
        parameter=name,
        allowed=list(allowed),
    )
