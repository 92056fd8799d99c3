"""The SPARQL 1.1 Protocol: what a request asks, and how an answer goes back.

The query arrives by GET, by POST as a form, or by POST as ``application/sparql-query``. The
parameters are read here and not by Flask, which replaces bytes that are not UTF-8 in silence.
"""

from dataclasses import dataclass
from typing import Final, NoReturn
from urllib.parse import parse_qsl

from flask import Request, Response
from flask_babel import gettext as _

from graph import QueryAnswer, QueryError, sparql
from webapp.errors import AppError, abort_with
from webapp.languages import lang

FORM: Final = "application/x-www-form-urlencoded"
QUERY: Final = "application/sparql-query"
_MAX_FIELDS: Final = 200

STATUS: Final = {
    "not-acceptable": 406,
    "unknown-format": 400,
    "too-long": 413,
    "too-slow": 503,
    "too-much-memory": 503,
    "busy": 503,
}
"""HTTP status by the code of a query error; all others are 400."""


@dataclass(frozen=True)
class Asked:
    """What a request asks.

    Attributes:
        query: the text, or None where the request has none.
        default_graphs: its ``default-graph-uri`` parameters.
        named_graphs: its ``named-graph-uri`` parameters.
        format: its ``format`` parameter, or empty.
    """

    query: str | None
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    format: str = ""


def asked(request: Request) -> Asked:
    """Read a request.

    Raises:
        AppError: 400 or 415 where it does not keep to the protocol.
    """
    parameters = _parameters(request.query_string)
    if request.method == "POST":
        if request.mimetype == FORM:
            parameters += _parameters(request.get_data())
        elif request.mimetype == QUERY:
            parameters = [pair for pair in parameters if pair[0] != "query"]
            parameters.append(("query", _text(request)))
        else:
            abort_with(
                415,
                _("This kind of content is not understood here."),
                _("Send a form with a field “query”, or application/sparql-query."),
                code="wrong-content-type",
            )
    if any(name == "update" for name, _value in parameters):
        refuse_update()
    return Asked(
        _single(parameters, "query"),
        _all(parameters, "default-graph-uri"),
        _all(parameters, "named-graph-uri"),
        _single(parameters, "format") or _single(parameters, "output") or "",
    )


def refuse_update() -> NoReturn:
    """Refuse an update with the sentence that the guard has for it."""
    try:
        sparql.check("INSERT")
    except QueryError as error:
        raise as_app_error(error, lang()) from error
    raise AssertionError("the guard takes updates")


def _parameters(raw: bytes) -> list[tuple[str, str]]:
    try:
        return parse_qsl(
            raw.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=_MAX_FIELDS
        )
    except UnicodeError:
        _not_utf8()
    except ValueError:
        abort_with(400, _("There are too many parameters."), code="too-many-parameters")


def _text(request: Request) -> str:
    charset = request.mimetype_params.get("charset", "utf-8").lower()
    if charset not in ("utf-8", "utf8", "us-ascii"):
        _not_utf8()
    try:
        return request.get_data().decode("utf-8")
    except UnicodeError:
        _not_utf8()


def _not_utf8() -> NoReturn:
    abort_with(
        400,
        _("The query is not written in UTF-8."),
        _("Send UTF-8, percent-encoded in an address or a form."),
        code="not-utf-8",
    )


def _all(parameters: list[tuple[str, str]], name: str) -> tuple[str, ...]:
    return tuple(value for found, value in parameters if found == name)


def _single(parameters: list[tuple[str, str]], name: str) -> str | None:
    values = _all(parameters, name)
    if name == "query" and len(values) > 1:
        abort_with(
            400,
            _("There is more than one query."),
            _("Send them one after the other."),
            code="two-queries",
        )
    return values[0] if values else None


def chosen_format(query: str, name: str) -> sparql.Format | None:
    """The format of a ``format`` parameter for this query, or None where there is none."""
    return sparql.named(sparql.check(query).form, name) if name else None


def names_html(request: Request) -> bool:
    """Whether a person asks: the client names HTML, and nothing that we have it likes better."""
    accepted = list(request.accept_mimetypes)
    html = max(
        (q for kind, q in accepted if kind in ("text/html", "application/xhtml+xml")), default=0
    )
    ours = {
        media_type
        for form in ("SELECT", "CONSTRUCT")
        for one in sparql.formats_of(form)
        for media_type in (one.media_type, *one.also)
    }
    return html > 0 and html >= max((q for kind, q in accepted if kind in ours), default=0)


def respond(answer: QueryAnswer) -> Response:
    """An answer as it goes back to a program."""
    text = answer.media_type.startswith("text/")
    response = Response(
        answer.body, content_type=answer.media_type + ("; charset=utf-8" if text else "")
    )
    response.headers["Clusterradar-Rows"] = str(answer.rows)
    if answer.cut:
        response.headers["Clusterradar-Cut"] = "true"
    response.vary.add("Accept")
    return response


def as_app_error(error: QueryError, language: str) -> AppError:
    """A query error in the one shape of errors."""
    return AppError(
        STATUS.get(error.code, 400), error.message[language], error.remedy[language], error.code
    )
