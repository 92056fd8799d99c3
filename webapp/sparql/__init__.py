"""``/sparql``: the SPARQL 1.1 Protocol for programs, an editor with examples for people."""

from flask import Blueprint, Response, make_response, request

from graph import QueryAnswer, QueryError
from webapp.accounts.current import for_tokens
from webapp.languages import lang
from webapp.services import services
from webapp.sparql.description import describe
from webapp.sparql.origins import open_to_other_sites
from webapp.sparql.page import show
from webapp.sparql.protocol import Asked, as_app_error, asked, chosen_format, names_html, respond

blueprint = Blueprint("sparql", __name__)


@blueprint.route("/sparql", methods=["GET", "POST"])
@for_tokens("read")
def endpoint() -> Response:
    """Answer a query; without one, show the editor or describe the service."""
    wanted = asked(request)
    if names_html(request) and not wanted.format:
        return make_response(show(wanted))
    try:
        if wanted.query is None and request.method == "GET":
            return describe(request)
        return respond(_answer(wanted))
    except QueryError as error:
        raise as_app_error(error, lang()) from error


def _answer(wanted: Asked) -> QueryAnswer:
    query = wanted.query or ""
    return services().readers.answer(
        query,
        viewer=services().viewer(),
        accept=request.headers.get("Accept", "*/*"),
        default_graphs=wanted.default_graphs,
        named_graphs=wanted.named_graphs,
        format=chosen_format(query, wanted.format),
    )


@blueprint.after_request
def _headers(response: Response) -> Response:
    open_to_other_sites(request, response, services().settings.query_origins)
    if response.status_code == 503:
        response.headers["Retry-After"] = "5"
    return response
