"""What somebody looked at is noted only where the server and they both want it."""

from datetime import timedelta

import pytest

from tests.webapp.accounts_app import town
from webapp.accounts import clock
from webapp.me.visits import seeds_of_visits
from webapp.privacy.tidying import tidy

ALPHA = "/page/organisation/alpha"


def test_nothing_is_noted_unless_the_server_and_the_account_want_it() -> None:
    with town() as place:
        member = place.browser("member")
        assert member.get("/me/visits").status_code == 404
        assert "What I looked at" not in member.get(ALPHA).text
    with town(record_visits="on") as place:
        member = place.browser("member")
        member.get(ALPHA)
        text = member.get("/me/visits").text
        assert "Nothing is noted" in text and "/page/organisation/alpha" not in text


def test_what_is_noted_is_told_moves_the_radar_and_can_be_deleted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with town(record_visits="on") as place:
        member, account = place.browser("member"), place.people["member"]
        member.get("/me/visits")
        member.post("/me/visits", record="on")
        for path in (ALPHA, "/radar/cluster/other", "/page/organisation/nobody", ALPHA):
            member.get(path)
        text = member.get("/me/visits").text
        assert text.index("organisation/alpha") < text.index("cluster/other")
        with place.app.app_context():
            seeds = seeds_of_visits(account)
            assert [iri for iri, _ in seeds] == [place.alpha, place.other]
            assert 0 < seeds[1][1] < seeds[0][1] < 1
        assert place.other in member.get("/account/data.json").text
        assert "organisation/alpha" not in place.browser("stranger").get("/me/visits").text
        member.post("/me/visits", forget="organisation/alpha")
        text = member.get("/me/visits").text
        assert "cluster/other" in text and "/page/organisation/alpha" not in text
        later = clock.now() + timedelta(days=91)
        monkeypatch.setattr("webapp.privacy.tidying.now", lambda: later)
        assert tidy(place.app.extensions["services"]).visits == 1
        member.get(ALPHA)
        member.post("/me/visits", record="off")
        member.get(ALPHA)
        assert "/page/organisation/alpha" not in member.get("/me/visits").text
