"""Passwords: hashed with argon2, and as much work where there is nothing to compare with."""

from functools import cache
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

LEAST_LENGTH: Final = 10
MOST_LENGTH: Final = 200
"""Characters; hashing a longer text would only cost time."""

HASHER: Final = PasswordHasher()
"""With the work that RFC 9106 recommends where memory is scarce."""


def good_enough(password: str, *known: str) -> bool:
    """Whether a password may be chosen: long enough, more than one sign, and not what is known.

    >>> good_enough("correct horse battery"), good_enough("short"), good_enough("aaaaaaaaaaaa")
    (True, False, False)
    >>> good_enough("ada@optence.example", "ada@optence.example")
    False
    """
    right_size = LEAST_LENGTH <= len(password) <= MOST_LENGTH
    return right_size and len(set(password)) > 3 and password.casefold() not in known


def hash_of(password: str) -> str:
    """The hash to keep of a password, with its own salt; takes some 50 ms."""
    return HASHER.hash(password)


def fits(password: str, kept: str | None) -> bool:
    """Whether a password is the one that was hashed.

    Where there is no hash the same work is done, so that the time tells nothing.
    """
    try:
        return HASHER.verify(kept or _nobodys(), password[: MOST_LENGTH + 1]) and kept is not None
    except (VerificationError, InvalidHashError):
        return False


def is_dated(kept: str) -> bool:
    """Whether a hash was made with less work than today's."""
    return HASHER.check_needs_rehash(kept)


@cache
def _nobodys() -> str:
    return HASHER.hash("the password of nobody")
