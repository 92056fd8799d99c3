"""What time it is for the accounts: one place, so that a test can let time pass."""

from datetime import UTC, datetime


def now() -> datetime:
    """This moment, in UTC."""
    return datetime.now(UTC)
