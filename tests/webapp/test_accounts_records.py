"""What is written down, sessions and threads, on SQLite and PostgreSQL."""

import threading
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from tests.webapp.accounts_on_engines import MUSTER, accounts, ada
from webapp.accounts import Account, Accounts, Audit
from webapp.accounts import clock as clock_module

__all__ = ["accounts", "ada"]


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
