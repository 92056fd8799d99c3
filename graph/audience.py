"""Who asks, and what they may read.

Every statement has one audience. :func:`readable` is the only place that says which
audiences a viewer may read; every reader goes through it.
"""

from dataclasses import dataclass
from typing import Final

PUBLIC: Final = "public"
PLATFORM: Final = "platform"


@dataclass(frozen=True)
class Viewer:
    """Who asks. The default is a visitor who is not signed in.

    Attributes:
        account: the account's id, or None for a visitor.
        memberships: further audiences that the account belongs to
            (``network:<slug>``, ``group:<slug>``, ``organisation:<slug>``).
    """

    account: str | None = None
    memberships: frozenset[str] = frozenset()

    @property
    def name(self) -> str:
        """What answers call this viewer: ``anonymous`` or the account's id."""
        return self.account or "anonymous"


ANONYMOUS: Final = Viewer()


def readable(viewer: Viewer) -> tuple[str, ...]:
    """The audiences whose statements a viewer may read, widest first.

    >>> readable(ANONYMOUS)
    ('public',)
    >>> readable(Viewer("ada", frozenset({"group:optics"})))
    ('public', 'platform', 'group:optics', 'person:ada')
    """
    if viewer.account is None:
        return (PUBLIC,)
    return (PUBLIC, PLATFORM, *sorted(viewer.memberships), f"person:{viewer.account}")
