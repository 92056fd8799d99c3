"""The contract of the accounts, on SQLite and PostgreSQL."""

import hashlib
import hmac
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from argon2 import PasswordHasher
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from webapp.accounts import Account, Accounts, AccountsError, Audit, passwords
from webapp.accounts import clock as clock_module
from webapp.accounts.attempts import MOST_ATTEMPTS, WINDOW
from webapp.accounts.inviting import INVITATION_DAYS
from webapp.accounts.tables import Attempt, SignIn

GOOD = "correct horse battery"
OPTENCE = "https://w3id.org/clusterradar/id/cluster/optence"
MUSTER = "https://w3id.org/clusterradar/id/organisation/muster"


class Clock:
    """A clock that a test turns."""

    def __init__(self) -> None:
        self.time = datetime(2026, 11, 24, 12, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.time

    def passes(self, **duration: float) -> None:
        self.time += timedelta(**duration)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    for name in (
        "people",
        "inviting",
        "attempts",
        "records",
        "representing",
        "tokens",
        "signed_in",
    ):
        monkeypatch.setattr(f"webapp.accounts.{name}.now", made)
    return made


@pytest.fixture
def accounts(database_url: str) -> Iterator[Accounts]:
    opened = Accounts.open(database_url, key=b"key of the tests")
    yield opened
    opened.dispose()


@pytest.fixture
def ada(accounts: Accounts) -> Account:
    return accounts.create("ada@optence.example", "Ada", GOOD)


def test_who_has_an_account_signs_in_with_the_password_alone(
    accounts: Accounts, ada: Account
) -> None:
    found = accounts.authenticate(" Ada@Optence.Example", GOOD)
    assert found is not None and found.id == ada.id
    assert accounts.authenticate("ada@optence.example", GOOD + "!") is None
    assert accounts.authenticate("eve@optence.example", GOOD) is None
    assert accounts.authenticate("ada@optence.example", "") is None


def test_an_account_without_a_password_opens_to_none(accounts: Accounts) -> None:
    accounts.create("bob@optence.example")
    assert accounts.authenticate("bob@optence.example", "") is None
    assert accounts.authenticate("bob@optence.example", "the password of nobody") is None


def test_passwords_are_not_kept(ada: Account, quick_hashes: PasswordHasher) -> None:
    assert ada.password_hash is not None
    assert ada.password_hash.startswith("$argon2id$") and GOOD not in ada.password_hash
    assert quick_hashes.memory_cost >= 65_536 and quick_hashes.time_cost >= 3


def test_an_old_hash_is_made_anew_at_the_next_sign_in(accounts: Accounts, ada: Account) -> None:
    with accounts.session() as session:
        session.get_one(Account, ada.id).password_hash = PasswordHasher(2, 16, 1).hash(GOOD)
    found = accounts.authenticate(ada.email, GOOD)
    assert found is not None
    renewed = accounts.by_id(ada.id)
    assert renewed is not None and "m=8,t=1,p=1" in (renewed.password_hash or "")
    assert accounts.authenticate(ada.email, GOOD) is not None


@pytest.mark.parametrize("weak", ["short", "a" * 20, "ada@optence.example", "x1" * 200])
def test_weak_passwords_are_refused(accounts: Accounts, ada: Account, weak: str) -> None:
    with pytest.raises(AccountsError, match="easy to guess"):
        accounts.change_password(ada.id, weak)
    assert accounts.authenticate(ada.email, GOOD) is not None


def test_an_address_has_one_account(accounts: Accounts, ada: Account) -> None:
    with pytest.raises(AccountsError, match="has an account"):
        accounts.create(ada.email.upper())
    assert len(accounts.all()) == 1


@pytest.mark.parametrize(
    "wrong", ["", "ada", "@x.example", "a b@x.example", "a@x", "a@x\n.example"]
)
def test_what_is_no_address_has_no_account(accounts: Accounts, wrong: str) -> None:
    for ask in (accounts.create, accounts.invite):
        with pytest.raises(AccountsError, match="no e-mail address"):
            ask(wrong)


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("ADA@X.Example", "ada@x.example"),
        ("ada@müller.example", "ada@xn--mller-kva.example"),
        ("ada@XN--mller-kva.example", "ada@xn--mller-kva.example"),
    ],
)
def test_an_address_is_found_however_it_is_written(
    accounts: Accounts, written: str, kept: str
) -> None:
    made = accounts.create(written, "Ada", GOOD)
    assert made.email == kept
    for email in (written, kept, f" {kept.upper()} "):
        found = accounts.authenticate(email, GOOD)
        assert found is not None and found.id == made.id


def test_addresses_that_look_alike_are_two(accounts: Accounts) -> None:
    accounts.create("strasse@x.example", "S", GOOD)
    for other in ("straße@x.example", "ſtrasse@x.example", "ｓtrasse@x.example"):
        assert accounts.by_email(other) is None
        assert accounts.authenticate(other, GOOD) is None
        with pytest.raises(AccountsError, match="no e-mail address"):
            accounts.create(other)


def test_registration_waits_for_the_mail_and_for_a_manager(accounts: Accounts) -> None:
    bob = accounts.register("bob@x.example", "Bob", GOOD, language="de")
    assert bob is not None and bob.status == "waiting" and bob.language == "de"
    assert accounts.authenticate(bob.email, GOOD) is None
    with pytest.raises(AccountsError, match="has not followed the link"):
        accounts.confirm(bob.id, by=None)
    accounts.confirm_address(bob.id)
    assert accounts.authenticate(bob.email, GOOD) is None
    accounts.confirm(bob.id, by="0123456789abcdef")
    assert accounts.authenticate(bob.email, GOOD) is not None
    with pytest.raises(AccountsError, match="does not wait"):
        accounts.confirm(bob.id, by=None)


def test_registering_a_known_address_changes_nothing(accounts: Accounts, ada: Account) -> None:
    assert accounts.register(ada.email, "Eve", "another good password") is None
    assert accounts.authenticate(ada.email, "another good password") is None
    found = accounts.authenticate(ada.email, GOOD)
    assert found is not None and found.name == "Ada"


def test_an_invitation_is_good_once(accounts: Accounts, ada: Account) -> None:
    accounts.manage(ada.id, OPTENCE)
    invitation = accounts.invite(
        "bob@x.example", by=ada.id, cluster=OPTENCE, organisation=MUSTER, manages=True
    )
    assert [one.id for one in accounts.invitations(OPTENCE)] == [invitation.id]
    bob = accounts.accept(invitation.id, name="Bob", password=GOOD)
    assert bob is not None and bob.status == "active" and bob.name == "Bob"
    assert bob.email_confirmed is not None
    assert accounts.acts_for(bob.id) == (MUSTER,) and accounts.manages(bob.id) == (OPTENCE,)
    (acting,) = accounts.acting(bob.id)
    assert (acting.how, acting.confirmed_by) == ("manager", ada.id)
    assert accounts.accept(invitation.id, name="Eve", password=GOOD) is None
    assert accounts.invitations(OPTENCE) == []


def test_what_a_host_may_not_give_any_more_is_not_given(accounts: Accounts, ada: Account) -> None:
    accounts.manage(ada.id, OPTENCE)
    managing, again = (
        accounts.invite(email, by=ada.id, cluster=OPTENCE, manages=True)
        for email in ("bob@x.example", "carol@x.example")
    )
    assert accounts.accept(managing.id, name="Bob", password=GOOD) is not None
    accounts.stop_managing(ada.id, OPTENCE)
    assert accounts.accept(again.id, name="Carol", password=GOOD) is None
    of_organisation = accounts.invite("dan@x.example", by=ada.id, organisation=MUSTER)
    assert accounts.accept(of_organisation.id, name="Dan", password=GOOD) is None
    accounts.appoint(ada.id, administrator=True, by=None)
    assert accounts.accept(again.id, name="Carol", password=GOOD) is not None
    accounts.close(ada.id, by=None)
    assert accounts.accept(of_organisation.id, name="Dan", password=GOOD) is None


def test_addresses_that_nobody_came_in_with_are_forgotten(
    accounts: Accounts, ada: Account, clock: Clock
) -> None:
    first, second = accounts.invite("bob@x.example"), accounts.invite("bob@x.example")
    accounts.withdraw(first.id)
    assert accounts.by_email("bob@x.example") is not None
    accounts.withdraw(second.id)
    assert accounts.by_email("bob@x.example") is None
    accounts.invite("carol@x.example")
    accepted = accounts.invite("dan@x.example")
    accounts.accept(accepted.id, name="Dan", password=GOOD)
    clock.passes(days=INVITATION_DAYS, seconds=1)
    accounts.forget_invitations()
    assert [one.email for one in accounts.all()] == [ada.email, "dan@x.example"]


def test_who_was_invited_may_as_well_register(accounts: Accounts) -> None:
    invitation = accounts.invite("bob@x.example")
    bob = accounts.register("bob@x.example", "Bob", GOOD)
    assert bob is not None and bob.status == "waiting"
    accepted = accounts.accept(invitation.id, name="Bob", password="another good password")
    assert accepted is not None and accepted.id == bob.id
    assert accounts.authenticate("bob@x.example", GOOD) is None
    assert accounts.authenticate("bob@x.example", "another good password") is not None


def test_an_invitation_ends(accounts: Accounts, clock: Clock) -> None:
    old = accounts.invite("bob@x.example")
    clock.passes(days=INVITATION_DAYS, seconds=1)
    assert accounts.accept(old.id, name="Bob", password=GOOD) is None
    withdrawn = accounts.invite("bob@x.example")
    accounts.withdraw(withdrawn.id)
    assert accounts.accept(withdrawn.id, name="Bob", password=GOOD) is None
    assert accounts.accept("no such id", name="Bob", password=GOOD) is None


def test_a_weak_password_leaves_the_invitation_open(accounts: Accounts) -> None:
    invitation = accounts.invite("bob@x.example")
    with pytest.raises(AccountsError):
        accounts.accept(invitation.id, name="Bob", password="short")
    assert accounts.accept(invitation.id, name="Bob", password=GOOD) is not None


def test_inviting_somebody_known_adds_to_the_account_and_leaves_the_password(
    accounts: Accounts, ada: Account
) -> None:
    invitation = accounts.invite(ada.email, organisation=MUSTER)
    accounts.accept(invitation.id, name="Eve", password="another good password")
    assert accounts.acts_for(ada.id) == (MUSTER,)
    assert accounts.authenticate(ada.email, "another good password") is None
    found = accounts.authenticate(ada.email, GOOD)
    assert found is not None and found.name == "Ada"


def test_a_closed_account_opens_nothing_any_more(accounts: Accounts, ada: Account) -> None:
    shown = accounts.begin(ada.id)
    _token, secret = accounts.create_token(ada.id, "script")
    invitation = accounts.invite(ada.email)
    accounts.confirm_acting(ada.id, MUSTER, how="domain")
    accounts.manage(ada.id, OPTENCE)
    accounts.close(ada.id, by=None)
    assert accounts.authenticate(ada.email, GOOD) is None
    assert accounts.by_sign_in(shown) is None
    assert accounts.by_token(secret) is None
    assert accounts.accept(invitation.id, password=GOOD) is None
    assert not accounts.acts_for(ada.id) and not accounts.manages(ada.id)
    assert accounts.register(ada.email, "Ada", GOOD) is None
    with pytest.raises(AccountsError, match="closed"):
        accounts.change_password(ada.id, GOOD)


def test_acting_has_to_be_confirmed(accounts: Accounts, ada: Account) -> None:
    assert accounts.act_for(ada.id, MUSTER).status == "waiting"
    assert accounts.acts_for(ada.id) == ()
    accounts.confirm_acting(ada.id, MUSTER, how="manager", by="0123456789abcdef")
    assert accounts.acts_for(ada.id) == (MUSTER,)
    assert accounts.act_for(ada.id, MUSTER).status == "confirmed", "asking again takes nothing back"
    assert [(one.email, act.how) for one, act in accounts.actors_of([MUSTER, OPTENCE])] == [
        (ada.email, "manager")
    ]
    accounts.stop_acting(ada.id, MUSTER)
    assert accounts.acting(ada.id) == []


def test_managing(accounts: Accounts, ada: Account) -> None:
    accounts.manage(ada.id, OPTENCE)
    accounts.manage(ada.id, OPTENCE)
    assert accounts.manages(ada.id) == (OPTENCE,)
    assert [one.id for one in accounts.managers_of(OPTENCE)] == [ada.id]
    accounts.stop_managing(ada.id, OPTENCE)
    assert accounts.manages(ada.id) == () and accounts.managers_of(OPTENCE) == []


def test_a_sign_in_is_new_each_time_and_ends(accounts: Accounts, ada: Account) -> None:
    first, second = accounts.begin(ada.id), accounts.begin(ada.id)
    assert first != second
    accounts.end(first)
    assert accounts.by_sign_in(first) is None
    found = accounts.by_sign_in(second)
    assert found is not None and found.id == ada.id
    with accounts.reading() as session:
        kept = list(session.scalars(select(SignIn.digest)))
    assert second not in kept and len(kept) == 1


def test_a_sign_in_rests_and_expires(accounts: Accounts, ada: Account, clock: Clock) -> None:
    unused = accounts.begin(ada.id)
    clock.passes(days=7)
    assert accounts.by_sign_in(unused) is None
    used = accounts.begin(ada.id)
    for _day in range(29):
        clock.passes(days=1)
        assert accounts.by_sign_in(used) is not None
    clock.passes(days=1)
    assert accounts.by_sign_in(used) is None
    accounts.begin(ada.id)
    assert len(accounts.sign_ins(ada.id)) == 1, "what ended is not kept"


def test_a_new_password_signs_every_browser_out(accounts: Accounts, ada: Account) -> None:
    shown = accounts.begin(ada.id)
    accounts.change_password(ada.id, "another good password")
    assert accounts.by_sign_in(shown) is None
    assert accounts.authenticate(ada.email, GOOD) is None
    assert accounts.authenticate(ada.email, "another good password") is not None


def test_all_other_browsers_can_be_signed_out(accounts: Accounts, ada: Account) -> None:
    mine, other = accounts.begin(ada.id), accounts.begin(ada.id)
    accounts.end_all(ada.id, but=mine)
    assert accounts.by_sign_in(mine) is not None and accounts.by_sign_in(other) is None
    accounts.end_all(ada.id)
    assert accounts.by_sign_in(mine) is None


def test_tokens_have_scopes_and_end(accounts: Accounts, ada: Account, clock: Clock) -> None:
    later = clock.time + timedelta(hours=1)
    token, secret = accounts.create_token(ada.id, "script", ["import", "read"], expires=later)
    assert secret not in {token.digest, token.id, token.name}
    found = accounts.by_token(secret)
    assert found is not None
    assert (found[0].id, found[1]) == (ada.id, frozenset({"read", "import"}))
    (listed,) = accounts.tokens(ada.id)
    assert listed.last_used == clock.time
    clock.passes(hours=1)
    assert accounts.by_token(secret) is None
    assert accounts.by_token("") is None and accounts.by_token(token.digest) is None


def test_tokens_are_revoked_by_their_owner(accounts: Accounts, ada: Account) -> None:
    token, secret = accounts.create_token(ada.id, "script")
    eve = accounts.create("eve@x.example", "Eve", GOOD)
    assert not accounts.revoke_token(token.id, account_id=eve.id)
    assert accounts.by_token(secret) is not None
    assert accounts.revoke_token(token.id, account_id=ada.id)
    assert accounts.by_token(secret) is None


@pytest.mark.parametrize("scopes", [[], ["all"], ["read", "admin"]])
def test_a_token_needs_scopes_that_exist(
    accounts: Accounts, ada: Account, scopes: list[str]
) -> None:
    with pytest.raises(AccountsError, match="scopes"):
        accounts.create_token(ada.id, "script", scopes)


@pytest.mark.parametrize("email", ["ada@optence.example", "nobody@optence.example"])
def test_an_address_rests_after_too_many_attempts(
    accounts: Accounts, ada: Account, clock: Clock, email: str
) -> None:
    for _attempt in range(MOST_ATTEMPTS):
        assert not accounts.too_many_attempts(email)
        assert accounts.authenticate(email, "wrong password") is None
    assert accounts.too_many_attempts(email.upper())
    assert not accounts.too_many_attempts("other@optence.example")
    assert accounts.authenticate(email, GOOD) is None
    clock.passes(seconds=WINDOW.total_seconds() + 1)
    assert (accounts.authenticate(email, GOOD) is not None) == (email == ada.email)


def test_attempts_are_forgotten_and_name_nobody(
    accounts: Accounts, ada: Account, clock: Clock
) -> None:
    accounts.authenticate(ada.email, "wrong password")
    with accounts.reading() as session:
        (tried,) = session.scalars(select(Attempt.tried))
    guessable = (hashlib.sha256(ada.email.encode()), hmac.new(b"", ada.email.encode(), "sha256"))
    assert tried not in {one.hexdigest() for one in guessable}
    assert accounts.authenticate(ada.email, GOOD) is not None
    with accounts.reading() as session:
        assert session.scalars(select(func.count(Attempt.id))).one() == 0
    accounts.authenticate("a@x.example", "wrong password")
    clock.passes(seconds=WINDOW.total_seconds() + 1)
    accounts.authenticate("b@x.example", "wrong password")
    with accounts.reading() as session:
        assert session.scalars(select(func.count(Attempt.id))).one() == 1


def test_as_much_is_hashed_for_an_unknown_address(
    accounts: Accounts, ada: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    accounts.create("bob@x.example")
    checked: list[str] = []
    hashed: list[str] = []

    class Counting:
        def verify(self, kept: str, _password: str) -> bool:
            checked.append(kept.split("$")[3])
            return False

        def hash(self, password: str) -> str:
            hashed.append(password)
            return "$argon2id$v=19$m=65536,t=3,p=4$x$y"

    passwords.fits("warm", None)
    monkeypatch.setattr(passwords, "HASHER", Counting())
    for email in (ada.email, "bob@x.example", "nobody@x.example"):
        accounts.authenticate(email, GOOD)
    assert len(checked) == 3 and len(set(checked)) == 1
    for email in (ada.email, "carol@x.example"):
        accounts.register(email, "C", GOOD)
    assert len(hashed) == 2


def test_what_was_done_is_written_down(accounts: Accounts, ada: Account) -> None:
    accounts.confirm_acting(ada.id, MUSTER, how="domain")
    accounts.close(ada.id, by=None)
    entries = accounts.audited()
    assert [(one.account, one.action, one.about) for one in entries] == [
        (None, "close", ada.id),
        (ada.id, "acts for (domain)", MUSTER),
    ]
    assert all(one.time.tzinfo is not None for one in entries)


def test_a_job_is_taken_once(accounts: Accounts, ada: Account) -> None:
    accounts.add_job("0011223344556677", "mail", {"to": ["a"]}, account=ada.id)
    assert accounts.start_job("0011223344556677")
    assert not accounts.start_job("0011223344556677")
    accounts.end_job("0011223344556677", {"sent": 1})
    (job,) = accounts.jobs(ada.id)
    assert (job.status, job.wanted, job.result) == ("done", {"to": ["a"]}, {"sent": 1})
    assert accounts.jobs("another") == [] and accounts.jobs(kind="import") == []


def test_settings_are_remembered(accounts: Accounts) -> None:
    assert accounts.setting("greeting") is None
    accounts.remember("greeting", "Hello")
    accounts.remember("greeting", "Moin")
    assert accounts.setting("greeting") == "Moin"


def test_what_leaves_a_session_by_an_error_is_not_kept(accounts: Accounts, ada: Account) -> None:
    with pytest.raises(ZeroDivisionError), accounts.session() as session:
        session.get_one(Account, ada.id).name = "Eve"
        session.flush()
        raise ZeroDivisionError
    found = accounts.by_id(ada.id)
    assert found is not None and found.name == "Ada"


def test_a_session_within_a_session_is_the_same_one(accounts: Accounts, ada: Account) -> None:
    with pytest.raises(ZeroDivisionError), accounts.session() as session:
        session.get_one(Account, ada.id).name = "Eve"
        accounts.change(ada.id, name="Bob", language="de")
        assert session.get_one(Account, ada.id).name == "Bob"
        raise ZeroDivisionError
    found = accounts.by_id(ada.id)
    assert found is not None and (found.name, found.language) == ("Ada", "en")
    with accounts.reading(), pytest.raises(RuntimeError, match="only reads"):
        accounts.change(ada.id, name="Bob", language="de")


def test_threads_do_not_get_into_each_others_way(accounts: Accounts) -> None:
    write_from_threads(accounts)


def test_threads_take_turns_in_memory() -> None:
    accounts = Accounts.open("sqlite://", key=b"key of the tests")
    write_from_threads(accounts)
    accounts.dispose()


def write_from_threads(accounts: Accounts) -> None:
    wrong: list[Exception] = []

    def write(number: int) -> None:
        try:
            for step in range(5):
                accounts.audit(None, "test", f"{number}.{step}")
                accounts.audited(limit=3)
        except Exception as error:  # noqa: BLE001
            wrong.append(error)

    threads = [threading.Thread(target=write, args=(number,)) for number in range(4)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert not wrong
    with accounts.reading() as session:
        assert session.scalars(select(func.count(Audit.id))).one() == 20


def test_times_come_back_with_their_zone(accounts: Accounts, ada: Account) -> None:
    found = accounts.by_id(ada.id)
    assert found is not None
    assert found.created.tzinfo is not None
    assert abs(found.created - clock_module.now()) < timedelta(minutes=1)


@given(name=st.text(max_size=80))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=20)
def test_any_name_is_kept_as_far_as_it_can_be_seen(
    accounts: Accounts, ada: Account, name: str
) -> None:
    accounts.change(ada.id, name=name, language="en")
    found = accounts.by_id(ada.id)
    assert found is not None
    seen = "".join(sign for sign in name if sign.isprintable() and not sign.isspace())
    assert found.name.replace(" ", "") == seen
