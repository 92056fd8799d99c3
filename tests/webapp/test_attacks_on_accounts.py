"""Attacks on accounts: forged forms, planted cookies, guessing who has an account, injection."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from werkzeug.test import TestResponse

from tests.webapp.accounts_app import PASSWORD, Browser, Town, town
from tests.webapp.test_attacks import SCRIPT, Markup, changing, lies_here

ROLES = ("", "manager", "admin")


@pytest.fixture
def made() -> Iterator[Town]:
    with town() as opened:
        yield opened


def cookie(answer: TestResponse, name: str = "session") -> str:
    """What an answer sets a cookie to, with its attributes; empty if it does not."""
    return next(
        (one for one in answer.headers.getlist("Set-Cookie") if one.startswith(f"{name}=")), ""
    )


def state(made: Town) -> list[Any]:
    """All that a forged form could change."""
    accounts = made.accounts
    return (
        [
            [
                (one.id, one.status, one.name, one.password_hash, one.administrator)
                for one in all_of
            ],
            [(one.id, accounts.acts_for(one.id), accounts.manages(one.id)) for one in all_of],
            [len(accounts.tokens(one.id)) + len(accounts.sign_ins(one.id)) for one in all_of],
            made.knowledge.generation,
            len(made.sent),
        ]
        if (all_of := accounts.all())
        else []
    )


# ---- CSRF ----


@pytest.mark.parametrize("who", ROLES)
def test_no_form_of_another_site_changes_anything_for_anybody(made: Town, who: str) -> None:
    browser = made.browser(who)
    browser.get("/sign-in" if not who else "/account")
    before = state(made)
    addresses = changing(made.app)
    assert {"/sign-in", "/account/close", "/people/invite", "/administration/invite"} <= {
        address for _, address in addresses
    }
    for method, address in addresses:
        for form, headers in (
            ({}, {}),
            ({"form_token": "x" * 43}, {}),
            ({"form_token": browser.token}, {"Origin": "https://evil.example"}),
            ({"form_token": browser.token}, {"Sec-Fetch-Site": "cross-site"}),
        ):
            answer = browser.client.open(address, method=method, data=form, headers=headers)
            assert answer.status_code in (401, 403, 404), (method, address, answer.status_code)
    assert state(made) == before


def test_nobody_is_signed_in_by_a_foreign_form(made: Town) -> None:
    client = made.app.test_client()
    form = {"email": "member@optence.example", "password": PASSWORD}
    answer = client.post("/sign-in", data=form, headers={"Origin": "https://evil.example"})
    assert answer.status_code == 403
    assert not cookie(answer)


def test_looking_at_an_address_changes_nothing(made: Town) -> None:
    browser = made.browser("admin")
    before = state(made)
    for _, address in changing(made.app):
        browser.get(address)
    assert state(made) == before


# ---- session fixation ----


def test_a_planted_session_is_not_the_one_that_is_signed_in(made: Town) -> None:
    attacker, victim = made.browser("stranger"), made.browser()
    planted = attacker.client.get_cookie("session")
    assert planted
    victim.get("/sign-in")
    victim.client.set_cookie("session", planted.value)
    answer = victim.post("/sign-in", email="member@optence.example", password=PASSWORD)
    fresh = victim.client.get_cookie("session")
    assert answer.status_code == 303 and fresh and fresh.value != planted.value
    assert ">Member<" not in attacker.get("/things").text
    reused = made.app.test_client()
    reused.set_cookie("session", planted.value)
    assert ">Member<" not in reused.get("/things").text


def test_a_session_of_before_is_worth_nothing_after_signing_out(made: Town) -> None:
    browser = made.browser("member")
    stolen = browser.client.get_cookie("session")
    assert stolen
    browser.get("/account")
    browser.post("/sign-out")
    thief = made.app.test_client()
    thief.set_cookie("session", stolen.value)
    assert ">Member<" not in thief.get("/things").text
    assert thief.get("/account").status_code == 302


def test_a_session_ends_with_the_account(made: Town) -> None:
    browser = made.browser("member")
    made.accounts.close(made.people["member"].id, by=None)
    assert browser.get("/account").status_code == 302


def test_a_session_that_was_made_up_is_none(made: Town) -> None:
    client = made.app.test_client()
    for value in ("", "x", "eyJfdXNlcl9pZCI6ImFkbWluIn0.x.y", "." * 50, "\u00e9"):
        client.set_cookie("session", value)
        assert client.get("/administration").status_code in (302, 400)


def test_the_cookie_of_a_session_is_kept_from_scripts_and_other_sites(made: Town) -> None:
    said = cookie(made.browser().sign_in("member@optence.example"))
    assert "HttpOnly" in said and "SameSite=Lax" in said and "Expires" not in said
    assert "Secure" not in said
    with town(public_url="https://radar.example") as secure:
        client = Browser(secure.app.test_client())
        there = {"base_url": "https://radar.example"}
        client.get("/sign-in", **there)
        form = {
            "form_token": client.token,
            "email": "member@optence.example",
            "password": PASSWORD,
        }
        answer = client.client.post("/sign-in", data=form, **there)
        print(answer.headers)
        assert "Secure" in cookie(answer, "__Host-session")


# ---- account enumeration ----


def masked(answer: TestResponse, email: str) -> tuple[Any, ...]:
    """An answer without what each has of its own."""
    text = answer.text.replace(email, "ADDRESS")
    text = re.sub(r'name="form_token" value="[^"]+"', "", text)
    names = tuple(sorted(one.partition("=")[0] for one in answer.headers.getlist("Set-Cookie")))
    return answer.status_code, answer.headers.get("Location"), names, text


@pytest.fixture
def addresses(made: Town) -> dict[str, str]:
    """Addresses with accounts of every state, and one without."""
    accounts = made.accounts
    accounts.register("waiting@optence.example", "W", PASSWORD)
    accounts.invite("invited@optence.example")
    closed = accounts.create("closed@optence.example", "C", PASSWORD)
    accounts.close(closed.id, by=None)
    names = ("member", "waiting", "invited", "closed", "nobody")
    return {name: f"{name}@optence.example" for name in names}


def test_a_failed_sign_in_does_not_tell_who_has_an_account(
    made: Town, addresses: dict[str, str]
) -> None:
    answers = {
        masked(made.browser().sign_in(email, "wrong horse battery"), email)
        for email in addresses.values()
    }
    assert len(answers) == 1
    closed = masked(made.browser().sign_in(addresses["waiting"]), addresses["waiting"])
    assert closed in answers, "nor that the password would fit"


def test_a_new_password_does_not_tell_who_has_an_account(
    made: Town, addresses: dict[str, str]
) -> None:
    answers = set()
    for email in addresses.values():
        browser = made.browser()
        browser.get("/password")
        answers.add(masked(browser.post("/password", email=email), email))
    assert len(answers) == 1
    assert sorted(mail["To"] for mail in made.sent) == sorted(addresses.values()), "same work"


def test_a_registration_does_not_tell_who_has_an_account(
    made: Town, addresses: dict[str, str]
) -> None:
    answers = set()
    for email in addresses.values():
        browser = made.browser()
        browser.get("/register")
        answers.add(masked(browser.post("/register", name="N", email=email), email))
    assert len(answers) == 1
    assert sorted(mail["To"] for mail in made.sent) == sorted(addresses.values()), "same work"


def test_an_invitation_does_not_tell_a_manager_who_has_an_account(
    made: Town, addresses: dict[str, str]
) -> None:
    del addresses["member"]  # Whom the page shows anyway.
    answers = set()
    for email in addresses.values():
        browser = made.browser("manager")
        browser.get("/people")
        form = {"cluster": "cluster/optence", "language": "en", "email": email}
        answers.add(masked(browser.post("/people/invite", **form), email))
    assert len(answers) == 1
    assert len(made.sent) == len(addresses)


def test_a_limit_on_mails_does_not_show() -> None:
    with town(mails_per_hour=1) as made:
        answers = set()
        for _ in range(3):
            browser = made.browser()
            browser.get("/password")
            email = "member@optence.example"
            answers.add(masked(browser.post("/password", email=email), email))
        assert len(answers) == 1 and len(made.sent) == 1


# ---- SQL injection ----

BREAKING = (
    "' OR '1'='1",
    "x'; DROP TABLE account; --",
    '" OR ""="',
    "admin@optence.example' --",
    "%' OR 1=1 --",
    "\x00",
)


@pytest.mark.parametrize("text", BREAKING)
def test_what_is_typed_is_a_value_and_never_sql(made: Town, text: str) -> None:
    before = len(made.accounts.all())
    assert made.browser().sign_in(text, text).status_code == 400
    assert made.browser().sign_in("admin@optence.example", text).status_code == 400
    admin = made.browser("admin")
    found = admin.get("/administration", query_string={"q": text})
    assert found.status_code == 200
    if text.strip("\x00"):
        assert "admin@optence.example</a>" not in found.text
    for path in (f"/administration/account/{text}", f"/invitation/{text}", f"/password/{text}"):
        assert admin.get(path).status_code in (400, 404)
    admin.get("/account")
    assert admin.post(f"/account/tokens/{text}/revoke").status_code in (303, 400, 404)
    assert admin.post("/account/acting/stop", iri=text).status_code == 303
    assert len(made.accounts.all()) == before
    bearer = {"Authorization": f"Bearer {text.replace(chr(0), '')}"}
    assert made.app.test_client().get("/things", headers=bearer).status_code == 401


# ---- XSS ----


def test_what_people_call_themselves_never_runs(made: Town) -> None:
    accounts = made.accounts
    for name in ("admin", "manager", "member"):
        accounts.change(made.people[name].id, name=SCRIPT, language="en")
    accounts.create_token(made.people["admin"].id, SCRIPT)
    for who, paths in (
        ("admin", ("/", "/account", "/administration", "/administration/audit", "/people")),
        ("manager", ("/", "/account", "/people")),
    ):
        browser = made.browser(who)
        for path in paths:
            page = browser.get(path)
            assert page.status_code == 200
            assert Markup(page.text).dangers == [], path
            assert "<script>alert" not in page.text
    browser = made.browser("manager")
    browser.get("/people")
    browser.post(
        "/people/invite", cluster="cluster/optence", language="en", email="g@alpha.example"
    )
    assert "\n" not in made.sent[-1]["Subject"]
    page = made.browser().get(made.link("g@alpha.example"))
    assert Markup(page.text).dangers == [] and "<script>alert" not in page.text


def test_no_line_of_a_name_becomes_a_header_of_a_mail(made: Town) -> None:
    browser = made.browser()
    browser.get("/register")
    browser.post("/register", name="N\r\nBcc: all@x.example", email="n@alpha.example")
    browser.post("/register", name="N", email="n@alpha.example\r\nBcc: all@x.example")
    assert [mail["To"] for mail in made.sent] == ["n@alpha.example"]
    assert all(mail["Bcc"] is None for mail in made.sent)


# ---- open redirect ----


@pytest.mark.parametrize(
    "there",
    [
        "//evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "https://evil.example",
        "https:evil.example",
        "/\t/evil.example",
        "/\r\n/evil.example",
        " //evil.example",
        "javascript:alert(1)",
        "data:text/html,x",
        "///evil.example",
        "@evil.example",
        ".evil.example",
    ],
)
def test_signing_in_leads_to_no_other_site(made: Town, there: str) -> None:
    browser = made.browser()
    page = browser.get("/sign-in", query_string={"next": there})
    found = re.search(r'name="next" value="([^"]*)"', page.text)
    assert found and found[1] == ""
    answer = browser.sign_in("member@optence.example", next=there)
    assert answer.status_code == 303 and lies_here(answer.location)
    assert "evil" not in answer.location and "alert" not in answer.location
    again = browser.get("/sign-in", query_string={"next": there})
    assert again.status_code == 303 and "evil" not in again.location


# ---- what is not for everybody ----


def test_what_others_did_is_not_in_any_cache(made: Town) -> None:
    browser = made.browser("member")
    for path in ("/", "/things", "/account"):
        control = browser.get(path).headers.get("Cache-Control", "")
        assert "private" in control and "no-cache" in control, path


def test_an_error_on_a_page_for_members_tells_a_stranger_nothing(made: Town) -> None:
    """The same answer for a cluster that is not mine and one that does not exist."""
    manager = made.browser("manager")
    manager.get("/people")
    answers = {
        masked(manager.post("/people/invite", cluster=place, email="x@y.example"), place)
        for place in ("cluster/other", "cluster/none")
    }
    assert len(answers) == 1
