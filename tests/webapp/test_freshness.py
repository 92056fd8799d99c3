"""How fresh profiles are: the manager's page, the table, the command, the own profile."""

import csv
import io
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from pyoxigraph import Literal, NamedNode

from graph import Knowledge
from ontology import CR, DCT, FOAF, RDFS
from tests.graph.small_knowledge import Said, tell
from tests.webapp.accounts_app import Town, town
from webapp.cli import main
from webapp.freshness.states import months_ago
from webapp.profiles import records
from webapp.profiles.tables import ProfileConfirmed

PAGE = "/freshness?cluster=cluster/optence"
INSIDE = "network:cluster/optence"


@pytest.fixture
def place() -> Iterator[Town]:
    with town() as made:
        tell(
            made.knowledge,
            {
                "organisation/alpha": {
                    DCT + "description": Literal("Lenses.", language="en"),
                    FOAF + "homepage": NamedNode("https://alpha.example"),
                },
                "organisation/gamma": {
                    RDFS + "label": "=Gamma",
                    CR + "memberOf": "id/cluster/optence",
                },
            },
            source="old",
            as_of="2016",
        )
        yield made


def names(text: str) -> list[str]:
    return [name for name in ("Alpha GmbH", "=Gamma", "Beta AG") if f">{name}</a></th>" in text]


def test_an_address_to_ask_at_is_told_to_managers_of_its_cluster_alone(place: Town) -> None:
    alpha = place.knowledge.addresses.thing("organisation", "alpha")
    said = {RDFS + "label": "Alpha GmbH", CR + "memberOf": "id/cluster/other"}
    tell(place.knowledge, {"organisation/alpha": said}, source="third")
    place.browser("manager").post(
        "/profile/members/cluster/optence/contact", organisation="alpha", email="in@alpha.example"
    )
    admin = place.browser("admin")
    assert "in@alpha.example" in place.browser("manager").get(PAGE).text
    assert "Alpha GmbH" in (theirs := admin.get("/freshness?cluster=cluster/other").text)
    assert "in@alpha.example" not in theirs
    with place.app.app_context():
        assert records.contact_of(place.other, alpha) is None
        assert records.contact_of(place.optence, alpha) is not None


def test_the_page_shows_what_each_lacks_with_the_next_step(place: Town) -> None:
    manager = place.browser("manager")
    text = manager.get(PAGE).text
    assert names(text) == ["Alpha GmbH", "=Gamma"]
    assert "Beta AG" not in text and "35 %" in text
    assert "/profile/organisation/alpha#field-hasCompetence" in text
    assert names(manager.get(PAGE + "&show=stale").text) == ["=Gamma"]
    assert names(manager.get(PAGE + "&q=alp").text) == ["Alpha GmbH"]
    assert "No member is called so" in manager.get(PAGE + "&q=zzz").text
    assert "List “old”, 2016" in text
    rows = list(csv.reader(io.StringIO(manager.get("/freshness.csv?sort=-name").text)))
    assert len(rows) == 3 and {row[0] for row in rows[1:]} == {"Alpha GmbH", "'=Gamma"}
    member = place.browser("member")
    assert member.get(PAGE).status_code == member.get("/freshness.csv").status_code == 403


def test_a_confirmation_makes_a_profile_fresh_until_it_is_old(place: Town) -> None:
    gamma = place.knowledge.addresses.thing("organisation", "gamma")
    manager = place.browser("manager")
    for days, stale in ((10, []), (400, ["=Gamma"])):
        with place.accounts.session() as session:
            time = place.people["member"].created - timedelta(days=days)
            session.merge(ProfileConfirmed(thing=gamma, time=time, how="link"))
        assert names(manager.get(PAGE + "&show=stale").text) == stale


def test_all_of_a_view_are_asked_at_once(place: Town) -> None:
    manager = place.browser("manager")
    manager.get(PAGE)
    path = "/profile/members/cluster/optence"
    manager.post(f"{path}/contact", organisation="gamma", email="g@gamma.example")
    shown = manager.post(f"{path}/ask", choose="all", show="stale")
    assert "g@gamma.example" in shown.text and "member@optence.example" not in shown.text
    answer = manager.post(f"{path}/ask", choose="all", send="1")
    assert answer.headers["Location"].endswith("sent=2")


def test_members_that_may_be_one_are_shown_with_what_they_may_be(place: Town) -> None:
    double: Said = {
        RDFS + "label": "Alfa GmbH",
        FOAF + "homepage": NamedNode("https://alpha.example"),
    }
    tell(place.knowledge, {"organisation/alfa": double}, source="other")
    manager = place.browser("manager")
    assert "Alfa GmbH" not in manager.get(PAGE).text
    text = manager.get(PAGE + "&show=doubtful").text
    assert names(text) == ["Alpha GmbH"] and ">Alfa GmbH</a>" in text
    assert "Alfa GmbH <" in manager.get("/freshness.csv?show=doubtful").text


def test_what_a_closed_list_says_counts_for_the_manager(place: Town) -> None:
    secret = {CR + "employeeCount": Literal(5)}
    manager = place.browser("manager")
    assert "35 %" in manager.get(PAGE).text
    tell(place.knowledge, {"organisation/alpha": secret}, source="inside", audience=INSIDE)
    assert "42 %" in manager.get(PAGE).text and "inside" in manager.get(PAGE).text


def test_the_own_profile_says_what_is_missing(place: Town) -> None:
    text = place.browser("member").get("/profile/organisation/alpha").text
    assert "35 % of what a complete profile says is here." in text
    assert 'href="#field-hasCompetence"' in text


def test_the_command_tells_the_same(tmp_path: Path) -> None:
    with Knowledge.open(tmp_path) as knowledge:
        tell(
            knowledge,
            {
                "cluster/optence": {RDFS + "label": "Optence"},
                "organisation/alpha": {
                    RDFS + "label": "Alpha",
                    CR + "memberOf": "id/cluster/optence",
                },
            },
            as_of="2016",
        )
    ask = ["freshness", "--data-dir", str(tmp_path), "--lang", "de"]
    found = CliRunner().invoke(main, ask)
    assert (
        "1 Mitglieder, 1 veraltet, 1 unvollständig, 1 unverknüpft, 0 vielleicht doppelt"
        in found.output
    )
    found = CliRunner().invoke(main, [*ask, "--cluster", "cluster/optence"])
    assert "2016-12-31    0 %  Alpha" in found.output and "Beschreibung" in found.output
    found = CliRunner().invoke(main, [*ask, "--cluster", "cluster/nobody", "--json"])
    assert found.exit_code == 1 and "kein Cluster" in found.output


def test_months_are_counted_back_to_a_day_that_is_there() -> None:
    assert date(1900, 1, 1) < months_ago(24) < months_ago(13) < months_ago(12) < months_ago(0)
