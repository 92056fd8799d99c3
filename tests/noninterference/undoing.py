"""The read path of batches; it takes most of what is stored back, and so comes after all others."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Final

from graph import Batch, KnowledgeError
from tests.noninterference.cases import Case
from tests.noninterference.paths import read_path
from tests.noninterference.sides import Side
from tests.noninterference.writing import known_to

_THEN: Final = datetime(2026, 6, 1, tzinfo=UTC)


@read_path(changes=True)
def batches_and_undo(side: Side, _case: Case) -> object:
    """What was committed, and what is said on taking it back: all of it, mostly."""
    knowledge = side.services.knowledge
    known = knowledge.batches(side.viewer)
    told = [_bare(batch) for batch in known]
    outcomes = [_undone(side, batch) for batch in (*known[::-1], *known)]
    return told, outcomes, known_to(side)


def _bare(batch: Batch) -> Batch:
    """Without its id, which is drawn at random, and the clock."""
    return replace(batch, id="", time=_THEN)


def _undone(side: Side, batch: Batch) -> object:
    try:
        side.services.knowledge.undo(batch.id, viewer=side.viewer)
    except KnowledgeError as error:
        return error.text("de"), error.text("en")
    return "undone"
