"""The header's search field, by keyboard, by finger and without scripts."""

import re

from playwright.sync_api import Browser, Locator, Page, expect


def field(page: Page) -> Locator:
    return page.get_by_role("combobox", name="Search")


def type_and_wait(page: Page, text: str) -> None:
    field(page).press_sequentially(text)
    expect(page.get_by_role("listbox")).to_be_visible()


def test_the_keyboard_goes_round_and_escape_closes(server: str, desktop: Page) -> None:
    desktop.goto(server + "things?lang=en")
    type_and_wait(desktop, "optic")
    options = desktop.get_by_role("option")
    expect(field(desktop)).to_have_attribute("aria-expanded", "true")
    field(desktop).press("ArrowUp")
    expect(options.last).to_have_attribute("aria-selected", "true")
    field(desktop).press("ArrowDown")
    assert field(desktop).get_attribute("aria-activedescendant") is None
    field(desktop).press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    active = field(desktop).get_attribute("aria-activedescendant")
    assert active == options.first.get_attribute("id")
    field(desktop).press("Escape")
    expect(desktop.get_by_role("listbox")).to_be_hidden()
    expect(field(desktop)).to_have_value("optic")
    expect(field(desktop)).to_be_focused()


def test_enter_without_a_choice_shows_all_hits(server: str, page: Page) -> None:
    page.goto(server + "things?lang=en")
    type_and_wait(page, "optic")
    field(page).press("Enter")
    page.wait_for_url(re.compile(r"/search\?"))
    assert "q=optic" in page.url
    expect(page.get_by_role("heading", level=1)).to_have_text("Search: optic")


def test_a_click_leads_to_the_radar(server: str, page: Page) -> None:
    page.goto(server + "things?lang=en")
    type_and_wait(page, "optence")
    page.get_by_role("option", name=re.compile("Optence")).first.click()
    page.wait_for_url(re.compile(r"/radar/cluster/optence"))


def test_suggestions_follow_what_is_typed(server: str, desktop: Page) -> None:
    desktop.goto(server + "things?lang=en")
    type_and_wait(desktop, "opt")
    field(desktop).fill("metrolog")
    expect(desktop.get_by_role("option").first).to_contain_text("Metrology")
    field(desktop).fill("qqqqqq")
    expect(desktop.get_by_role("listbox")).to_be_hidden()
    field(desktop).fill("")
    expect(desktop.get_by_role("listbox")).to_be_hidden()


def test_it_is_a_form_where_there_are_no_scripts(server: str, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(server + "things?lang=en")
    box = page.get_by_role("searchbox", name="Search")
    box.fill("lasermedizin")
    box.press("Enter")
    expect(page.get_by_role("link", name="Lasers in medicine", exact=True)).to_be_visible()
    context.close()
