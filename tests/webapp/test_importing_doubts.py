"""Things that may be one are shown side by side, decided, and taken back in the browser."""

import html
import re

from flask.testing import FlaskClient

from graph import Knowledge
from tests.graph.test_doubts import bring
from webapp import Settings, create_app


def fields_of(page: str) -> dict[str, str]:
    found = re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page)
    return {name: html.unescape(value) for name, value in found}


def test_a_pair_is_decided_and_taken_back() -> None:
    with Knowledge.open() as knowledge:
        bring(knowledge, "one", "Meyer Optik GmbH,,Mainz,m.example,,")
        bring(knowledge, "two", "Meyer Optik AG,,Mainz,,,")
        client: FlaskClient = create_app(Settings(), knowledge=knowledge).test_client()
        page = client.get("/import/doubts?lang=en").text
        assert "Meyer Optik GmbH" in page
        assert "different legal form: ag – gmbh" in page
        fields = fields_of(page)
        for choice, there in (("same", 1), ("back", 2), ("different", 2)):
            sent = client.post("/import/doubts?lang=en", data={**fields, "choice": choice})
            assert sent.status_code == 303
            assert len(knowledge.view().things("organisation")) == there
            following = client.get("/import/doubts?lang=de").text
            assert ("Meyer Optik GmbH" in following) == (choice == "back")
        decided = client.get("/import/doubts?show=decided&lang=en").text
        assert "Decided: two different things." in decided
        gone = client.post("/import/doubts", data={**fields, "choice": "same"})
        assert gone.status_code == 404
