"""How fresh profiles are, for the command line: what a manager of each cluster would see."""

from typing import Any

from flask import Flask

from graph import Thing, Viewer
from webapp.freshness.states import PROBLEMS, State, states_of
from webapp.services import Services, init_services, services


def report(place: str, lang: str) -> list[dict[str, Any]]:
    """The clusters with their members' profiles.

    Args:
        place: ``cluster/optence``, or a section; empty: all clusters that everybody may know.
        lang: language of names and days.

    Returns:
        For each cluster its numbers and its profiles; nothing where it is not known.
    """
    kind, _slash, slug = place.partition("/")
    if not place:
        clusters = services().knowledge.view().things("cluster")
    else:
        found = services().knowledge.view(_manager(kind, slug)).find(kind, slug)
        clusters = [found] if found else []
    return [_cluster(one, lang) for one in clusters]


def report_beside(made: Services, place: str, lang: str) -> list[dict[str, Any]]:
    """The same where no application is running."""
    app = Flask(__name__)
    init_services(app, made)
    with app.app_context():
        return report(place, lang)


def _manager(kind: str, slug: str) -> Viewer:
    """Whoever manages a cluster, and nothing else."""
    return Viewer("", frozenset({f"network:{kind}/{slug}"}))


def _cluster(cluster: Thing, lang: str) -> dict[str, Any]:
    states = states_of(cluster, _manager(cluster.kind, cluster.slug), lang, doubles=True)
    counts = {name: sum(name in one.problems for one in states) for name in PROBLEMS}
    return {
        "cluster": f"{cluster.kind}/{cluster.slug}",
        "name": cluster.label(lang),
        "members": len(states),
        **counts,
        "profiles": [_profile(one, lang) for one in states],
    }


def _profile(state: State, lang: str) -> dict[str, Any]:
    confirmation, asked = state.confirmation, state.askable.asked
    return {
        "iri": state.thing.iri,
        "name": state.thing.label(lang),
        "confirmed": confirmation.time.date().isoformat() if confirmation else None,
        "confirmed_by": confirmation.how if confirmation else None,
        "lists": [
            {
                "source": one.name,
                "label": one.label,
                "day": one.day.isoformat() if one.day else None,
            }
            for one in state.lists
        ],
        "seen": state.seen.isoformat() if state.seen else None,
        "complete": state.percent,
        "missing": [field.label[lang] for field in state.missing],
        "words": [word.text for word in state.words],
        "may_be": [one.iri for one in state.doubles],
        "problems": list(state.problems),
        "asked": asked.date().isoformat() if asked else None,
        "can_be_asked": state.askable.now,
    }
