"""No route of the web application is forgotten: each is a read path, or it is said why not."""

from typing import Final

from tests.noninterference import members, protocol, requests, undoing  # noqa: F401  they enter their paths
from tests.noninterference.paths import ROUTES
from tests.noninterference.sides import Stage

_SAME_FOR_ALL: Final = "says nothing of what is stored"
_OPERATOR: Final = "for whoever runs the platform, who may know everything"
_BY_LINK: Final = "for whoever has the secret of a mail, or of the own provider of sign-ins"

_OWN_ACCOUNT: Final = "changes whoever asks, and says nothing of what is stored"

_AS_ON_PAGES: Final = "needs a token, and tells what the import pages tell, from the same functions"

NONE: Final = {
    **dict.fromkeys(
        (
            "/api/openapi.json",
            "/legal/<name>",
            "/ontology",
            "/ontology.<ending>",
            "/ontology/<name>.ttl",
            "/static/<path:filename>",
        ),
        _SAME_FOR_ALL,
    ),
    **dict.fromkeys(
        (
            "/api/v1/batches",
            "/api/v1/imports",
            "/api/v1/imports/<token>",
            "/api/v1/imports/<token>/plan.xlsx",
            "DELETE /api/v1/imports/<token>",
            "POST /api/v1/batches/<name>/undo",
            "POST /api/v1/imports",
            "POST /api/v1/imports/<token>/columns",
            "POST /api/v1/imports/<token>/commit",
        ),
        _AS_ON_PAGES,
    ),
    **dict.fromkeys(
        (
            "/administration",
            "/administration/account/<account_id>",
            "/administration/audit",
            "/own/backup",
            "/own/batches",
            "/own/imports/<token>",
            "/own/imports/<token>/plan.xlsx",
            "POST /own/imports",
            "POST /own/imports/<token>/commit",
            "POST /own/imports/<token>/discard",
            "POST /own/undo",
            "POST /administration/account/<account_id>/acting",
            "POST /administration/account/<account_id>/appoint",
            "POST /administration/account/<account_id>/close",
            "POST /administration/account/<account_id>/confirm",
            "POST /administration/account/<account_id>/manage",
            "POST /administration/account/<account_id>/stop-managing",
            "POST /administration/invite",
            "POST /own/erase",
            "POST /own/freshness",
            "POST /own/tidy",
        ),
        _OPERATOR,
    ),
    **dict.fromkeys(
        (
            "/invitation/<token>",
            "/password/<token>",
            "/profile/claimed/<token>",
            "/register/<token>",
            "/sign-in/provider",
            "/sign-in/provider/back",
            "POST /invitation/<token>",
            "POST /password/<token>",
            "POST /profile/claimed/<token>",
            "POST /register/<token>",
        ),
        _BY_LINK,
    ),
    **dict.fromkeys(
        (
            "POST /account/browsers",
            "POST /account/close",
            "POST /account/details",
            "POST /account/erase",
            "POST /account/password",
            "POST /account/tokens",
            "POST /account/tokens/<token_id>/revoke",
            "POST /sign-out",
        ),
        _OWN_ACCOUNT,
    ),
}
"""Routes that are no read path, and why."""


def test_every_route_is_a_read_path_or_says_why_not() -> None:
    stage = Stage(processes=False)
    try:
        rules = {
            rule.rule if method == "GET" else f"{method} {rule.rule}"
            for rule in stage.app.url_map.iter_rules()
            for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
        }
    finally:
        stage.close()
    assert rules == set(ROUTES) | set(NONE)
    assert not set(ROUTES) & set(NONE)
