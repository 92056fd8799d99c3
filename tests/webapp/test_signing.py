"""The pages of accounts: in and out, registration, invitation, passwords, my account."""

import re
from collections.abc import Iterator

import pytest

from tests.webapp.accounts_app import PASSWORD, Browser, Town, town

NEW = "another horse battery"


@pytest.fixture
def made() -> Iterator[Town]:
    with town() as opened:
        yield opened


def name_in_header(browser: Browser) -> str:
    found = re.search(r'class="account-name">([^<]+)<', browser.get("/things").text)
    assert found
    return found[1]


# ---- in and out ----


def test_signing_in_and_out_is_seen_in_the_header(made: Town) -> None:
    browser = made.browser()
    assert name_in_header(browser) == "Sign in"
    answer = browser.sign_in("Member@optence.example ", next="/things?lang=de")
    assert (answer.status_code, answer.location) == (303, "/things?lang=de")
    assert name_in_header(browser) == "Member"
    assert browser.post("/sign-out").status_code == 303
    assert name_in_header(browser) == "Sign in"


def test_a_page_that_wants_an_account_comes_back_after_signing_in(made: Town) -> None:
    browser = made.browser()
    answer = browser.get("/account?lang=de")
    assert answer.status_code == 302
    page = browser.get(answer.location)
    found = re.search(r'name="next" value="([^"]+)"', page.text)
    assert found and found[1] == "/account?lang=de"


def test_a_wrong_password_is_said_beside_its_field_which_has_the_focus(made: Town) -> None:
    answer = made.browser().sign_in("member@optence.example", "wrong")
    assert answer.status_code == 400
    field = re.search(r"<input[^>]*name=\"password\"[^>]*>", answer.text)
    assert field and 'aria-invalid="true"' in field[0] and "autofocus" in field[0]
    assert 'aria-describedby="password-error"' in field[0]
    assert 'id="password-error"' in answer.text
    assert 'value="member@optence.example"' in answer.text, "what was typed stays"
    assert "wrong" not in answer.text.partition("<main")[2].partition("</main")[0]


def test_who_fails_too_often_waits() -> None:
    with town(attempts_per_minute=3) as made:
        browser = made.browser()
        for _ in range(3):
            browser.sign_in("nobody@optence.example", "wrong")
        answer = browser.sign_in("member@optence.example")
        assert answer.status_code == 429
        assert int(answer.headers["Retry-After"]) > 0


def test_the_language_of_the_account_goes_along(made: Town) -> None:
    member = made.people["member"]
    made.accounts.change(member.id, name="Member", language="de")
    browser = made.browser("member")
    assert '<html lang="de">' in browser.client.get("/things").text


# ---- registration ----


def register(browser: Browser, **fields: str) -> str:
    form = {"name": "Neu", "email": "neu@alpha.example", "organisation": "Alpha GmbH", **fields}
    browser.get("/register")
    answer = browser.post("/register", **form)
    assert answer.status_code == 200, answer.text
    return answer.text.replace(form["email"], "ADDRESS")


def test_from_registration_over_mail_and_manager_to_the_first_sign_in(made: Town) -> None:
    browser, manager = made.browser(), made.browser("manager")
    register(browser)
    assert "neu@alpha.example" not in manager.get("/people").text, "the address is not confirmed"
    link = made.link("neu@alpha.example")
    assert browser.get(link).status_code == 200
    browser.post(link, password=NEW, password_again=NEW)
    assert browser.sign_in("neu@alpha.example", NEW).status_code == 400, "a manager comes first"
    assert made.sent[-1]["To"] == "manager@optence.example"
    page = manager.get(made.link("manager@optence.example"))
    assert "neu@alpha.example" in page.text and "Alpha GmbH" in page.text
    account = made.accounts.by_email("neu@alpha.example")
    assert account
    fields = {
        "cluster": "cluster/optence",
        "account": account.id,
        "organisation": made.alpha,
    }
    assert manager.post("/people/confirm", **fields).status_code == 303
    assert made.sent[-1]["To"] == "neu@alpha.example"
    assert browser.sign_in("neu@alpha.example", NEW).status_code == 303
    assert made.accounts.acts_for(account.id) == (made.alpha,)


def test_the_link_of_a_registration_is_good_once_and_for_itself(made: Town) -> None:
    browser = made.browser()
    register(browser)
    link = made.link("neu@alpha.example")
    path, _, query = link.partition("?")
    assert browser.get(f"{path}x?{query}").status_code == 404
    assert browser.get(path.replace("/register/", "/password/")).status_code == 404
    browser.get(link)
    assert browser.post(link, password=NEW, password_again="else").status_code == 400
    assert browser.post(link, password="short", password_again="short").status_code == 400
    assert browser.post(link, password=NEW, password_again=NEW).status_code == 200
    assert browser.get(link).status_code == 404


def test_a_registration_without_an_organisation_goes_to_the_administrators(made: Town) -> None:
    browser = made.browser()
    register(browser, organisation="")
    link = made.link("neu@alpha.example")
    browser.get(link)
    browser.post(link, password=NEW, password_again=NEW)
    assert made.sent[-1]["To"] == "admin@optence.example"
    account = made.accounts.by_email("neu@alpha.example")
    assert account
    admin = made.browser("admin")
    assert "neu@alpha.example" in admin.get("/administration").text
    assert admin.post(f"/administration/account/{account.id}/confirm").status_code == 303
    assert browser.sign_in("neu@alpha.example", NEW).status_code == 303


def test_a_name_that_could_mean_several_organisations_lets_one_choose(made: Town) -> None:
    browser = made.browser()
    browser.get("/register")
    fields = {"name": "Neu", "email": "neu@alpha.example", "organisation": "Alph"}
    page = browser.post("/register", **fields)
    assert page.status_code == 400
    assert 'name="which" value="alpha"' in page.text
    assert browser.post("/register", **fields, which="alpha").status_code == 200
    account = made.accounts.by_email("neu@alpha.example")
    assert account and made.accounts.acting(account.id)[0].organisation == made.alpha
    unknown = {**fields, "email": "else@alpha.example", "organisation": "Qqqq"}
    assert "called so" in browser.post("/register", **unknown).text


# ---- invitation ----


def invite(made: Town, email: str, **fields: str) -> str:
    manager = made.browser("manager")
    manager.get("/people")
    form = {"cluster": "cluster/optence", "language": "en", "organisation": "alpha", **fields}
    answer = manager.post("/people/invite", email=email, **form)
    assert answer.status_code == 303, answer.text
    return made.link(email)


def test_from_invitation_to_the_first_sign_in(made: Town) -> None:
    link = invite(made, "guest@alpha.example", manages="yes")
    assert "Manager invites you" in made.sent[-1].get_content()
    browser = made.browser()
    page = browser.get(link)
    assert "Alpha GmbH" in page.text and "Optence" in page.text
    assert browser.post(link, name="", password=NEW, password_again=NEW).status_code == 400
    assert browser.post(link, name="Guest", password=NEW, password_again=NEW).status_code == 303
    assert name_in_header(browser) == "Guest"
    account = made.accounts.by_email("guest@alpha.example")
    assert account
    assert made.accounts.acts_for(account.id) == (made.alpha,)
    assert made.accounts.manages(account.id) == (made.optence,)
    assert browser.get(link).status_code == 404, "good once"


def test_who_has_an_account_accepts_without_another_password(made: Town) -> None:
    link = invite(made, "stranger@optence.example")
    browser = made.browser()
    page = browser.get(link)
    assert 'name="password"' not in page.text
    assert browser.post(link).status_code == 303
    assert set(made.accounts.acts_for(made.people["stranger"].id)) == {made.alpha, made.beta}
    assert browser.sign_in("stranger@optence.example").status_code == 303


def test_an_invitation_taken_back_is_none(made: Town) -> None:
    link = invite(made, "guest@alpha.example")
    (invitation,) = made.accounts.invitations(made.optence)
    manager = made.browser("manager")
    assert "guest@alpha.example" in manager.get("/people").text
    manager.post(f"/people/withdraw/{invitation.id}", cluster="cluster/optence")
    assert made.browser().get(link).status_code == 404


def test_a_manager_invites_only_for_members_of_the_own_cluster(made: Town) -> None:
    manager = made.browser("manager")
    manager.get("/people")
    form = {"email": "guest@beta.example", "language": "en", "cluster": "cluster/optence"}
    assert manager.post("/people/invite", organisation="beta", **form).status_code == 400
    form["cluster"] = "cluster/other"
    assert manager.post("/people/invite", organisation="beta", **form).status_code == 404
    assert not made.sent


# ---- passwords ----


def test_a_forgotten_password_is_chosen_anew_by_mail_once(made: Town) -> None:
    browser, elsewhere = made.browser(), made.browser("member")
    browser.get("/password")
    assert browser.post("/password", email="member@optence.example").status_code == 200
    link = made.link("member@optence.example")
    browser.get(link)
    assert browser.post(link, password=NEW, password_again=NEW).status_code == 303
    assert name_in_header(browser) == "Member"
    assert name_in_header(elsewhere) == "Sign in", "all other browsers are signed out"
    assert browser.get(link).status_code == 404
    assert made.browser().sign_in("member@optence.example").status_code == 400
    assert made.browser().sign_in("member@optence.example", NEW).status_code == 303


def test_somebody_who_waits_gets_no_way_round_the_manager(made: Town) -> None:
    browser = made.browser()
    register(browser)
    browser.get("/password")
    browser.post("/password", email="neu@alpha.example")
    assert "/password/" not in made.sent[-1].get_content()


# ---- my account ----


def test_name_language_and_password_are_changed(made: Town) -> None:
    browser, elsewhere = made.browser("member"), made.browser("member")
    browser.get("/account")
    assert browser.post("/account/details", name="M. Ember", language="de").status_code == 303
    assert '<html lang="de">' in browser.client.get("/account").text
    wrong = browser.post("/account/password", old_password="x", password=NEW, password_again=NEW)
    assert wrong.status_code == 400
    right = browser.post(
        "/account/password", old_password=PASSWORD, password=NEW, password_again=NEW
    )
    assert right.status_code == 303
    assert name_in_header(browser) == "M. Ember"
    assert name_in_header(elsewhere) == "Sign in"


def test_a_token_is_shown_once_works_and_ends(made: Town) -> None:
    browser = made.browser("member")
    browser.get("/account")
    none = browser.post("/account/tokens", token_name="Feed", days="30")
    assert none.status_code == 400 and "at least one" in none.text
    page = browser.post(
        "/account/tokens", **{"token_name": "Feed", "days": "30", "scope-read": "yes"}
    )
    found = re.search(r'class="secret">([^<]+)<', page.text)
    assert found
    assert found[1] not in browser.get("/account").text
    program = {"Authorization": f"Bearer {found[1]}"}
    answer = made.app.test_client().get("/api/v1/radar?centre=cluster/optence", headers=program)
    assert answer.json and answer.json["viewer"] == made.people["member"].id
    cannot = made.app.test_client().get("/account", headers=program)
    assert cannot.status_code == 403
    (token,) = made.accounts.tokens(made.people["member"].id)
    stranger = made.browser("stranger")
    stranger.get("/account")
    stranger.post(f"/account/tokens/{token.id}/revoke")
    assert made.accounts.tokens(made.people["member"].id), "of somebody else"
    browser.post(f"/account/tokens/{token.id}/revoke")
    refused = made.app.test_client().get("/api/v1/search?q=a", headers=program)
    assert refused.status_code == 401


def test_i_say_for_whom_i_act_and_the_manager_decides(made: Town) -> None:
    stranger, manager = made.browser("stranger"), made.browser("manager")
    stranger.get("/account")
    assert stranger.post("/account/acting", organisation="alpha gmbh").status_code == 303
    assert "waits to be confirmed" in stranger.get("/account").text
    assert "stranger@optence.example" in manager.get("/people").text
    form = {"cluster": "cluster/optence", "account": made.people["stranger"].id}
    assert manager.post("/people/stop", **form, organisation=made.beta).status_code == 404
    assert manager.post("/people/confirm", **form, organisation=made.alpha).status_code == 303
    assert made.alpha in made.accounts.acts_for(made.people["stranger"].id)


def test_closing_my_account_wants_password_and_yes(made: Town) -> None:
    browser = made.browser("member")
    browser.get("/account")
    assert browser.post("/account/close", closing_password=PASSWORD).status_code == 400
    assert browser.post("/account/close", sure="yes", closing_password="x").status_code == 400
    assert browser.post("/account/close", sure="yes", closing_password=PASSWORD).status_code == 303
    assert name_in_header(browser) == "Sign in"
    assert browser.sign_in("member@optence.example").status_code == 400


def test_the_last_administrator_stays(made: Town) -> None:
    browser = made.browser("admin")
    browser.get("/account")
    answer = browser.post("/account/close", sure="yes", closing_password=PASSWORD)
    assert answer.status_code == 400 and "only administrator" in answer.text


# ---- people and administration ----


def test_a_manager_closes_only_accounts_of_the_own_clusters(made: Town) -> None:
    manager, member, stranger = (
        made.browser("manager"),
        made.people["member"],
        made.people["stranger"],
    )
    made.accounts.confirm_acting(stranger.id, made.alpha, how="manager")
    manager.get("/people")
    form = {"cluster": "cluster/optence", "organisation": made.alpha}
    assert manager.post("/people/close", account=stranger.id, **form).status_code == 403
    assert manager.post("/people/close", account=member.id, **form).status_code == 303
    closed = made.accounts.by_id(member.id)
    assert closed and closed.status == "closed"


@pytest.mark.parametrize("who", ["", "member", "stranger", "manager"])
def test_administration_is_for_administrators(made: Town, who: str) -> None:
    browser = made.browser(who)
    member = made.people["member"].id
    for path in ("/administration", "/administration/audit", f"/administration/account/{member}"):
        answer = browser.get(path)
        assert answer.status_code == (403 if who else 302)
    if who != "manager":
        assert browser.get("/people").status_code == (403 if who else 302)
    browser.get("/sign-in" if not who else "/account")
    answer = browser.post(f"/administration/account/{member}/close")
    assert answer.status_code in (401, 403)
    closed = made.accounts.by_id(member)
    assert closed and closed.status == "active"


def test_an_administrator_makes_managers_and_sees_what_was_done(made: Town) -> None:
    admin, member = made.browser("admin"), made.people["member"]
    page = f"/administration/account/{member.id}"
    assert "member@optence.example" in admin.get("/administration?q=MEMBER").text
    assert "stranger@" not in admin.get("/administration?q=MEMBER").text
    assert admin.get(page).status_code == 200
    assert admin.post(f"{page}/manage", cluster="cluster/other").status_code == 303
    assert admin.post(f"{page}/manage", cluster="cluster/none").status_code == 400
    assert made.accounts.manages(member.id) == (made.other,)
    assert admin.post(f"{page}/stop-managing", cluster=made.other).status_code == 303
    assert made.accounts.manages(member.id) == ()
    admin.post(
        "/administration/invite", email="m@other.example", cluster="cluster/other", language="de"
    )
    assert "lädt Sie zu" in made.sent[-1].get_content()
    log = admin.get("/administration/audit").text
    assert "ended that somebody manages a cluster" in log and "Member" in log


def test_an_administrator_appoints_another(made: Town) -> None:
    admin, member = made.browser("admin"), made.people["member"]
    admin.get("/administration")
    form = {"administrator": "yes"}
    assert admin.post(f"/administration/account/{member.id}/appoint", **form).status_code == 303
    made.browser("member").get("/administration")
    appointed = made.accounts.by_id(member.id)
    assert appointed and appointed.administrator
    own = f"/administration/account/{made.people['admin'].id}/appoint"
    assert admin.post(own).status_code == 409, "nobody locks themselves out by accident"


# ---- what mails lead to ----


def test_links_in_mails_never_lead_where_the_request_says(made: Town) -> None:
    browser = made.browser()
    there = "http://evil.example"
    browser.get("/password", base_url=there)
    form = {"form_token": browser.token, "email": "member@optence.example"}
    assert browser.client.post("/password", data=form, base_url=there).status_code == 503
    assert not made.sent


def test_links_in_mails_use_the_address_that_the_operator_said() -> None:
    with town(public_url="https://radar.example") as made:
        browser = made.browser()
        browser.get("/password", base_url="https://radar.example")
        form = {"form_token": browser.token, "email": "member@optence.example"}
        browser.client.post("/password", data=form, base_url="https://radar.example")
        assert "https://radar.example/password/" in made.sent[-1].get_content()


def test_a_page_that_tells_nobody_its_address_sends_its_form(made: Town) -> None:
    browser = made.browser()
    browser.get("/password")
    assert browser.post("/password", email="member@optence.example").status_code in {200, 303}
    link = made.link("member@optence.example")
    page = browser.get(link)
    assert 'content="no-referrer"' in page.text
    # So a browser writes, where the page has that.
    answer = browser.client.post(
        link,
        data={"form_token": browser.token, "password": "x", "again": "y"},
        headers={"Origin": "null", "Sec-Fetch-Site": "same-origin"},
    )
    assert answer.status_code != 403
