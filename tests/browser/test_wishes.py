"""Not for me, in a real browser: the thing goes, the message takes it back."""

from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.towns import served_town


def test_not_for_me_moves_the_radar_and_can_be_undone(tmp_path: Path, phone: Page) -> None:
    with served_town(tmp_path) as here:
        here.sign_in(phone, "stranger")
        here.go(phone, "/")
        named = phone.get_by_text("Lens", exact=True).and_(phone.locator(".entry-name"))
        entry = phone.locator(".entry", has=named)
        entry.locator("summary").click()
        entry.get_by_role("button", name="Not for me").click()
        told = phone.locator(".told")
        expect(told).to_contain_text("“Lens” is not shown to you any more")
        expect(named).to_have_count(0)
        told.get_by_role("button", name="Undo").click()
        expect(named).to_have_count(1)
        entry.locator("summary").click()
        entry.get_by_role("link", name="Why is it here?").click()
        expect(phone.locator(".connection").first).to_be_visible()
        phone.wait_for_load_state("networkidle")
