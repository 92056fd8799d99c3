"""Things that may be one are shown side by side, decided, and taken back in the browser."""

import html
import re
from datetime import UTC, datetime

from flask.testing import FlaskClient

from graph import ANONYMOUS, Knowledge, decide_pair, doubtful_pairs
from tests.graph.test_doubts import bring
from webapp import Settings, create_app
from webapp.profiles import records
from webapp.services import services


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


def test_what_is_kept_by_an_iri_survives_a_merge() -> None:
    with Knowledge.open() as knowledge:
        bring(knowledge, "one", "Meyer Optik GmbH,,Mainz,,,")
        bring(knowledge, "two", "Meyer Optik GmbH,,Jena,,,")
        (pair,) = doubtful_pairs(knowledge, ANONYMOUS)
        app = create_app(Settings(), knowledge=knowledge)
        with app.test_request_context():
            for iri in (pair.one, pair.other):
                records.confirm(iri, "link")
            times = records.confirmations([pair.one, pair.other])
            now = datetime(2026, 1, 2, tzinfo=UTC)
            decide_pair(
                knowledge, pair.one, pair.other, "same", account="a", viewer=ANONYMOUS, now=now
            )
            (canonical,) = (thing.iri for thing in knowledge.view().things("organisation"))
            last = max(one.time for one in times.values())
            confirmed = records.confirmation(canonical)
            assert confirmed is not None
            assert confirmed.time == last
            given = services().accounts.create("ada@meyer.example", "Ada")
            old = pair.one if pair.other == canonical else pair.other
            records.set_contact("c", old, "info@meyer.example", "de", given.id)
            found = records.contact_of("c", canonical)
            assert found is not None and found.email == "info@meyer.example"
            records.set_contact("c", canonical, "", "de", given.id)
            assert records.contact_of("c", old) is None
