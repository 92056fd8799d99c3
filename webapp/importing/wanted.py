"""What the sender of a list said about it."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, Self

from graph import Assumed, ColumnChoice, ListInfo


@dataclass(frozen=True)
class Wanted:
    """What the sender of a list said about it.

    Attributes:
        name: the file's name on the sender's machine.
        kind: kind of its rows.
        source: name of the list.
        partial: whether it only adds and changes; None: as the last time.
        as_of: year or date of its statements; empty where they are current.
        owner: whose list it is: ``<kind>/<slug>``; empty: the operator's.
        audience: who may read it; empty: as the last time, at first everybody.
        encoding, delimiter, header_row, sheet: the form of the file (:class:`graph.Assumed`).
        choices: what columns are.
        commit: ``auto``: committed as soon as it is planned, unless many rows would go; ``wait``.
        allow_gone: whether many rows may go.
    """

    name: str
    kind: str
    source: str
    partial: bool | None = None
    as_of: str = ""
    owner: str = ""
    audience: str = ""
    encoding: str = ""
    delimiter: str = ""
    header_row: int = 0
    sheet: str = ""
    choices: tuple[ColumnChoice, ...] = ()
    commit: str = "wait"
    allow_gone: bool = False

    @property
    def assumed(self) -> Assumed:
        """The form of the file."""
        return Assumed(self.encoding, self.delimiter, self.header_row, self.sheet)

    @property
    def info(self) -> ListInfo:
        """The list, apart from its rows."""
        return ListInfo(
            kind=self.kind,
            source=self.source,
            as_of=self.as_of,
            complete=None if self.partial is None else not self.partial,
            owner=self.owner,
            audience=self.audience,
            choices=self.choices,
        )

    def as_json(self) -> dict[str, Any]:
        """To be kept.

        >>> wanted = Wanted("a.csv", "topic", "a", choices=(ColumnChoice("Wort", "name"),))
        >>> Wanted.of(wanted.as_json()) == wanted
        True
        """
        return asdict(self)

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> Self:
        """What :meth:`as_json` gave."""
        known = {one.name: kept[one.name] for one in fields(cls) if one.name in kept}
        choices = tuple(ColumnChoice(**one) for one in kept.get("choices", ()))
        return cls(**{**known, "choices": choices})
