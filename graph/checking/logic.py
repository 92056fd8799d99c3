"""Can ontology and data all be true, and if not, which statements clash?"""

import time
from collections import defaultdict
from collections.abc import Sequence
from typing import Final

from pyoxigraph import NamedNode, Triple

from graph.checking.contradictions import Contradictions
from graph.checking.explaining import contradicting_group, smallest_conflict
from graph.checking.facts import TYPE, Wording, asserted, text
from graph.checking.hermit import HermitError, NoJavaError, TimeOutError, judge, logical
from graph.checking.reports import Clash, LogicReport
from graph.knowledge import Knowledge
from ontology import Bilingual, term_label

TIME_LIMIT_SECONDS: Final = 120.0

_WHOLE: Final = Bilingual(
    "HermiT has checked the ontology with all data.",
    "HermiT hat die Ontologie mit allen Daten geprüft.",
)
_NO_JAVA: Final = Bilingual(
    "There is no Java on this machine, so the full check with HermiT was left out; "
    "only clashes between two statements were looked for. Install Java 11 or newer "
    "(on Debian: default-jre-headless) for the full check.",
    "Auf diesem Rechner gibt es kein Java; deshalb ist die volle Prüfung mit HermiT entfallen und "
    "nur nach Widersprüchen zwischen zwei Aussagen gesucht worden. Für die volle Prüfung Java 11 "
    "oder neuer installieren (unter Debian: default-jre-headless).",
)
_TIME_OUT: Final = Bilingual(
    "HermiT was stopped after {seconds} seconds; only clashes between two statements were "
    "looked for. Allow it more time with --time-limit.",
    "HermiT ist nach {seconds} Sekunden angehalten worden; nur nach Widersprüchen zwischen zwei "
    "Aussagen ist gesucht worden. Mit --time-limit mehr Zeit geben.",
)
_NOT_NARROWED: Final = Bilingual(
    "HermiT found a contradiction, but the {seconds} seconds were not enough to say between "
    "which statements. Allow it more time with --time-limit.",
    "HermiT hat einen Widerspruch gefunden, aber die {seconds} Sekunden reichten nicht, um zu "
    "sagen, zwischen welchen Aussagen. Mit --time-limit mehr Zeit geben.",
)
_FAILED: Final = Bilingual(
    "HermiT could not read the data: {why}", "HermiT konnte die Daten nicht lesen: {why}"
)
_TOGETHER: Final = Bilingual(
    "By the ontology these statements cannot all be true; without any one of them the others can.",
    "Nach der Ontologie können diese Aussagen nicht alle wahr sein; ohne eine davon die übrigen.",
)
_EMPTY_CLASS: Final = Bilingual(
    "By the ontology nothing can be: {name}.", "Nach der Ontologie kann es nicht geben: {name}."
)


def check_logic(knowledge: Knowledge, seconds: float = TIME_LIMIT_SECONDS) -> LogicReport:
    """Can the ontology and all data, whoever may read them, be true together?

    Args:
        knowledge: the data.
        seconds: how long the reasoner may take, explanations included.
    """
    return judge_facts(sorted(asserted(knowledge), key=str), seconds)


def judge_facts(facts: Sequence[Triple], seconds: float = TIME_LIMIT_SECONDS) -> LogicReport:
    """Can the ontology and some statements be true together?"""
    wording = Wording(facts)
    clashes = Contradictions().among(facts, wording)
    ends = time.monotonic() + seconds
    note = _WHOLE
    consistent: bool | None = None
    try:
        verdict = judge(facts, seconds)
        consistent = verdict.consistent
        clashes += [_empty(cls) for cls in verdict.unsatisfiable]
    except NoJavaError:
        note = _NO_JAVA
    except TimeOutError:
        note = _TIME_OUT.with_(seconds=round(seconds))
    except HermitError as error:
        note = _FAILED.with_(why=str(error))
    if consistent is False and not clashes:
        try:
            clashes.append(_explained(facts, wording, ends))
        except TimeOutError:
            note = _NOT_NARROWED.with_(seconds=round(seconds))
    return LogicReport(False if clashes else consistent, tuple(clashes), note, len(facts))


def _empty(cls: str) -> Clash:
    name = Bilingual(*(term_label(cls, lang) or cls for lang in ("en", "de")))
    return Clash((), _EMPTY_CLASS.with_(name=name))


def _explained(facts: Sequence[Triple], wording: Wording, ends: float) -> Clash:
    def contradicts(some: Sequence[Triple]) -> bool:
        return not judge(some, ends - time.monotonic()).consistent

    suspects = contradicting_group(_surroundings(logical(facts)), contradicts)
    conflict = smallest_conflict(suspects, contradicts)
    return Clash(tuple(wording.sentence(fact) for fact in conflict), _TOGETHER)


def _surroundings(facts: Sequence[Triple]) -> list[list[Triple]]:
    """For each thing the statements it stands in, with the classes of its neighbours."""
    types: defaultdict[str, list[Triple]] = defaultdict(list)
    around: defaultdict[str, list[Triple]] = defaultdict(list)
    for fact in facts:
        if fact.predicate.value == TYPE:
            types[text(fact.subject)].append(fact)
        else:
            around[text(fact.subject)].append(fact)
            if isinstance(fact.object, NamedNode):
                around[fact.object.value].append(fact)
    groups = []
    for thing in sorted({*types, *around}):
        near = {thing} | {
            text(end) for fact in around[thing] for end in (fact.subject, fact.object)
        }
        groups.append([*around[thing], *(fact for name in sorted(near) for fact in types[name])])
    return groups
