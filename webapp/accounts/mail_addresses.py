"""E-mail addresses as accounts are known by them: one spelling for each."""

from typing import Final

LONGEST: Final = 254
"""Characters, as RFC 5321 has it."""


def as_address(email: str) -> str:
    """An e-mail address in small letters, its domain as mail servers write it.

    >>> as_address(" Ada@Optence.Example ")
    'ada@optence.example'
    >>> as_address("ada@Müller.example")
    'ada@xn--mller-kva.example'
    """
    name, at, domain = email.strip().lower().rpartition("@")
    try:
        domain = domain.encode("idna").decode("ascii")
    except UnicodeError:
        # No domain at all; whoever asks whether it could be one is told.
        return name + at + domain
    return name + at + domain


def could_be_address(email: str) -> bool:
    """Whether mail can be sent there at all; only the mail itself shows more.

    >>> [could_be_address(text) for text in ("ada@optence.example", "ada", "a@b@c.d")]
    [True, False, False]
    """
    address = as_address(email)
    name, at, domain = address.partition("@")
    plain = address.isascii() and all(
        sign.isprintable() and sign not in ' ,;:<>()[]"\\' for sign in address
    )
    labels = domain.split(".")
    whole = bool(name and at) and "@" not in domain and len(labels) > 1 and all(labels)
    return whole and plain and len(address) <= LONGEST and not domain.startswith("-")
