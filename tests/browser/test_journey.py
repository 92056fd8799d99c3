"""The first visit, as the README promises it: fly, search, filter, import, undo, query."""

import re
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Page, expect

LIST = (
    "id,name,kind,city,member_of,sectors,website\n"
    "zz-lichtblick,Lichtblick Testoptik GmbH,company,Jena,optence,optical-technologies,\n"
    "zz-falsch,Falschform Testwerk GmbH,unicorn,Jena,optence,optical-technologies,\n"
)


def centre(page: Page) -> str:
    return str(page.locator("#radar").get_attribute("data-iri"))


def picture(page: Page):  # type: ignore[no-untyped-def]
    """The picture that is drawn at this width; the other one is hidden."""
    return page.locator("svg.radar-picture:visible")


def fly(page: Page, position: int) -> str:
    """Click the n-th thing of the picture and wait until it is in the centre."""
    item = picture(page).locator("a.item").nth(position)
    iri = str(item.get_attribute("data-iri"))
    item.click()
    page.wait_for_function("iri => document.getElementById('radar').dataset.iri === iri", arg=iri)
    # The flight is over when the new picture answers to clicks again.
    page.wait_for_function("() => !document.querySelector('.is-flying')")
    return iri


def test_fly_three_times_and_come_back(server: str, page: Page) -> None:
    page.goto(server + "?lang=en")
    visited = [centre(page)]
    assert visited[0].endswith("/cluster/optence")
    visited += [fly(page, position) for position in (0, 1, 2)]
    assert len(set(visited)) >= 3
    trail = page.get_by_role("navigation", name="Flight").get_by_role("listitem")
    assert trail.count() >= 3
    for iri in reversed(visited[:-1]):
        page.go_back()
        page.wait_for_function(
            "iri => document.getElementById('radar').dataset.iri === iri", arg=iri
        )
    page.go_forward()
    page.wait_for_function(
        "iri => document.getElementById('radar').dataset.iri === iri", arg=visited[1]
    )
    # The address is the whole state: a fresh load shows the same centre.
    page.reload()
    assert centre(page) == visited[1]


def test_search_as_one_types_and_fly_to_the_hit(server: str, page: Page) -> None:
    page.goto(server + "?lang=de")
    box = page.get_by_role("combobox", name="Suche")
    box.fill("Lasermedizin")
    expect(page.get_by_role("option").filter(has_text="Laser in der Medizin")).to_be_visible()
    box.press("ArrowDown")
    box.press("Enter")
    page.wait_for_url(re.compile(r"/radar/"))
    expect(page.get_by_role("heading", level=2).first).to_contain_text("Laser in der Medizin")


def test_language_filter_lens_and_list(server: str, page: Page) -> None:
    page.goto(server + "radar/cluster/optence?lang=en")
    page.get_by_role("link", name="DE Deutsch").click()
    expect(page.locator("html")).to_have_attribute("lang", "de")
    assert centre(page).endswith("/cluster/optence")
    page.get_by_text("Filter:").click()
    page.get_by_role("list", name="Nur zeigen").get_by_role("link", name="Projekte").click()
    page.wait_for_function("() => location.search.includes('kinds=')")
    kinds = parse_qs(urlsplit(page.url).query)["kinds"]
    assert kinds == ["project"]
    page.wait_for_function(
        "() => [...document.querySelectorAll('svg.radar-picture a.item')]"
        ".every(item => item.dataset.kind === 'project')"
    )
    page.goto(server + "radar/cluster/optence?lang=en&lens=beyond")
    entries = page.locator(".panel-list .entry")
    assert entries.count() > 10
    assert page.locator(".panel-list .badge-shared").count() == 0
    reason = entries.first.locator(".entry-reason")
    assert 5 < len(reason.inner_text()) < 200


def test_a_reason_is_shown_and_its_path_is_drawn(server: str, page: Page) -> None:
    page.goto(server + "radar/cluster/optence?lang=en")
    item = picture(page).locator("a.item").first
    item.focus()
    expect(
        picture(page).locator(".paths path, .paths line, .paths polyline").first
    ).to_be_attached()
    expect(page.locator(".radar-card")).not_to_be_empty()


def test_everything_works_without_a_pointer(server: str, desktop: Page) -> None:
    desktop.goto(server + "radar/cluster/optence?lang=en")
    before = centre(desktop)
    picture(desktop).locator("[tabindex='0']").first.focus()
    desktop.keyboard.press("ArrowRight")
    desktop.keyboard.press("ArrowRight")
    focused = desktop.evaluate("() => document.activeElement.dataset.iri")
    assert focused and focused != before
    desktop.keyboard.press("Enter")
    desktop.wait_for_function(
        "iri => document.getElementById('radar').dataset.iri === iri", arg=focused
    )
    expect(desktop.locator("#radar-status")).to_contain_text("is in the centre")
    desktop.wait_for_function("() => !document.querySelector('.is-flying')")
    desktop.keyboard.press("Backspace")
    desktop.wait_for_function(
        "iri => document.getElementById('radar').dataset.iri === iri", arg=before
    )


def test_import_a_list_with_one_wrong_row_and_take_it_back(
    own_server: str, page: Page, tmp_path: Path
) -> None:
    path = tmp_path / "members.csv"
    path.write_text(LIST, encoding="utf-8")
    page.goto(own_server + "import?lang=en")
    page.get_by_label("File (Excel, CSV, ODS, JSON or RDF)").set_input_files(path)
    page.get_by_label("One row is").select_option("organisation")
    page.get_by_label("Name of the list").fill("test-members")
    page.get_by_role("button", name="Upload").click()
    expect(page.locator("main")).to_contain_text("Nothing has been changed yet.")
    page.get_by_role("button", name="Go on to the plan").first.click()
    wrong = page.get_by_role("region", name="Refused").get_by_role("row").filter(has_text="unicorn")
    expect(wrong).to_contain_text("kind")
    expect(wrong.get_by_role("cell").first).to_have_text("3")
    page.get_by_role("button", name="Commit the accepted rows").click()
    expect(page.locator("main")).to_contain_text("in force")

    page.goto(own_server + "radar/cluster/optence?lang=en&kinds=organisation")
    expect(page.locator(".panel-list")).to_contain_text("Lichtblick Testoptik GmbH")
    expect(page.locator(".panel-list")).not_to_contain_text("Falschform")

    page.goto(own_server + "import?lang=en")
    page.get_by_role("button", name=re.compile("Take back batch")).first.click()
    expect(page.locator("main")).to_contain_text("is taken back")
    page.goto(own_server + "radar/cluster/optence?lang=en&kinds=organisation")
    expect(page.locator(".panel-list")).not_to_contain_text("Lichtblick")


def test_run_an_example_query_and_fly_from_its_result(server: str, page: Page) -> None:
    page.goto(server + "sparql?lang=en")
    page.locator("main").get_by_role("link", name="The largest clusters").click()
    page.get_by_role("button", name="Ask").click()
    rows = page.get_by_role("table").get_by_role("row")
    expect(rows.nth(1)).to_be_visible()
    assert rows.count() > 10
    page.get_by_role("table").get_by_role("link", name=re.compile("radar", re.I)).first.click()
    page.wait_for_url(re.compile(r"/radar/cluster/"))
    assert centre(page)


def test_without_scripts_everything_is_a_link_or_a_form(server: str, browser) -> None:  # type: ignore[no-untyped-def]
    context = browser.new_context(
        java_script_enabled=False, viewport={"width": 1280, "height": 800}
    )
    page = context.new_page()
    page.goto(server + "?lang=en")
    before = centre(page)
    picture(page).locator("a.item").first.click()
    assert centre(page) != before
    page.locator("input[name=q]").first.fill("photonics")
    page.locator("input[name=q]").first.press("Enter")
    expect(page.locator("main")).to_contain_text("Photonics")
    context.close()
