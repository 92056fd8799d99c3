"""The audit log in words: each action that the code writes down has some, in both languages."""

import ast
from pathlib import Path

from tests.webapp.accounts_app import town
from webapp.signing.audit_words import _ACTIONS

WEBAPP = Path(__file__).resolve().parents[2] / "webapp"


def actions() -> set[str]:
    """What calls of ``audit`` write, as far as it stands in the code."""
    found: set[str] = set()
    for path in WEBAPP.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or len(node.args) < 2:
                continue
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            if name == "audit" and not isinstance(node.args[1], ast.JoinedStr):
                texts = (part for part in ast.walk(node.args[1]) if isinstance(part, ast.Constant))
                found |= {str(part.value) for part in texts}
    return found


def test_each_action_has_words() -> None:
    written = actions()
    assert "ask members" in written and not written - set(_ACTIONS)


def test_entries_name_people_and_things() -> None:
    with town() as place:
        admin = place.browser("admin")
        english = admin.get("/administration/audit?lang=en").text
        assert "acts for an organisation, confirmed by a manager" in english
        assert 'href="/page/organisation/alpha' in english and ">Alpha GmbH</span>" in english
        assert place.alpha not in english
        assert (
            "ließ jemanden ein Cluster verwalten" in admin.get("/administration/audit?lang=de").text
        )
