"""Accounts: who may sign in, for whom they act, and what they may therefore read."""

from webapp.accounts.accounts import Accounts
from webapp.accounts.database import AccountsError
from webapp.accounts.tables import (
    Account,
    Acting,
    ApiToken,
    Audit,
    Base,
    Invitation,
    Job,
    Managing,
    Setting,
)

__all__ = [
    "Account",
    "Accounts",
    "AccountsError",
    "Acting",
    "ApiToken",
    "Audit",
    "Base",
    "Invitation",
    "Job",
    "Managing",
    "Setting",
]
