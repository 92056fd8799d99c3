"""What the templates draw: the pictures, the list, the filters and the flight."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from flask_babel import gettext as _

from graph import Thing, View
from ontology import KINDS, WEDGES
from recommender import LENSES, RadarAnswer, Suggestion
from webapp.kinds import class_of, wedge_name, wedge_short_name
from webapp.radar.forms import FORMS
from webapp.radar.layout import lay_out
from webapp.radar.picture import Item, Picture
from webapp.radar.state import MOST, RadarState

_KINDS_OF_WEDGE: Final = {
    wedge: tuple(kind.name for kind in KINDS.values() if kind.wedge == wedge) for wedge in WEDGES
}


@dataclass(frozen=True)
class Choice:
    """Something to switch: a lens or a filter."""

    label: str
    url: str
    chosen: bool
    name: str
    hint: str = ""


@dataclass(frozen=True)
class Entry:
    """A suggestion in the list."""

    suggestion: Suggestion
    url: str
    historical: bool

    @property
    def badges(self) -> dict[str, Any]:
        """What the badge macro wants to know."""
        node = self.suggestion.node
        return {"as_of": node.as_of, "invented": node.invented, "historical": self.historical}


@dataclass(frozen=True)
class Group:
    """The suggestions of one wedge in the list.

    Attributes:
        wedge: its word in the answer.
        total: how many there are ("24+" where there are more).
        entries: best first.
        all_url: where all of them are, if there are more.
    """

    wedge: str
    total: str
    entries: tuple[Entry, ...]
    all_url: str


@dataclass(frozen=True)
class RadarView:
    """A radar as the templates draw it."""

    centre: Thing
    answer: RadarAnswer
    state: RadarState
    pictures: tuple[Picture, ...]
    groups: tuple[Group, ...]
    lenses: tuple[Choice, ...]
    filters: tuple[Choice, ...]
    trail: tuple[tuple[Thing, str], ...]
    urls: Mapping[str, str]
    historical: frozenset[str]

    @property
    def count(self) -> int:
        """How many suggestions there are."""
        return len(self.answer.suggestions)

    @property
    def count_text(self) -> str:
        """The same, with a plus where there are more."""
        more = any(total.more for total in self.answer.totals.values())
        return f"{self.count}+" if more else str(self.count)

    @property
    def has_shared(self) -> bool:
        """Whether something belongs to the centre's own cluster."""
        return any(suggestion.shared_cluster for suggestion in self.answer.suggestions)

    @property
    def has_invented(self) -> bool:
        """Whether something is invented."""
        return any(suggestion.node.invented for suggestion in self.answer.suggestions)

    @property
    def years(self) -> tuple[str, ...]:
        """The years that statements date from, where they are not current."""
        nodes = [self.answer.centre, *(one.node for one in self.answer.suggestions)]
        return tuple(sorted({node.as_of for node in nodes if node.as_of}))

    def url(self, item: Item) -> str:
        """Where a click on an item flies."""
        return self.urls[item.suggestion.node.iri]

    def says(self, suggestion: Suggestion) -> str:
        """All there is to say of a suggestion in one line, for those who do not see it."""
        node = suggestion.node
        parts = [node.label, class_of(node)]
        if node.as_of:
            parts.append(_("as of %(year)s", year=node.as_of))
        if node.iri in self.historical:
            parts.append(_("historical"))
        if node.invented:
            parts.append(_("invented"))
        if suggestion.shared_cluster:
            parts.append(_("in the same cluster"))
        parts.append(_("ring %(number)s", number=suggestion.ring))
        return ", ".join(parts) + ". " + suggestion.reason.text

    @staticmethod
    def path(suggestion: Suggestion) -> str:
        """The path of the reason, for the script that draws it."""
        steps = [
            {
                "iri": step.node.iri,
                "label": step.node.label,
                "wedge": (KINDS[step.node.kind].wedge if step.node.kind in KINDS else "") or "none",
                "relation": step.label,
                "forward": step.forward,
            }
            for step in suggestion.reason.path
        ]
        return json.dumps(steps, ensure_ascii=False, separators=(",", ":"))


def make_view(view: View, centre: Thing, answer: RadarAnswer, state: RadarState) -> RadarView:
    """Everything that a radar's page shows."""
    names = {wedge: (wedge_name(wedge), wedge_short_name(wedge)) for wedge in WEDGES}
    notes = [class_of(answer.centre)]
    if answer.centre.as_of:
        notes.append(_("as of %(year)s", year=answer.centre.as_of))
    onward = state.flown_from(centre.kind, centre.slug)
    nodes = [suggestion.node for suggestion in answer.suggestions]
    historical = frozenset(
        node.iri
        for node in nodes
        if node.kind == "listing" and (thing := view.thing(node.iri)) and thing.historical
    )
    urls = {node.iri: onward.address(node.kind, node.slug) for node in nodes}
    return RadarView(
        centre,
        answer,
        state,
        tuple(lay_out(answer, form, names, notes) for form in FORMS),
        _groups(centre, answer, state, urls, historical),
        _lenses(centre, state),
        _filters(view, centre, state),
        _trail(view, state),
        urls,
        historical,
    )


def _groups(
    centre: Thing,
    answer: RadarAnswer,
    state: RadarState,
    urls: Mapping[str, str],
    historical: frozenset[str],
) -> tuple[Group, ...]:
    """The list by wedges, the wedge with the best suggestion first."""
    members: dict[str, list[Entry]] = {}
    for suggestion in answer.suggestions:
        iri = suggestion.node.iri
        members.setdefault(suggestion.wedge, []).append(
            Entry(suggestion, urls[iri], iri in historical)
        )
    for wedge, total in answer.totals.items():
        if total.more:
            members.setdefault(wedge, [])
    return tuple(
        Group(
            wedge,
            str(answer.totals.get(wedge, len(entries))),
            tuple(entries),
            _address_of_all(centre, answer, state, wedge),
        )
        for wedge, entries in members.items()
    )


def _address_of_all(centre: Thing, answer: RadarAnswer, state: RadarState, wedge: str) -> str:
    """Where more of one wedge is shown; empty where there is no more to show."""
    total = answer.totals.get(wedge)
    alone = state.with_kinds(_KINDS_OF_WEDGE[wedge]).with_limit(MOST)
    if total is None or not total.more or alone == state:
        return ""
    return alone.address(centre.kind, centre.slug)


def _lenses(centre: Thing, state: RadarState) -> tuple[Choice, ...]:
    labels = {
        "nearest": _("Nearest"),
        "beyond": _("Beyond the cluster"),
        "complementary": _("Complementary"),
        "same-field": _("Same field"),
    }
    hints = {
        "nearest": _("What is closest, over whatever links"),
        "beyond": _("What only another cluster can give"),
        "complementary": _("Who has what is sought here, and who seeks what is to be had here"),
        "same-field": _("What has to do with the same subjects, linked or not"),
    }
    return tuple(
        Choice(
            labels[lens],
            state.with_lens(lens).address(centre.kind, centre.slug),
            lens == state.lens,
            lens,
            hints[lens],
        )
        for lens in LENSES
    )


def _filters(view: View, centre: Thing, state: RadarState) -> tuple[Choice, ...]:
    """One filter for every wedge that has anything at all in what the viewer may read."""
    counts = view.counts()
    return tuple(
        Choice(
            wedge_name(wedge),
            state.toggled(kinds).address(centre.kind, centre.slug),
            bool(set(kinds) & set(state.kinds)),
            kinds[0],
        )
        for wedge, kinds in _KINDS_OF_WEDGE.items()
        if any(counts.get(kind) for kind in kinds)
    )


def _trail(view: View, state: RadarState) -> tuple[tuple[Thing, str], ...]:
    """The flight so far: each centre with the address of the radar as it was there."""
    found = []
    for index, (kind, slug) in enumerate(state.via):
        thing = view.find(kind, slug)
        if thing is not None:
            before = RadarState(state.lens, state.kinds, state.limit, state.via[:index])
            found.append((thing, before.address(thing.kind, thing.slug)))
    return tuple(found)
