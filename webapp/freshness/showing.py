"""The page of freshness."""

from typing import Final

from flask import render_template
from flask_babel import gettext as _

from graph import Thing
from ontology import checks
from webapp.freshness.states import State, states_of
from webapp.freshness.wanted import Wanted
from webapp.languages import lang
from webapp.profiles.forms import Field, field_of
from webapp.profiles.records import Confirmation
from webapp.services import services
from webapp.signing.reach import managed_clusters, place_of

_PAGE: Final = 50
"""Profiles on one page."""


def freshness_page(
    cluster: Thing, wanted: Wanted, *, sent: int | None = None, error: str = ""
) -> str:
    """The members of a cluster with what is to be done about each.

    Args:
        cluster: one that the account of this request manages.
        wanted: which of them.
        sent: how many mails were just sent.
        error: what went wrong.
    """
    viewer = services().viewer()
    states = states_of(cluster, viewer, lang(), doubles=wanted.show == "doubtful")
    shown = wanted.of(states)
    pages = max(1, -(-len(shown) // _PAGE))
    page = min(wanted.page, pages)
    settings = services().settings
    return render_template(
        "freshness/start.html",
        cluster=cluster,
        clusters=[(place_of(one), one.label(lang())) for one in managed_clusters()],
        wanted=wanted,
        states=shown[(page - 1) * _PAGE : page * _PAGE],
        shown=len(shown),
        total=len(states),
        counts=_counts(states),
        compared=services().upkeep.doubles(cluster.iri, viewer, known=True) is not None,
        weights=weights_of("organisation"),
        page=page,
        pages=pages,
        askable=sum(one.askable.now for one in shown),
        months=settings.stale_after_months,
        percent=settings.complete_from_percent,
        period=settings.confirmation_period_days,
        sent=sent,
        error=error,
        confirmed_words=confirmed_words,
    )


def confirmed_words(confirmation: Confirmation) -> str:
    """Who confirmed a profile."""
    by = {
        "manager": _("its cluster"),
        "link": _("through a mail to it"),
        "member": _("the organisation itself"),
    }[confirmation.how]
    return f"{by} ({confirmation.name})" if confirmation.name else by


def weights_of(kind: str) -> list[tuple[Field, int]]:
    """What counts how much for a complete profile of a kind, the heaviest first."""
    found = ((field_of(kind, path), weight) for path, weight in checks(kind).weights)
    return [(field, weight) for field, weight in found if field]


def _counts(states: list[State]) -> dict[str, int]:
    counts = {"": len(states)}
    for state in states:
        for problem in state.problems:
            counts[problem] = counts.get(problem, 0) + 1
    return counts
