"""Who hears what was written by hand: another audience instead, or nobody any more."""

from collections.abc import Iterable
from datetime import datetime

from pyoxigraph import Literal, NamedNode

from graph.audience import Viewer, readable
from graph.decisions import SOURCE
from graph.editing.editing import Pen
from graph.editing.messages import no_such_thing, not_yours
from graph.knowledge import About, Batch, Change, Knowledge
from graph.source_names import EDITS
from graph.store import object_of


def say_instead(
    knowledge: Knowledge,
    thing: str,
    properties: Iterable[str],
    audience: str,
    *,
    account: str,
    viewer: Viewer,
    now: datetime,
) -> Batch | None:
    """Let exactly one audience read what was written by hand of some properties of a thing.

    It is for things that only hands made and whose very existence moves, such as a closed room
    that is shown to others from now on; what lists say does not move.

    Args:
        knowledge: what is known.
        thing: its canonical IRI.
        properties: their IRIs; the class and the name among them, or else nobody knows the thing.
        audience: who reads it from now on, one of the editor's.
        account: who decides.
        viewer: the same, as a reader.
        now: when, with a time zone.

    Returns:
        What was committed; None where it is so already.

    Raises:
        KnowledgeError: there is no such thing for the viewer, or the audience is not theirs.
    """
    if audience not in readable(viewer):
        raise not_yours(audience)
    with knowledge.alone():
        if knowledge.view(viewer).thing(thing) is None:
            raise no_such_thing()
        pen = Pen(knowledge, thing, account, viewer, now)
        for name in properties:
            standing = pen.standing(name).values()
            values = {object_of(quad) for one in standing for quad in one.by_hand}
            pen.withdraw(name)
            pen.state(name, values, audience)
        return pen.commit("edit")


def dissolve(knowledge: Knowledge, audience: str) -> Batch | None:
    """Take away all that was written by hand for one closed audience, and what was decided there.

    Args:
        knowledge: what is known.
        audience: a closed one.

    Returns:
        What was committed; None where nothing was written for it.

    Raises:
        ValueError: the audience is not closed.
    """
    if audience in readable(Viewer("")):
        raise ValueError(f"this audience is not closed: {audience}")
    addresses, store = knowledge.addresses, knowledge.store
    with knowledge.alone():
        said = NamedNode(addresses.source_graph(EDITS, audience))
        gone = set(store.match(None, None, None, said))
        decided = NamedNode(addresses.decision_graph(audience))
        by_hand = store.match(None, SOURCE, Literal(EDITS), decided)
        for quad in list(by_hand):
            if isinstance(quad.subject, NamedNode):
                gone |= set(store.match(quad.subject, None, None, decided))
        if not gone:
            return None
        change = Change(remove=frozenset(gone))
        return knowledge.commit(change, About("remove", EDITS, audience))
