"""Sign-ins, tokens and attempts, on SQLite and PostgreSQL."""

import hashlib
import hmac
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from tests.webapp.accounts_on_engines import GOOD, Clock, accounts, ada, clock
from webapp.accounts import Account, Accounts, AccountsError
from webapp.accounts.attempts import MOST_ATTEMPTS, WINDOW
from webapp.accounts.tables import Attempt, SignIn

__all__ = ["accounts", "ada", "clock"]


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
