"""Keyed marks of persons who were erased, so that no later import brings them back.

A mark is an HMAC of something that tells a person (a name together with an organisation, a row of
a list, an e-mail address) with a key that never leaves the data folder. It cannot be read
backwards; without the key it cannot even be tried out.
"""

import hmac
import json
import secrets
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from graph.erasing.wanted import same_name
from graph.folding import reduce

if TYPE_CHECKING:
    from graph.knowledge import Knowledge


@dataclass(frozen=True)
class ErasedMarks:
    """What is remembered of those who were erased.

    Attributes:
        key: of this data folder; empty before the first erasure.
        marks: one for each telling thing about a person.
    """

    key: bytes = b""
    marks: frozenset[str] = frozenset()

    @classmethod
    def read(cls, content: bytes) -> "ErasedMarks":
        """The marks that :meth:`written` wrote; none from nothing."""
        if not content:
            return cls()
        said = json.loads(content)
        return cls(bytes.fromhex(said["key"]), frozenset(said["marks"]))

    def written(self) -> bytes:
        """The marks as a file."""
        said = {"key": self.key.hex(), "marks": sorted(self.marks)}
        return (json.dumps(said, indent=0) + "\n").encode()

    def with_person(
        self,
        names: Iterable[str],
        shared: Collection[str] = (),
        organisations: Iterable[str] = (),
        mails: Iterable[str] = (),
        rows: Iterable[tuple[str, str]] = (),
    ) -> "ErasedMarks":
        """The marks with those of one more person.

        Args:
            names: all names of the person.
            shared: those of them that somebody else has too; alone they tell nobody.
            organisations: all names and slugs of the organisations that the person works for.
            mails: e-mail addresses.
            rows: (source, key) of the rows that spoke of the person.
        """
        keyed = self if self.key else ErasedMarks(secrets.token_bytes(32), self.marks)
        names, organisations = list(names), list(organisations)
        new = {keyed._name(name) for name in names if name not in shared}
        if organisations:
            new |= {keyed._name_at(name, one) for name in names for one in organisations}
        else:
            # Nobody knows where that person worked, so it may be the same one anywhere.
            new |= {keyed._anywhere(name) for name in names if name not in shared}
        new |= {keyed._mark("mail", mail.casefold()) for mail in mails}
        new |= {keyed._mark("row", *row) for row in rows}
        return ErasedMarks(keyed.key, self.marks | new)

    def has_name(self, name: str) -> bool:
        """Whether somebody of this name was erased, at whatever organisation."""
        return bool(self.marks) and self._name(name) in self.marks

    def has_person(self, name: str, organisations: Collection[str]) -> bool:
        """Whether somebody was erased who may be the one of this name at these organisations.

        Args:
            name: the name.
            organisations: all that the organisations are called; none: it is not known where.
        """
        if not self.marks:
            return False
        if not organisations:
            return self.has_name(name)
        return self._anywhere(name) in self.marks or any(
            self._name_at(name, one) in self.marks for one in organisations
        )

    def has_mail(self, mail: str) -> bool:
        """Whether somebody with this e-mail address was erased."""
        return bool(self.marks) and self._mark("mail", mail.casefold()) in self.marks

    def has_row(self, source: str, key: str) -> bool:
        """Whether this row of a source spoke of somebody who was erased."""
        return bool(self.marks) and self._mark("row", source, key) in self.marks

    def _name(self, name: str) -> str:
        return self._mark("name", same_name(name))

    def _anywhere(self, name: str) -> str:
        return self._mark("name anywhere", same_name(name))

    def _name_at(self, name: str, organisation: str) -> str:
        return self._mark("name at", same_name(name), reduce(organisation))

    def _mark(self, *parts: str) -> str:
        return hmac.new(self.key, "\n".join(parts).encode(), sha256).hexdigest()[:32]


def erased_marks(knowledge: "Knowledge") -> ErasedMarks:
    """The marks of all who were erased from a knowledge."""
    return ErasedMarks.read(knowledge.erased)
