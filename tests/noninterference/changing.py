"""Read paths of those who are about to change something: plans, and what other sources say."""

from datetime import UTC, datetime
from typing import Final

from graph import (
    ANONYMOUS,
    KnowledgeError,
    ListInfo,
    Plan,
    Viewer,
    doubts,
    explain_access,
    make_plan,
    networks_of,
    others_say,
    read_table,
    readable,
)
from tests.noninterference import canonical, people
from tests.noninterference.cases import CLOSED, WON, Case
from tests.noninterference.knowing import IRIS
from tests.noninterference.paths import read_path
from tests.noninterference.sides import Side

_THEN: Final = datetime(2026, 6, 1, tzinfo=UTC)
ORGANISATIONS: Final = (
    "id;name;member_of;competences;website;city\n"
    "r0;Laserwerk;Optence e. V.;Laser, Geheimlicht;https://laserwerk.de;Wetzlar\n"
    "linsen;Linsen;cluster/optence;Mestechnik;;\n"
    ";Linsen GmbH;Photonik Nord;Messtechnik;https://linsen.de;Hessen\n"
    "laserwerk;Geheimlicht;optence;laser;;\n"
)
_TOPICS: Final = "id;label_de;broader\nlaser;Laser;Licht\nlicht;Licht;\nneu;Geheimlicht;Laser\n"
LISTS: Final = (
    (ORGANISATIONS, ListInfo("organisation", "members", complete=True)),
    (ORGANISATIONS, ListInfo("organisation", "neu", owner="cluster/optence")),
    (ORGANISATIONS, ListInfo("organisation", "members", audience="platform")),
    (ORGANISATIONS, ListInfo("organisation", "inside", audience="group:rot")),
    (_TOPICS, ListInfo("topic", "radar-list")),
)
"""Lists that somebody uploads: known rows, names that are hidden, words that mean nothing yet."""


@read_path()
def import_plans(side: Side, _case: Case) -> object:
    """What importing a list would do: what it is matched with, candidates, doubts, slugs."""
    return [_plan(side, text, info) for text, info in LISTS]


def _plan(side: Side, text: str, info: ListInfo) -> object:
    table = read_table(text.encode(), "list.csv")
    try:
        plan = make_plan(side.services.knowledge, table, info, viewer=side.viewer, time=_THEN)
    except KnowledgeError as error:
        return error.text("de"), error.text("en")
    return _told(plan)


def _told(plan: Plan) -> object:
    change = canonical.multiset(plan.change.add), canonical.multiset(plan.change.remove)
    return plan.info, plan.counts, plan.problems, plan.rows, plan.needs_consent, change


@read_path()
def other_sayings(side: Side, _case: Case) -> object:
    """What other sources say beside members' edits, and where lists disagree since."""
    knowledge = side.services.knowledge
    return [
        (
            [others_say(knowledge, iri, prop, side.viewer) for prop in WON],
            doubts(knowledge, iri, side.viewer),
        )
        for iri in IRIS[:8]
    ]


@read_path()
def networks(side: Side, case: Case) -> object:
    """Which networks the organisation of whoever asks opens."""
    if not people.acts(case):
        return None
    return networks_of(side.services.knowledge, (people.MINE,))


@read_path()
def explained(side: Side, _case: Case) -> object:
    """Why others can, or cannot, see what is said."""
    others = (ANONYMOUS, Viewer("b" * 16), Viewer("b" * 16, frozenset(CLOSED[::2])))
    return [
        explain_access(side.services.knowledge, iri, readable(other), side.viewer)
        for iri in IRIS
        for other in others
    ]
