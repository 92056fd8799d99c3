"""Coming in and going: registration, invitations, acting, managing, on both engines."""

import pytest

from tests.webapp.accounts_on_engines import GOOD, MUSTER, OPTENCE, Clock, accounts, ada, clock
from webapp.accounts import Account, Accounts, AccountsError
from webapp.accounts.inviting import INVITATION_DAYS

__all__ = ["accounts", "ada", "clock"]


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
