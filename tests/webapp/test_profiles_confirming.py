"""Claims and confirmations: mails, links without an account, freshness."""

import re
from collections.abc import Iterator
from datetime import timedelta
from html import unescape

import pytest
from pyoxigraph import NamedNode

from graph import ANONYMOUS, Viewer
from ontology import CR, FOAF
from tests.graph.small_knowledge import tell
from tests.webapp.accounts_app import PASSWORD, Browser, Town, town
from tests.webapp.filled_forms import form_on
from webapp.accounts import Account
from webapp.accounts.clock import now
from webapp.profiles.claiming import on_domain
from webapp.profiles.tables import ProfileMail

MEMBERS = "/profile/members/cluster/optence"
FRESHNESS = "/freshness?cluster=cluster/optence"
CLAIM = "/profile/claim/organisation/alpha"
CONTACT = "office@alpha.example"


@pytest.fixture
def place() -> Iterator[Town]:
    with town() as made:
        home = NamedNode("https://www.alpha.example/de/")
        tell(made.knowledge, {"organisation/alpha": {FOAF + "homepage": home}}, source="web")
        made.people["ada"] = made.accounts.create("ada@alpha.example", "Ada", PASSWORD)
        yield made


def as_ada(place: Town) -> Browser:
    browser = place.browser()
    browser.sign_in("ada@alpha.example")
    return browser


def acts(place: Town, account: Account) -> tuple[str, ...]:
    return place.accounts.acts_for(account.id)


def asked(place: Town, email: str = CONTACT) -> str:
    """Let the manager ask Alpha; the path of the link in the mail."""
    manager = place.browser("manager")
    manager.get(FRESHNESS)
    manager.post(f"{MEMBERS}/contact", organisation="alpha", email=email, language="en")
    answer = manager.post(f"{MEMBERS}/ask", organisation="alpha", send="1")
    assert answer.status_code == 303 and answer.headers["Location"].endswith("sent=1")
    return place.link(email).partition("?")[0]


def staff(place: Town, viewer: Viewer = ANONYMOUS) -> set[str]:
    view = place.knowledge.view(viewer)
    return {s.object.value for s in view.statements(place.alpha, CR + "employeeCount")}


def correct(browser: Browser, link: str, **fields: str) -> str:
    form = form_on(browser.get(f"{link}/correct").text)
    given = {name.replace("__", "-"): value for name, value in fields.items()}
    answer = browser.post(f"{link}/correct", **{**form, **given})
    assert answer.status_code == 303, answer.text
    return browser.get(answer.headers["Location"]).text


def test_an_address_on_the_domain_is_confirmed_by_a_mailed_link(place: Town) -> None:
    ada = as_ada(place)
    assert "I act for this organisation" in ada.get("/page/organisation/alpha").text
    assert "is on the domain" in ada.get(CLAIM).text
    ada.post(CLAIM)
    assert acts(place, place.people["ada"]) == ()
    link = place.link("ada@alpha.example")
    # Mail programs look at links: that alone confirms nothing.
    assert ada.get(link).status_code == 200
    assert acts(place, place.people["ada"]) == ()
    assert ada.post(link).status_code == 303
    assert acts(place, place.people["ada"]) == (place.alpha,)
    assert ada.get("/profile/organisation/alpha").status_code == 200


def test_any_other_address_waits_for_a_manager(place: Town) -> None:
    stranger = place.browser("stranger")
    mails = len(place.sent)
    assert "is not on the domain" in stranger.get(CLAIM).text
    answer = stranger.post(CLAIM)
    assert "It waits for its cluster" in stranger.get(answer.headers["Location"]).text
    assert len(place.sent) == mails
    acting = place.accounts.acting(place.people["stranger"].id)
    waiting = {one.organisation: one.status for one in acting}
    assert waiting[place.alpha] == "waiting"
    assert stranger.get("/profile/organisation/alpha").status_code == 403


def test_a_website_that_members_wrote_themselves_opens_nothing(place: Town) -> None:
    member = place.browser("member")
    path = "/profile/organisation/alpha"
    form = form_on(member.get(path).text)
    member.post(path, **{**form, "homepage-0-text": "https://optence.example"})
    assert "is not on the domain" in place.browser("stranger").get(CLAIM).text


def test_a_claim_that_was_refused_makes_its_link_useless(place: Town) -> None:
    ada = as_ada(place)
    ada.get(CLAIM)
    ada.post(CLAIM)
    link = place.link("ada@alpha.example")
    place.accounts.stop_acting(place.people["ada"].id, place.alpha)
    assert ada.get(link).status_code == 410
    assert ada.post(link).status_code == 410
    assert ada.get("/profile/claimed/nonsense").status_code == 410


@pytest.mark.parametrize(
    ("email", "fits"),
    [
        ("a@alpha.example", True),
        ("a@mail.alpha.example", True),
        ("a@evil-alpha.example", False),
        ("a@alpha.example.evil", False),
        ("a@example", False),
    ],
)
def test_only_the_domain_and_what_is_below_it_count(email: str, fits: bool) -> None:
    assert on_domain(email, frozenset({"alpha.example"})) is fits


def test_a_link_says_that_all_is_still_true(place: Town) -> None:
    link = asked(place)
    guest = place.browser()
    text = unescape(guest.get(link).text)
    assert "Alpha GmbH: is this still true?" in text and "Nobody has confirmed" in text
    assert "Confirmed on" not in guest.get("/page/organisation/alpha").text
    assert "Thank you" in guest.post(link).text
    assert "through a mail to it" in guest.get("/page/organisation/alpha").text
    assert "by nobody yet" not in place.browser("manager").get(FRESHNESS).text


def test_a_link_corrects_without_an_account_and_takes_that_back(place: Town) -> None:
    link = asked(place)
    guest = place.browser()
    text = correct(guest, link, employeeCount__0__text="12", employeeCount__0__audience="public")
    assert staff(place) == {"12"}
    undo = re.search(r'action="(/confirm/[^"]+/undo/[^"?]+)', text)
    assert undo
    # Another link does not take it back, nor does another account.
    assert (
        place.browser("admin").post(f"/profile/undo/{undo[1].rpartition('/')[2]}").status_code
        == 404
    )
    assert guest.post(undo[1]).status_code == 303
    assert staff(place) == set()


def test_a_contact_reads_and_writes_no_more_than_the_cluster_that_asks(place: Town) -> None:
    member = place.browser("member")
    form = form_on(member.get("/profile/organisation/alpha").text)
    member.post(
        "/profile/organisation/alpha",
        **{
            **form,
            "employeeCount-0-text": "4711",
            "employeeCount-0-audience": "organisation:alpha",
        },
    )
    link = asked(place)
    guest = place.browser()
    assert "4711" not in guest.get(link).text and "4,711" not in guest.get(link).text
    text = guest.get(f"{link}/correct").text
    assert "4711" not in text
    offered = set(re.findall(r'<option value="([a-z]+(?::[^"]*)?)" title', text))
    assert offered == {"public", "platform", "network:cluster/optence"}
    # What the organisation keeps to itself survives a correction.
    correct(guest, link, employeeCount__0__text="12", employeeCount__0__audience="public")
    assert staff(place, place.accounts.viewer_of(place.people["member"])) >= {"4711"}


def test_an_organisation_is_asked_once_a_period(place: Town) -> None:
    asked(place)
    manager = place.browser("manager")
    sent = len(place.sent)
    assert "asked on" in manager.get(FRESHNESS).text
    assert manager.post(f"{MEMBERS}/ask", organisation="alpha", send="1").status_code == 400
    assert len(place.sent) == sent
    with place.accounts.session() as session:
        mail = session.query(ProfileMail).one()
        mail.sent = now() - timedelta(days=181)
    assert manager.post(f"{MEMBERS}/ask", organisation="alpha", send="1").status_code == 303
    assert len(place.sent) == sent + 1


def test_nothing_is_sent_before_the_mail_was_seen(place: Town) -> None:
    manager = place.browser("manager")
    sent = len(place.sent)
    manager.get(FRESHNESS)
    text = manager.post(f"{MEMBERS}/ask", organisation="alpha").text
    assert "Is this still true? Alpha GmbH" in text and "Manager (Optence)" in text
    assert len(place.sent) == sent


def test_who_wants_no_mails_gets_none(place: Town) -> None:
    asked(place)
    mail = place.sent[-1].get_content()
    stop = re.findall(r"http://localhost(/confirm/stop/[^?\s]+)", mail)[0]
    guest = place.browser()
    assert guest.get(stop).status_code == 200
    manager = place.browser("manager")
    assert "wants no mails" not in manager.get(FRESHNESS).text
    assert "asked no more" in guest.post(stop).text
    with place.accounts.session() as session:
        session.query(ProfileMail).one().sent = now() - timedelta(days=400)
    # The member's own account is asked instead, as it did not say that.
    assert "member@optence.example" in manager.get(FRESHNESS).text
    place.accounts.stop_acting(place.people["member"].id, place.alpha)
    assert "wants no mails" in manager.get(FRESHNESS).text
    assert manager.post(f"{MEMBERS}/ask", organisation="alpha", send="1").status_code == 400
    guest.post(stop, again="1")
    assert "wants no mails" not in manager.get(FRESHNESS).text


def test_links_end(place: Town) -> None:
    link = asked(place)
    guest = place.browser()
    assert guest.get(link).status_code == 200
    assert guest.get(link + "x").status_code == 410
    manager = place.browser("manager")
    manager.get(FRESHNESS)
    manager.post(f"{MEMBERS}/contact", organisation="alpha", email="new@alpha.example")
    # Whoever is the contact no longer has no say any more.
    assert guest.get(link).status_code == 410
    assert guest.post(f"{link}/correct", **{"label-0-text": "Mine"}).status_code == 410


def test_a_link_to_an_account_ends_with_the_account(place: Town) -> None:
    manager = place.browser("manager")
    manager.get(FRESHNESS)
    manager.post(f"{MEMBERS}/ask", organisation="alpha", send="1")
    link = place.link("member@optence.example").partition("?")[0]
    guest = place.browser()
    assert guest.get(link).status_code == 200
    place.accounts.stop_acting(place.people["member"].id, place.alpha)
    assert guest.get(link).status_code == 410


def test_only_managers_see_and_ask(place: Town) -> None:
    for who in ("member", "stranger"):
        browser = place.browser(who)
        assert browser.get(FRESHNESS).status_code == 403
        assert browser.post(f"{MEMBERS}/ask", organisation="alpha").status_code == 403
    manager = place.browser("manager")
    assert manager.get("/profile/members/cluster/other").status_code == 403
    assert manager.get("/profile/members/cluster/nobody").status_code == 403
    answer = manager.post(f"{MEMBERS}/contact", organisation="beta", email="x@beta.example")
    assert answer.status_code == 404


def test_who_joins_a_cluster_by_their_own_word_cannot_be_asked(place: Town) -> None:
    stranger = place.browser("stranger")
    path = "/profile/organisation/beta"
    form = form_on(stranger.get(path).text)
    stranger.post(
        path, **{**form, "memberOf-add-text": "Optence", "memberOf-add-audience": "public"}
    )
    view = place.knowledge.view()
    assert any(
        s.object.value == place.optence for s in view.statements(place.beta, CR + "memberOf")
    )
    assert "Beta" not in place.browser("manager").get(FRESHNESS).text


def test_confirming_shows_when_and_by_whom(place: Town) -> None:
    member = place.browser("member")
    page = "/page/organisation/alpha"
    member.get(page)
    member.post("/profile/confirm/organisation/alpha")
    assert "by the organisation itself" in place.browser().get(page).text
    # Names are for those who may edit.
    assert "(Member)" not in place.browser().get(page).text
    assert "(Member)" in member.get(page).text
    manager = place.browser("manager")
    manager.get(page)
    manager.post("/profile/confirm/organisation/alpha")
    assert "by its cluster" in place.browser().get(page).text
    assert place.browser("stranger").post("/profile/confirm/organisation/alpha").status_code == 403


def test_saving_alone_confirms_nothing_in_public(place: Town) -> None:
    member = place.browser("member")
    path = "/profile/organisation/alpha"
    form = form_on(member.get(path).text)
    form.pop("confirm")
    member.post(path, **{**form, "employeeCount-0-text": "9"})
    assert "Confirmed on" not in place.browser().get("/page/organisation/alpha").text
