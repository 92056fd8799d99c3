"""Flying through the radar in a real browser, as a person does."""

import re

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.conftest import DESKTOP, open_page

BOXES = """all => all.map(one => one.getBoundingClientRect())
  .map(box => [box.x, box.y, box.right, box.bottom])"""
PLACES = "all => all.map(item => [item.dataset.iri, item.getAttribute('transform')])"
FIRST = "radar/cluster/optence?lang=de"


def picture(page: Page) -> Locator:
    """The picture that this screen shows."""
    return page.locator("svg.radar-picture:visible")


def centre(page: Page) -> str:
    return page.locator("#radar").get_attribute("data-label") or ""


def arrived(page: Page) -> None:
    """Wait until a flight is over."""
    expect(page.locator("#radar.is-flying")).to_have_count(0)
    expect(page.locator("#radar[aria-busy]")).to_have_count(0)


def fly(page: Page, place: int = 0) -> str:
    """Fly to one of the things in the picture; returns its IRI."""
    item = picture(page).locator("a.item").nth(place)
    iri = item.get_attribute("data-iri") or ""
    item.locator(".sign").click()
    expect(page.locator("#radar")).to_have_attribute("data-iri", iri)
    arrived(page)
    return iri


def test_three_flights_and_back(page: Page, server: str) -> None:
    page.goto(server + FIRST)
    assert centre(page) == "Optence e. V."
    names = [centre(page)]
    for place in (1, 2, 3):
        fly(page, place)
        names.append(centre(page))
    assert len(set(names)) >= 3
    assert "via=cluster/optence" in page.url
    expect(page.locator(".trail li")).to_have_count(5)
    for name in reversed(names[:-1]):
        page.go_back()
        expect(page.locator("#radar")).to_have_attribute("data-label", name)
        arrived(page)
    page.go_forward()
    expect(page.locator("#radar")).to_have_attribute("data-label", names[1])


def test_home_leads_to_the_first_radar(page: Page, server: str) -> None:
    page.goto(server + "?lang=de")
    home = centre(page)
    fly(page)
    page.locator(".trail a").first.click()
    expect(page.locator("#radar")).to_have_attribute("data-label", home)
    assert re.search(r"/\?lang=de$", page.url)


def test_the_address_is_the_whole_state(page: Page, server: str) -> None:
    page.goto(server + FIRST)
    fly(page, 1)
    shown = picture(page).locator("a.item").evaluate_all(PLACES)
    page.goto(page.url)
    again = picture(page).locator("a.item").evaluate_all(PLACES)
    assert [iri for iri, _ in again] == [iri for iri, _ in shown]
    numbers = [[float(n) for n in re.findall(r"-?[\d.]+", place)] for _, place in (*shown, *again)]
    half = len(numbers) // 2
    for one, other in zip(numbers[:half], numbers[half:], strict=True):
        assert abs(one[0] - other[0]) < 0.3 and abs(one[1] - other[1]) < 0.3


def test_names_on_the_screen_do_not_overlap(page: Page, server: str) -> None:
    for path in (FIRST, "radar/sector/photonics?lang=en", "radar/project/sensorik-2-0?lang=de"):
        page.goto(server + path)
        boxes = picture(page).locator("a.item .name, a.more, .centre-disc").evaluate_all(BOXES)
        assert len(boxes) > 5
        for place, (x, y, right, bottom) in enumerate(boxes):
            for left, top, end, low in boxes[:place]:
                assert not (x < end and left < right and y < low and top < bottom)


def test_targets_are_large_enough_and_the_page_does_not_scroll_sideways(
    page: Page, server: str
) -> None:
    page.goto(server + FIRST)
    sizes = picture(page).locator("a.item .hit, a.more rect").evaluate_all(BOXES)
    assert sizes
    assert min(min(right - x, low - y) for x, y, right, low in sizes) >= 24
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= (page.viewport_size or {"width": 0})["width"]


def test_a_reason_is_shown_and_its_path_is_drawn(desktop: Page, server: str) -> None:
    desktop.goto(server + FIRST)
    items = picture(desktop).locator("a.item")
    far = next(
        item for item in items.all() if (item.get_attribute("data-path") or "").count('"iri"') > 1
    )
    far.locator(".sign").hover()
    expect(desktop.locator(".radar-card")).to_be_visible()
    reason = desktop.locator(f'.entry[data-iri="{far.get_attribute("data-iri")}"] .entry-reason')
    assert (reason.text_content() or "").strip() in (
        desktop.locator(".radar-card").text_content() or ""
    )
    expect(desktop.locator(".radar-wide .way")).to_have_count(1)
    expect(desktop.locator(".radar-wide :is(.is-way, .via)").first).to_be_visible()
    desktop.mouse.move(2, 400)
    expect(desktop.locator(".radar-card")).to_be_hidden()


def test_list_and_picture_light_up_together(desktop: Page, server: str) -> None:
    desktop.goto(server + FIRST)
    iri = picture(desktop).locator("a.item").first.get_attribute("data-iri")
    desktop.locator(f'.entry[data-iri="{iri}"]').hover()
    expect(desktop.locator(".radar-wide a.item.is-lit")).to_have_attribute("data-iri", iri or "")


def test_the_keyboard_alone_is_enough(desktop: Page, server: str) -> None:
    desktop.goto(server + FIRST)
    assert picture(desktop).locator('[tabindex="0"]').count() == 1
    picture(desktop).locator("a.centre").focus()
    desktop.keyboard.press("ArrowUp")
    focused = desktop.locator("a.item:focus")
    expect(focused).to_have_attribute("data-ring", "1")
    first = focused.get_attribute("data-iri")
    desktop.keyboard.press("ArrowRight")
    assert focused.get_attribute("data-iri") != first
    desktop.keyboard.press("ArrowLeft")
    expect(focused).to_have_attribute("data-iri", first or "")
    desktop.keyboard.press("Enter")
    expect(desktop.locator("#radar")).to_have_attribute("data-iri", first or "")
    arrived(desktop)
    expect(desktop.locator("a.centre:focus")).to_have_count(1)
    expect(desktop.locator("#radar-status")).to_contain_text(centre(desktop))
    desktop.keyboard.press("Backspace")
    expect(desktop.locator("#radar")).to_have_attribute("data-label", "Optence e. V.")


def test_backspace_never_leaves_the_radar(desktop: Page, server: str) -> None:
    desktop.goto(server + "search?q=Optik")
    desktop.goto(server + FIRST)
    fly(desktop)
    desktop.go_back()
    expect(desktop.locator("#radar")).to_have_attribute("data-label", "Optence e. V.")
    arrived(desktop)
    picture(desktop).locator("a.centre").focus()
    desktop.keyboard.press("Backspace")
    desktop.keyboard.press("Backspace")
    expect(desktop.locator("#radar")).to_have_attribute("data-label", "Optence e. V.")


def test_chips_open_the_list_where_they_belong(page: Page, server: str) -> None:
    page.goto(server + FIRST)
    address = page.url
    chip = picture(page).locator("a.more").first
    anchor = (chip.get_attribute("href") or "").removeprefix("#")
    chip.click()
    expect(page.locator(f"#{anchor}")).to_be_focused()
    expect(page.locator(f"#{anchor} .entry").first).to_be_in_viewport()
    assert page.url == address


def test_filter_and_lens(page: Page, server: str) -> None:
    page.goto(server + FIRST)
    page.locator(".filters summary").click()
    page.locator(".filters .chip", has_text="Projekte").click()
    expect(page).to_have_url(re.compile("kinds=project"))
    expect(picture(page).locator("a.item:not(.wedge-projects)")).to_have_count(0)
    expect(page.locator(".filters[open]")).to_have_count(1)
    page.locator(".lenses .chip", has_text="Über den Cluster hinaus").click()
    expect(page).to_have_url(re.compile("lens=beyond"))
    expect(page.locator("#radar .is-shared")).to_have_count(0)
    page.go_back()
    page.go_back()
    expect(picture(page).locator("a.item.wedge-clusters").first).to_be_visible()


def test_the_language_changes_where_one_is(page: Page, server: str) -> None:
    page.goto(server + FIRST)
    fly(page)
    there = page.locator("#radar").get_attribute("data-iri")
    page.locator(".language-switch a", has_text="EN").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator("#radar")).to_have_attribute("data-iri", there or "")
    expect(page.locator(".lenses .chip").first).to_have_text("Nearest")


def test_those_who_want_less_motion_get_none(browser: Browser, server: str) -> None:
    with open_page(browser, DESKTOP, reduced_motion="reduce") as page:
        page.goto(server + FIRST)
        item = picture(page).locator("a.item").first
        iri = item.get_attribute("data-iri") or ""
        item.locator(".sign").click()
        expect(page.locator("#radar")).to_have_attribute("data-iri", iri)
        assert page.locator(".is-flying, .ghost").count() == 0


def test_it_works_without_scripts(browser: Browser, server: str) -> None:
    with open_page(browser, DESKTOP, java_script_enabled=False) as page:
        page.goto(server + FIRST)
        item = picture(page).locator("a.item").first
        name = item.get_attribute("aria-label") or ""
        item.locator(".sign").click()
        page.wait_for_url(re.compile("via=cluster/optence"))
        title = page.locator("#panel-title").text_content() or ""
        assert name.startswith(title.strip())
        page.locator("a.more:visible").first.click()
        assert "#list-" in page.url


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_wedge_can_be_alive(browser: Browser, lively_server: str, scheme: str) -> None:
    with open_page(browser, DESKTOP, color_scheme=scheme) as page:
        page.goto(lively_server + FIRST)
        expect(page.locator(".radar-wide .wedge-label.wedge-devices")).to_have_count(1)
        expect(page.locator(".radar-panel .badge-invented").first).to_have_text("erfunden")
