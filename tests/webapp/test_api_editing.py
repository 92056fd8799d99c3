"""Programs say values of a profile, with a token and through the code of the forms."""

from typing import Any

from werkzeug.test import TestResponse

from graph import ANONYMOUS, Viewer
from ontology import CR, RDFS
from tests.graph.small_knowledge import tell
from tests.webapp.accounts_app import Town, town

ALPHA = "/api/v1/things/organisation/alpha"


def patch(
    place: Town, values: Any, *scopes: str, path: str = ALPHA, who: str = "member"
) -> TestResponse:
    _, secret = place.accounts.create_token(place.people[who].id, "program", scopes or ("edit",))
    return place.app.test_client().patch(
        path,
        json={"values": values} if isinstance(values, dict) else values,
        headers={"Authorization": f"Bearer {secret}", "Accept-Language": "en"},
    )


def said(place: Town, name: str, viewer: Viewer = ANONYMOUS) -> set[str]:
    view = place.knowledge.view(viewer)
    return {s.object.value for s in view.statements(place.alpha, CR + name, inferred=False)}


def test_values_are_said_with_their_audience_and_all_others_stay() -> None:
    with town() as place:
        tell(place.knowledge, {"competence/optics": {RDFS + "label": "Optics"}})
        optics = place.knowledge.addresses.thing("competence", "optics")
        values = {
            "employeeCount": [{"value": 12, "audience": "platform"}],
            CR + "hasCompetence": ["competence/optics", "Quarkologie"],
        }
        answer = patch(place, values)
        assert answer.status_code == 200 and answer.json and answer.json["batch"]
        assert said(place, "employeeCount") == set()
        assert said(place, "employeeCount", Viewer("x")) == {"12"}
        member = place.accounts.viewer_of(place.people["member"])
        assert said(place, "hasCompetence", member) == {optics}
        assert said(place, "memberOf") == {place.optence}
        again = patch(place, values)
        assert again.json and again.json["batch"] is None
        assert patch(place, {"hasCompetence": []}).status_code == 200
        assert said(place, "hasCompetence", member) == set()


def test_what_is_wrong_is_named_with_what_to_do_and_nothing_is_saved() -> None:
    with town() as place:
        values = {"legalForm": ["GmbH"], "employeeCount": ["many"], "wings": [2]}
        answer = patch(place, values)
        found = answer.json
        assert answer.status_code == 400 and found
        assert found["error"] == "wrong-value" and found["message"].startswith("employeeCount: ")
        assert [one["property"] for one in found["problems"]] == ["employeeCount", "wings"]
        assert "employeeCount" in found["problems"][1]["remedy"]
        assert all(one["message"] and one["remedy"] for one in found["problems"])
        assert said(place, "legalForm") == set()
        strange = patch(place, {"legalForm": [{"value": "AG", "audience": "group:others"}]})
        assert strange.status_code == 400 and said(place, "legalForm", Viewer("x")) == set()
        bodies: tuple[Any, ...] = ([], {}, {"values": []}, "x")
        for body in bodies:
            wrong = patch(place, body)
            assert wrong.status_code == 400 and wrong.json
            assert wrong.json["error"] in ("wrong-body", "wrong-value")


def test_only_who_may_edit_with_a_token_for_it_changes_anything() -> None:
    with town() as place:
        values = {"legalForm": ["GmbH"]}
        assert patch(place, values, "read").status_code == 403
        assert patch(place, values, who="stranger").status_code == 403
        nowhere = patch(place, values, path="/api/v1/things/organisation/nobody")
        assert nowhere.status_code == 404
        browser = place.browser("member")
        sent = browser.client.patch(ALPHA, json={"values": values})
        assert sent.status_code == 403 and said(place, "legalForm") == set()
        assert place.app.test_client().patch(ALPHA, json={"values": values}).status_code == 401
