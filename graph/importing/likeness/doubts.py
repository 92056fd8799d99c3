"""Things that may be one: found among what somebody may read, decided by a person, remembered."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Final

from pyoxigraph import NamedNode, Quad

from graph import decisions
from graph.audience import Viewer
from graph.decisions import DIFFERENT_THINGS, SAME_THING, THING, Decision
from graph.errors import KnowledgeError
from graph.importing.likeness.columns import TEXT, Column
from graph.importing.likeness.comparing import features, worth_comparing
from graph.importing.likeness.facts import Facts, facts_of_thing
from graph.importing.likeness.organisations import compare, score, words_of
from graph.importing.likeness.pairs import Pair
from graph.knowledge import About, Batch, Change, Knowledge
from graph.store import graph_of, subject_of
from ontology import Bilingual

SAME: Final = "same"
DIFFERENT: Final = "different"
KINDS_IN_DOUBT: Final = ("organisation", "cluster")
_LEAST: Final = 0.5
_LARGEST_BLOCK: Final = 30
"""What more things than this share tells none of them apart."""
_NAME: Final = Column("name", "name", TEXT)


def doubtful_pairs(
    knowledge: Knowledge,
    viewer: Viewer,
    is_own: Callable[[str], bool] = lambda _iri: True,
    kinds: Iterable[str] = KINDS_IN_DOUBT,
) -> list[Pair[str]]:
    """The things that may be one and about which nobody has decided, the likeliest first.

    Args:
        knowledge: what is known.
        viewer: who asks; only what this viewer may read is looked at.
        is_own: whether somebody may decide about a thing; pairs without such a thing are left out.
        kinds: kinds of things to look at.
    """
    view = knowledge.view(viewer)
    settled = {frozenset(one.things) for one in decided_pairs(knowledge, viewer)}
    found = []
    for kind in kinds:
        things = [thing.iri for thing in view.things(kind)]
        facts = {iri: facts_of_thing(view, iri) for iri in things}
        for one, other in _near(things, facts):
            pair = frozenset((one, other))
            if pair in settled:
                continue
            evidence = compare(facts[one], facts[other])
            sure = score(evidence)
            if sure >= _LEAST and (is_own(one) or is_own(other)):
                found.append(Pair(one, other, round(sure, 4), evidence))
    return sorted(found, key=lambda pair: (-pair.score, pair.one, pair.other))


def _near(things: list[str], facts: dict[str, Facts]) -> set[tuple[str, str]]:
    """Pairs of things that share a name, a domain or a number, or are called much alike."""
    blocks: dict[tuple[str, ...], list[str]] = {}
    for iri, known in facts.items():
        keys = {("name", *sorted(words_of(name))) for name in known.names}
        keys |= {("domain", domain) for domain in known.domains}
        keys |= {(kind, number) for kind, several in known.numbers.items() for number in several}
        for key in keys:
            blocks.setdefault(key, []).append(iri)
    pairs = {
        (one, other)
        for block in blocks.values()
        if len(block) <= _LARGEST_BLOCK
        for place, one in enumerate(sorted(block))
        for other in sorted(block)[place + 1 :]
    }
    rows = [
        {"name": " ".join(words_of(facts[iri].names[0])) if facts[iri].names else ""}
        for iri in things
    ]
    if len(rows) > 1 and any(row["name"] for row in rows):
        ones, others = worth_comparing([features(_NAME, rows, [])], len(rows), 0)
        for one, other in zip(ones.tolist(), others.tolist(), strict=True):
            a, b = sorted((things[one], things[other]))
            pairs.add((a, b))
    return pairs


def decided_pairs(knowledge: Knowledge, viewer: Viewer) -> list[Decision]:
    """What was decided of pairs, as far as somebody may know of it, the newest first."""
    found = []
    for audience in knowledge.view(viewer).audiences:
        graph = NamedNode(knowledge.addresses.decision_graph(audience))
        for name in (SAME_THING, DIFFERENT_THINGS):
            for quad in knowledge.store.match(
                None, decisions.TYPE, decisions.class_of(name), graph
            ):
                said = knowledge.store.match(subject_of(quad), None, None, graph)
                found.append(
                    Decision.read(subject_of(quad).value, audience, said, knowledge.addresses)
                )
    return sorted(found, key=lambda one: one.renewed, reverse=True)


def joined_things(knowledge: Knowledge, viewer: Viewer) -> dict[str, frozenset[str]]:
    """The things that were joined, each with all that are one with it, itself included.

    What is kept elsewhere by the IRI of a thing is found again by these.
    """
    found: dict[str, frozenset[str]] = {}
    for one in decided_pairs(knowledge, viewer):
        if one.name == SAME_THING and len(one.things) > 1:
            joined = frozenset(one.things).union(*(found.get(iri, ()) for iri in one.things))
            found.update(dict.fromkeys(joined, joined))
    return found


def decide_pair(
    knowledge: Knowledge,
    one: str,
    other: str,
    decision: str,
    *,
    account: str,
    viewer: Viewer,
    now: datetime,
) -> Batch:
    """Decide that two things are one (``same``) or are not (``different``).

    The decision is for the narrowest audience of the two, so that it opens nothing.

    Raises:
        KnowledgeError: one of them is not there for this viewer, they are of different kinds, or
            nobody may know of both.
    """
    with knowledge.alone():
        ours, theirs = knowledge.addresses.parse(one), knowledge.addresses.parse(other)
        if not ours or not theirs or one == other or ours[0] != theirs[0]:
            raise _not_these()
        audience = _audience(knowledge, viewer, one, other)
        make = decisions.same if decision == SAME else decisions.different
        add = make(knowledge.addresses, one, other, account, now, audience)
        remove = _of(knowledge, one, other, audience)
        about = About("merge" if decision == SAME else "apart", "", ours[1], {}, audience)
        return knowledge.commit(Change(add - remove, remove - add), about)


def take_back_pair(knowledge: Knowledge, one: str, other: str, *, viewer: Viewer) -> Batch:
    """Take back what was decided of two things; both are again as they were.

    Raises:
        KnowledgeError: nothing was decided of them that this viewer may know of.
    """
    with knowledge.alone():
        for audience in knowledge.view(viewer).audiences:
            if remove := _of(knowledge, one, other, audience):
                parsed = knowledge.addresses.parse(one)
                about = About("split", "", parsed[1] if parsed else "", {}, audience)
                return knowledge.commit(Change(frozenset(), remove), about)
    raise _not_these()


def _of(knowledge: Knowledge, one: str, other: str, audience: str) -> frozenset[Quad]:
    """The quads of all that was decided of two things for exactly one audience."""
    graph = NamedNode(knowledge.addresses.decision_graph(audience))
    found: set[Quad] = set()
    for quad in knowledge.store.match(None, THING, NamedNode(one), graph):
        said = list(knowledge.store.match(subject_of(quad), None, None, graph_of(quad)))
        read = Decision.read(subject_of(quad).value, audience, said, knowledge.addresses)
        if set(read.things) == {one, other} and read.name in (SAME_THING, DIFFERENT_THINGS):
            found.update(said)
    return frozenset(found)


def _audience(knowledge: Knowledge, viewer: Viewer, one: str, other: str) -> str:
    """The narrowest audience of two things, each of which somebody reads in its widest."""
    found = []
    for iri in (one, other):
        node = NamedNode(iri)
        known = [
            audience
            for audience in knowledge.view(viewer).audiences
            for graph in [NamedNode(knowledge.addresses.read_graph(audience))]
            if any(True for _ in knowledge.store.match(node, decisions.TYPE, None, graph))
        ]
        if not known:
            raise _not_these()
        found.append(known[0])
    try:
        return decisions.narrowest(found)
    except ValueError as error:
        raise KnowledgeError(
            Bilingual(
                "The two are for different closed circles; nobody may know of both.",
                "Beide sind für verschiedene geschlossene Kreise; niemand darf von beiden wissen.",
            ),
            Bilingual("Open one of them first.", "Erst eines von beiden öffnen."),
        ) from error


def _not_these() -> KnowledgeError:
    return KnowledgeError(
        Bilingual(
            "These two cannot be decided about.", "Über diese beiden lässt sich nichts entscheiden."
        ),
        Bilingual(
            "Choose two different things of one kind that are there.",
            "Zwei verschiedene Dinge derselben Art wählen, die es gibt.",
        ),
    )
