"""No route of the web application is forgotten: each is a read path, or says why it is none."""

from typing import Final

from tests.noninterference import changing, knowing, members, requests  # noqa: F401  they enter
from tests.noninterference.paths import ROUTES
from tests.noninterference.sides import Stage

_SAME_FOR_ALL: Final = "says nothing of what is stored"
_OPERATOR: Final = "for whoever runs the platform, who may know everything"
_BY_LINK: Final = "for whoever has the secret of a mail, or of the own provider of sign-ins"

NONE: Final = {
    "/api/openapi.json": _SAME_FOR_ALL,
    "/legal/<name>": _SAME_FOR_ALL,
    "/ontology": _SAME_FOR_ALL,
    "/ontology.<ending>": _SAME_FOR_ALL,
    "/ontology/<name>.ttl": _SAME_FOR_ALL,
    "/static/<path:filename>": _SAME_FOR_ALL,
    "/administration": _OPERATOR,
    "/administration/account/<account_id>": _OPERATOR,
    "/administration/audit": _OPERATOR,
    "/own/backup": _OPERATOR,
    "/own/batches": _OPERATOR,
    "/confirm/<token>": _BY_LINK,
    "/confirm/<token>/correct": _BY_LINK,
    "/confirm/stop/<token>": _BY_LINK,
    "/invitation/<token>": _BY_LINK,
    "/sign-in/provider": _BY_LINK,
    "/sign-in/provider/back": _BY_LINK,
    "/password/<token>": _BY_LINK,
    "/profile/claimed/<token>": _BY_LINK,
    "/register/<token>": _BY_LINK,
}
"""Routes that are no read path, and why."""


def test_every_route_that_is_read_is_a_read_path_or_says_why_not() -> None:
    stage = Stage(processes=False)
    try:
        rules = {
            rule.rule for rule in stage.app.url_map.iter_rules() if "GET" in (rule.methods or ())
        }
    finally:
        stage.close()
    assert rules == set(ROUTES) | set(NONE)
    assert not set(ROUTES) & set(NONE)
