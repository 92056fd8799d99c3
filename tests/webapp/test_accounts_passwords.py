"""Passwords and addresses of accounts, on SQLite and PostgreSQL."""

import pytest
from argon2 import PasswordHasher
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.webapp.accounts_on_engines import GOOD, accounts, ada
from webapp.accounts import Account, Accounts, AccountsError, passwords

__all__ = ["accounts", "ada"]


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
