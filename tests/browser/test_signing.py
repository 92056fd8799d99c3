"""Accounts as people see them: register, be let in, look after an account; axe on every page."""

import re
from collections.abc import Iterator
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import DESKTOP, PHONE, demo_server, open_page
from webapp.accounts import Accounts

PASSWORD = "correct horse battery"
OPTENCE = "https://w3id.org/clusterradar/id/cluster/optence"
OUTSIDE = {
    "sign in": "sign-in",
    "register": "register",
    "new password": "password",
    "imprint": "legal/imprint",
}
INSIDE = {
    "my account": "account",
    "people": "people",
    "administration": "administration",
    "log": "administration/audit",
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("accounts")


@pytest.fixture(scope="module")
def address(folder: Path) -> Iterator[str]:
    accounts = Accounts.open(f"sqlite:///{folder / 'accounts.sqlite'}")
    boss = accounts.create("boss@optence.example", "Bea Boss", PASSWORD, administrator=True)
    accounts.manage(boss.id, OPTENCE)
    accounts.create_token(boss.id, "Calendar")
    accounts.invite("guest@optence.example", by=boss.id, cluster=OPTENCE)
    accounts.dispose()
    with demo_server(folder) as served:
        yield served


def sign_in(page: Page, address: str) -> None:
    page.goto(f"{address}sign-in")
    page.get_by_label(re.compile("^(E-mail address|E-Mail-Adresse)$")).fill("boss@optence.example")
    page.get_by_label(re.compile("^(Password|Passwort)$")).fill(PASSWORD)
    page.locator("main button[type=submit]").click()
    page.wait_for_load_state("networkidle")


def mail_to(folder: Path, email: str) -> str:
    """The newest mail to an address."""
    found = [
        mail
        for path in sorted((folder / "mail").iterdir(), key=lambda one: one.stat().st_mtime_ns)
        if (mail := message_from_bytes(path.read_bytes(), policy=policy.default))["To"] == email
    ]
    return str(found[-1].get_content())


def link_in(text: str) -> str:
    found = re.search(r"https?://\S+/(?:register|password|invitation)\S*", text)
    assert found
    return found[0]


def test_somebody_registers_and_is_let_in(page: Page, address: str, folder: Path) -> None:
    email = f"ada{page.viewport_size['width'] if page.viewport_size else ''}@new.example"
    page.goto(f"{address}register")
    page.get_by_label("Your name").fill("Ada New")
    page.get_by_label("E-mail address").fill(email)
    page.get_by_role("button", name="Register").click()
    expect(page.locator("main").get_by_role("status")).to_contain_text(email)
    page.goto(link_in(mail_to(folder, email)))
    page.get_by_label("New password", exact=True).fill(PASSWORD)
    page.get_by_label("The same password again").fill(PASSWORD)
    page.locator("main button[type=submit]").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("You are registered.")
    sign_in(page, address)
    page.goto(f"{address}administration")
    page.get_by_role("link", name=email).click()
    page.get_by_role("button", name="Let in").click()
    assert "confirmed" in mail_to(folder, email)
    page.locator(".account-button").click()
    page.get_by_role("button", name="Sign out").click()
    page.goto(f"{address}sign-in")
    page.get_by_label("E-mail address").fill(email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.locator("main button[type=submit]").click()
    page.goto(f"{address}account")
    expect(page.get_by_label("Your name")).to_have_value("Ada New")


def test_the_first_wrong_field_has_the_focus(address: str, browser: Browser) -> None:
    # Not with open_page: the console calls an answer of 400 an error.
    page = browser.new_context(viewport={"width": 1280, "height": 800}).new_page()
    page.goto(f"{address}register")
    page.get_by_label("Your name").fill("Ada")
    page.get_by_label("E-mail address").fill("ada@x.example")
    organisation = page.get_by_label("Organisation that you act for")
    organisation.fill("Qqqqqq Zzzzz")
    page.get_by_role("button", name="Register").click()
    expect(page.locator("#organisation-error")).to_be_visible()
    expect(organisation).to_be_focused()
    expect(organisation).to_have_attribute("aria-invalid", "true")
    page.context.close()


def test_the_menu_opens_and_closes_with_the_keyboard(address: str, browser: Browser) -> None:
    with open_page(browser, DESKTOP) as page:
        sign_in(page, address)
        page.goto(f"{address}things")
        button = page.locator(".account-button")
        button.focus()
        page.keyboard.press("Enter")
        expect(page.get_by_role("link", name="My account")).to_be_visible()
        page.keyboard.press("Escape")
        expect(page.get_by_role("link", name="My account")).to_be_hidden()
        expect(button).to_be_focused()


@pytest.mark.nightly  # test_accounts looks at the same pages once
@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_pages_of_accounts_are_accessible_and_fit(
    address: str, browser: Browser, size: str, language: str
) -> None:
    viewport = DESKTOP if size == "desktop" else PHONE
    scheme = "dark" if (size == "desktop") == (language == "de") else "light"
    found = []
    with open_page(browser, viewport, color_scheme=scheme) as page:
        for inside, pages in ((False, OUTSIDE), (True, INSIDE)):
            if inside:
                sign_in(page, address)
            for name, path in pages.items():
                page.goto(f"{address}{path}?lang={language}")
                page.wait_for_load_state("networkidle")
                if inside:
                    page.locator(".account-button").click()
                found += [
                    f"{name}: {one['id']} {[node['html'][:120] for node in one['nodes'][:2]]}"
                    for one in Axe().run(page).response["violations"]
                ]
                width = page.evaluate("() => document.documentElement.scrollWidth")
                if width > viewport["width"]:
                    found.append(f"{name}: {width} px wide")
    assert not found, "\n".join(found)
