"""How fresh the profiles of a cluster's members are: what each lacks, and what to do next."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from babel.dates import format_date

from graph import Batch, OpenWord, Source, Thing, Upkeep, View, Viewer, fold
from webapp.accounts.clock import now
from webapp.profiles import records
from webapp.profiles.askable import Askable, askable
from webapp.profiles.forms import Field, field_of
from webapp.profiles.records import Confirmation
from webapp.services import services

PROBLEMS: Final = ("stale", "incomplete", "unlinked", "doubtful")
"""What may be wrong with a profile, in the order in which one sees to it."""

SORTS: Final = ("seen", "name", "complete")
"""What profiles may be sorted by; with a hyphen before it the other way round."""


@dataclass(frozen=True)
class ListSaying:
    """A list that a profile stands in.

    Attributes:
        name: of the source.
        label: what people call it.
        day: of when it is; the last one, where only a year or a month is known.
        text: that in words.
    """

    name: str
    label: str
    day: date | None
    text: str


@dataclass(frozen=True)
class State:
    """A profile as the manager of its cluster sees it.

    Attributes:
        thing: the organisation.
        confirmation: when somebody last said that it is true.
        lists: the lists that it stands in, the newest first.
        upkeep: what is missing, and which words mean nothing yet.
        askable: who can be asked about it.
        problems: which of :data:`PROBLEMS` it has.
        doubles: what it may be the same as, the likeliest first.
    """

    thing: Thing
    confirmation: Confirmation | None
    lists: tuple[ListSaying, ...]
    upkeep: Upkeep
    askable: Askable
    problems: tuple[str, ...]
    doubles: tuple[Thing, ...] = ()

    @property
    def seen(self) -> date | None:
        """When somebody, or a list, last said what it says; None: nobody knows."""
        return last_seen(self.confirmation, self.lists)

    @property
    def percent(self) -> int:
        """How complete it is."""
        return self.upkeep.completeness.percent if self.upkeep.completeness else 100

    @property
    def missing(self) -> tuple[Field, ...]:
        """The fields of its form that a complete profile has and this one lacks."""
        return missing_fields(self.thing.kind, self.upkeep)

    @property
    def words(self) -> tuple[OpenWord, ...]:
        """Words of lists and forms that mean nothing yet."""
        return self.upkeep.words


def states_of(cluster: Thing, viewer: Viewer, lang: str, *, doubles: bool = False) -> list[State]:
    """The profiles of the members of a cluster, by name.

    Args:
        cluster: or a section.
        viewer: who manages it; only what this viewer may read counts.
        lang: language of names and days.
        doubles: whether to find out what members may be the same as; else only what is known of
            that already counts.
    """
    knowledge = services().knowledge
    members = services().upkeep.members(cluster.iri, viewer)
    same = services().upkeep.doubles(cluster.iri, viewer, known=not doubles) or {}
    iris = [thing.iri for thing in members.things]
    confirmed, asking = records.confirmations(iris), askable(cluster.iri, iris)
    calendar = Calendar(knowledge.view(viewer), viewer, lang)
    found = []
    for thing in members.things:
        upkeep, confirmation = members.upkeep[thing.iri], confirmed.get(thing.iri)
        lists = calendar.lists_of(thing, upkeep)
        problems = problems_of(upkeep, last_seen(confirmation, lists))
        twins = same.get(thing.iri, ())
        problems = (*problems, "doubtful") if twins else problems
        found.append(State(thing, confirmation, lists, upkeep, asking[thing.iri], problems, twins))
    return sorted(found, key=lambda one: (fold(one.thing.label(lang)), one.thing.iri))


def problems_of(upkeep: Upkeep, seen: date | None) -> tuple[str, ...]:
    """What is wrong with a profile that was last said to be true on some day."""
    settings = services().settings
    complete = upkeep.completeness
    wrong = {
        "stale": seen is None or seen < months_ago(settings.stale_after_months),
        "incomplete": complete is not None and complete.percent < settings.complete_from_percent,
        "unlinked": not upkeep.linked,
    }
    return tuple(name for name in wrong if wrong[name])


def last_seen(confirmation: Confirmation | None, lists: Iterable[ListSaying]) -> date | None:
    """When a person or a list last said what a profile says."""
    days = [one.day for one in lists if one.day]
    if confirmation:
        days.append(confirmation.time.date())
    return max(days, default=None)


def missing_fields(kind: str, upkeep: Upkeep) -> tuple[Field, ...]:
    """The fields that a profile lacks, the heaviest first."""
    paths = upkeep.completeness.missing if upkeep.completeness else ()
    return tuple(field for path in paths if (field := field_of(kind, path)))


def months_ago(months: int) -> date:
    """The day some months before today; the last of its month where that is shorter.

    >>> months_ago(0) == now().date()
    True
    """
    today = now().date()
    year, month = divmod(today.year * 12 + today.month - 1 - months, 12)
    return _within(year, month + 1, today.day)


def _within(year: int, month: int, day: int) -> date:
    following = date(year + month // 12, month % 12 + 1, 1)
    last = (following - date.resolution).day
    return date(year, month, min(day, last))


def ordered(states: Iterable[State], sort: str) -> list[State]:
    """Profiles in an order; of equal ones by name.

    Args:
        states: by name.
        sort: one of :data:`SORTS`: ``seen`` begins with what nobody saw for the longest time,
            ``complete`` with what lacks most.
    """
    name = sort.removeprefix("-")
    several = list(states)
    if name == "seen":
        several.sort(key=lambda one: one.seen or date.min)
    elif name == "complete":
        several.sort(key=lambda one: one.percent)
    return several[::-1] if sort.startswith("-") else several


class Calendar:
    """Of when lists are.

    Args:
        view: of who asks.
        viewer: the same.
        lang: language of days and names.
    """

    def __init__(self, view: View, viewer: Viewer, lang: str) -> None:
        knowledge = services().knowledge
        self._view, self._lang = view, lang
        self._sources = {one.name: one for one in knowledge.sources(viewer)}
        self._imported = _imported(knowledge.batches(viewer))

    def lists_of(self, thing: Thing, upkeep: Upkeep) -> tuple[ListSaying, ...]:
        """The lists that a thing stands in, the newest first."""
        found = [self._said(one.source, one.since, thing.as_of) for one in upkeep.lists]
        return tuple(sorted(found, key=lambda one: (one.day or date.min, one.name), reverse=True))

    def _said(self, name: str, since: str, as_of: str) -> ListSaying:
        source = self._sources.get(name, Source(name))
        label = self._view.label(self._view.addresses.thing("source", name), self._lang)
        dated = source.as_of or as_of
        if dated:
            return ListSaying(name, label or source.label, last_day_of(dated), dated)
        # What a list that is not complete left out the last time was not said again.
        imported = self._imported.get(name) if source.complete else None
        day = imported or (date.fromisoformat(since[:10]) if since else None)
        text = format_date(day, "long", locale=self._lang) if day else ""
        return ListSaying(name, label or source.label, day, text)


def _imported(batches: Iterable[Batch]) -> dict[str, date]:
    """When each list was last imported; what was taken back does not count."""
    found: dict[str, date] = {}
    for batch in batches:
        if batch.about.kind == "import" and batch.undone_by is None:
            found.setdefault(batch.about.source, batch.time.date())
    return found


def last_day_of(dated: str) -> date | None:
    """The last day of a year, a month or a day; None where it is none.

    >>> last_day_of("2016"), last_day_of("2024-02"), last_day_of("2024-02-03")
    (datetime.date(2016, 12, 31), datetime.date(2024, 2, 29), datetime.date(2024, 2, 3))
    """
    parts = [int(part) for part in dated.split("-") if part.isdecimal()]
    if not parts or not 1 <= parts[0] < 9999:
        return None
    month = parts[1] if len(parts) > 1 and 1 <= parts[1] <= 12 else 12
    return _within(parts[0], month, parts[2] if len(parts) > 2 and parts[2] >= 1 else 31)
