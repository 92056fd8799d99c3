"""Members, managers and visitors in a real browser: who gets in, who reads what, who is erased."""

import re
from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import DESKTOP, PHONE, open_page
from tests.browser.towns import ServedTown, served_town
from tests.webapp.accounts_app import PASSWORD
from tests.webapp.accounts_app import Browser as TownBrowser
from tests.webapp.conftest import quick_hashes

__all__ = ["quick_hashes"]

ALPHA = "/organisation/alpha"
LIST = (
    "id,name,website\n"
    "gamma,Gamma Testwerk GmbH,https://gamma.example\n"
    "delta,Delta Testoptik AG,https://delta.example\n"
)
Tour = dict[str, dict[str, str]]


@pytest.fixture
def there(tmp_path: Path) -> Iterator[ServedTown]:
    """A town for one test that changes it."""
    with served_town(tmp_path / "mail") as served:
        yield served


@pytest.fixture(scope="module")
def quiet(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[ServedTown, Tour]]:
    """A town that tests only look at, and the pages to look at."""
    with served_town(tmp_path_factory.mktemp("town") / "mail") as served:
        yield served, tour(served)


def _send(sender: TownBrowser, path: str, **fields: str) -> str:
    """Send a form that has to be accepted; gives where it leads."""
    answer = sender.post(path, **fields)
    assert answer.status_code in (200, 303), (path, answer.status_code, answer.text[-9000:-4000])
    return str(answer.location or "")


def tour(served: ServedTown) -> Tour:
    """Every type of page about accounts, by who looks at it ("": a visitor) and a name.

    The pages of profiles have a tour of their own.

    Fills the town so that no page is empty: somebody waits to be let in, somebody asks to act for
    an organisation, somebody is invited, a room has a post, something is saved.
    """
    place = served.place
    visitor, manager, member = place.browser(), place.browser("manager"), place.browser("member")
    visitor.get("/register")
    _send(visitor, "/register", name="Nora", email="nora@alpha.example", organisation="Alpha GmbH")
    registered, *_more = served.mailed("nora@alpha.example")
    _send(place.browser("admin"), "/account/acting", organisation="Alpha GmbH")
    _send(
        manager,
        "/people/invite",
        cluster="cluster/optence",
        email="ines@alpha.example",
        language="de",
    )
    invitation, *_more = served.mailed("ines@alpha.example")
    _send(visitor, "/password", email="stranger@optence.example")
    forgotten, *_more = served.mailed("stranger@optence.example")
    _send(manager, "/account/tokens", token_name="Reports", days="90", **{"scope-read": "yes"})
    room = _send(manager, "/groups", name="Quiet corner", text="For a few.", seen_by="hidden")
    _send(manager, f"{room}/invite", q="member@optence.example")
    _send(manager, f"{room}/posts", sort="offer", title="Free time", text="May.", topics="Optics")
    _send(member, "/me/interests", interest="topic/optics")
    _send(member, "/me/saved", save="organisation/beta", back="/me/saved")
    _send(manager, "/profile/members/cluster/optence/ask", organisation="alpha", send="1")
    confirm, *_more, stop = served.mailed("member@optence.example")

    def path(address: str) -> str:
        return address.removeprefix(served.address).partition("?")[0]

    return {
        "": {
            "sign in": "/sign-in",
            "register": "/register",
            "registered": path(registered),
            "invitation": path(invitation),
            "forgotten": "/password",
            "password": path(forgotten),
            "nothing here": room,
            "confirm": path(confirm),
            "correct": f"{path(confirm)}/correct",
            "stop": path(stop),
            # The legal pages differ in their words only.
            "legal page": "/legal/privacy",
        },
        "stranger": {"no rooms": "/groups", "nothing saved": "/me/saved"},
        "member": {
            "account": "/account",
            "my radar": "/",
            "interests": "/me/interests",
            "saved": "/me/saved",
            "rooms": "/groups",
            "kept": "/account/data",
            "erase me": "/account/erase",
        },
        "manager": {
            "people": "/people",
            "access": f"/access{ALPHA}",
            "room": room,
            "dissolve": f"{room}/dissolve",
            "import own": "/import",
            "tokens": "/account",
            "person": "/persons/mara/data",
            "erase person": "/persons/mara/erase",
            "person page": "/page/person/mara",
        },
        "admin": {
            "my radar without content": "/",
            "administration": "/administration",
            "audit": "/administration/audit",
            "one account": f"/administration/account/{place.people['member'].id}",
        },
    }


def _phone(browser: Browser) -> AbstractContextManager[Page]:
    return open_page(browser, PHONE, has_touch=True, is_mobile=True)


def test_somebody_registers_and_is_let_in_and_signs_out(
    there: ServedTown, browser: Browser, desktop: Page
) -> None:
    with _phone(browser) as page:
        there.go(page, "/sign-in")
        page.get_by_role("link", name="Register").click()
        page.get_by_label("Your name").fill("Nora New")
        page.get_by_label("E-mail address").fill("nora@alpha.example")
        page.get_by_label("Organisation that you act for").fill("Alpha GmbH")
        page.get_by_role("button", name="Register").click()
        expect(page.locator("main")).to_contain_text("nora@alpha.example")
        page.goto(there.mailed("nora@alpha.example")[0])
        _choose_password(page)
        page.get_by_role("button", name="Choose a password").click()
        expect(page.locator("main")).to_contain_text("You get a mail as soon as you can sign in")

        there.sign_in(desktop, "manager")
        _menu(desktop, "Manager", "People of my cluster")
        desktop.get_by_role("button", name="Let in: nora@alpha.example").click()
        expect(desktop.get_by_role("status").filter(has_text="Confirmed.")).to_be_visible()

        there.sign_in(page, "nora@alpha.example")
        _menu(page, "Nora New", "Profile of Alpha GmbH")
        expect(page.get_by_role("heading", name="Alpha GmbH")).to_be_visible()
        there.go(page, "/")
        expect(page.locator("#radar")).to_have_attribute("data-iri", re.compile("me"))
        page.get_by_role("button", name="My account").click()
        page.get_by_role("button", name="Sign out").click()
        expect(page.get_by_role("link", name="Sign in")).to_be_visible()
        there.go(page, "/account")
        assert "/sign-in" in page.url


def test_a_manager_invites_imports_explains_and_erases(
    there: ServedTown, browser: Browser, desktop: Page, tmp_path: Path
) -> None:
    there.sign_in(desktop, "manager")
    there.go(desktop, "/people")
    invite = desktop.get_by_role("complementary")
    invite.get_by_label("E-mail address").fill("ines@alpha.example")
    invite.get_by_label("Acts for").select_option(label="Alpha GmbH")
    invite.get_by_role("button", name="Send the invitation").click()
    expect(desktop.get_by_text("The invitation is on its way.")).to_be_visible()
    with _phone(browser) as ines:
        ines.goto(there.mailed("ines@alpha.example")[0])
        ines.get_by_label("Your name").fill("Ines Vited")
        _choose_password(ines)
        ines.get_by_role("button", name="Accept and sign in").click()
        expect(ines.get_by_role("button", name="My account")).to_be_visible()
        _import(there, desktop, tmp_path)
        # The own list is for the cluster: its members find it, and nobody else does.
        there.go(ines, "/search?q=Testwerk")
        expect(ines.locator("main")).to_contain_text("Gamma Testwerk GmbH")
    with _phone(browser) as guest:
        there.go(guest, "/search?q=Testwerk")
        expect(guest.locator("main")).not_to_contain_text("Gamma Testwerk GmbH")
    _explain(there, desktop)
    _erase(there, desktop)


def _import(there: ServedTown, page: Page, folder: Path) -> None:
    path = folder / "members.csv"
    path.write_text(LIST, encoding="utf-8")
    there.go(page, "/import")
    page.locator("input[type=file]").set_input_files(path)
    page.get_by_label("One row is").select_option("organisation")
    page.get_by_label("Name of the list").fill("own-members")
    page.get_by_label("Who may read it?").select_option("network:cluster/optence")
    page.get_by_role("button", name="Upload").click()
    page.get_by_role("button", name="Go on to the plan").first.click()
    expect(page.locator("main")).to_contain_text("Nothing has been changed yet.")
    page.get_by_role("button", name="Commit").click()
    expect(page.locator("main")).to_contain_text("in force")


def _explain(there: ServedTown, page: Page) -> None:
    there.go(page, f"/page{ALPHA}")
    page.get_by_role("link", name="Edit").click()
    page.get_by_role("link", name="See it as others do").first.click()
    page.get_by_role("link", name="Who sees what").click()
    row = page.get_by_role("row").filter(has_text="We seek a laser")
    expect(row).to_contain_text("to which they do not belong")
    page.get_by_label("Somebody").select_option(label="Ines Vited (ines@alpha.example)")
    page.get_by_role("button", name="Show").click()
    expect(row).to_contain_text("to which they belong")
    assert "http://www.w3.org" not in page.get_by_role("table").inner_text()


def _erase(there: ServedTown, page: Page) -> None:
    there.go(page, "/page/person/mara")
    page.get_by_role("link", name="What is kept, and erasing it").click()
    expect(page.locator("main")).to_contain_text("Mara Lindqvist")
    page.get_by_role("link", name="Erase …").click()
    page.get_by_label("Your password").fill(PASSWORD)
    page.get_by_label("Yes, erase Mara Lindqvist").check()
    page.get_by_role("button", name="Erase for good").click()
    expect(page.locator("main")).to_contain_text("Nothing of this person is kept any more.")
    assert page.request.get(f"{there.address}/page/person/mara").status == 404
    there.go(page, f"/page{ALPHA}")
    expect(page.locator("main")).not_to_contain_text("Lindqvist")


def test_a_closed_room_and_a_section_stay_among_their_own(
    there: ServedTown, browser: Browser, desktop: Page
) -> None:
    there.sign_in(desktop, "manager")
    _menu(desktop, "Manager", "My rooms")
    desktop.get_by_label("Name").fill("Quiet corner")
    desktop.get_by_role("button", name="Open the room").click()
    desktop.get_by_label("Invite").fill("member@optence.example")
    desktop.get_by_role("button", name="Invite").click()
    desktop.get_by_label("Title").fill("Free measuring time")
    desktop.get_by_role("button", name="Post").click()
    expect(desktop.get_by_role("heading", name="Free measuring time")).to_be_visible()
    room = desktop.url.partition("?")[0]
    with _phone(browser) as member:
        there.sign_in(member, "member")
        there.go(member, "/groups")
        member.get_by_role("button", name="Join: Quiet corner").click()
        expect(member.get_by_role("heading", name="Free measuring time")).to_be_visible()
        there.go(member, "/page/project/lens")
        expect(member.locator("main")).not_to_contain_text("Only for the section")
    with _phone(browser) as stranger:
        there.sign_in(stranger, "stranger")
        there.go(stranger, "/page/project/lens")
        expect(stranger.locator("main")).to_contain_text("Only for the section")
        there.go(stranger, "/search?q=measuring")
        expect(stranger.locator("main")).not_to_contain_text("Free measuring time")
        assert stranger.request.get(room).status == 404


def _choose_password(page: Page) -> None:
    page.get_by_label("New password").fill(PASSWORD)
    page.get_by_label("The same password again").fill(PASSWORD)


def _menu(page: Page, name: str, entry: str) -> None:
    """Follow an entry of the menu of whoever is signed in."""
    page.get_by_role("button", name=f"My account: {name}").click()
    page.get_by_role("navigation", name="My account").get_by_role("link", name=entry).click()


# The last picture of a page may still be on its way when the browser goes.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize(
    ("size", "language"),
    [
        ("phone", "de"),
        pytest.param("desktop", "en", marks=pytest.mark.nightly),
        pytest.param("phone", "en", marks=pytest.mark.nightly),
        pytest.param("desktop", "de", marks=pytest.mark.nightly),
    ],
)
def test_the_pages_are_accessible_and_fit(
    quiet: tuple[ServedTown, Tour],
    browser: Browser,
    request: pytest.FixtureRequest,
    size: str,
    language: str,
) -> None:
    served, pages = quiet
    found = []
    viewport = PHONE if size == "phone" else DESKTOP
    # By day axe looks at every other page only; at night at each of them.
    at_night = request.node.get_closest_marker("nightly") is not None
    # Both schemes get looked at, without doubling the runs.
    scheme = "dark" if (size == "phone") == (language == "de") else "light"
    for who, paths in pages.items():
        context = browser.new_context(
            viewport={"width": viewport["width"], "height": viewport["height"]},
            color_scheme=scheme,  # type: ignore[arg-type]
        )
        page = context.new_page()
        if who:
            served.sign_in(page, who)
        for number, (name, path) in enumerate(paths.items()):
            served.go(page, path, language)
            assert page.locator("html").get_attribute("lang") == language, name
            width = page.evaluate("() => document.documentElement.scrollWidth")
            if width > viewport["width"]:
                found.append(f"{name}: {width} px wide")
            if at_night or number % 2:
                found += _violations(page, name)
        context.close()
    assert not found, "\n".join(found)


def _violations(page: Page, name: str) -> list[str]:
    seen = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    return [
        f"{name}: {one['id']} {[node['html'][:160] for node in one['nodes'][:3]]}"
        for one in seen
        if one["impact"] in ("serious", "critical")
    ]
