"""How far a list has come, in words."""

from dataclasses import dataclass
from typing import Final

from flask_babel import format_decimal, lazy_gettext
from flask_babel import gettext as _

from webapp.importing.working import Progress

_STAGES: Final = {
    "reading": lazy_gettext("Reading the file"),
    "mapping": lazy_gettext("Understanding the columns"),
    "validating": lazy_gettext("Checking every cell"),
    "matching": lazy_gettext("Finding out who is known already"),
    "linking": lazy_gettext("Finding out what words mean"),
    "comparing": lazy_gettext("Comparing with what is known"),
}
_STATES: Final = {
    "received": lazy_gettext("Waiting for its turn"),
    "reading": lazy_gettext("Reading the file"),
    "planning": lazy_gettext("Working out the plan"),
    "waiting": lazy_gettext("Waiting for you"),
    "committing": lazy_gettext("Committing"),
    "done": lazy_gettext("Done"),
    "failed": lazy_gettext("It went no further"),
    "discarded": lazy_gettext("Thrown away"),
}


@dataclass(frozen=True)
class Stage:
    """One stage of the work: ``done``, ``now`` or ``later``."""

    label: str
    when: str


def stages(now: str, state: str) -> list[Stage]:
    """All stages of planning, as far as one has come; none while something else is done."""
    if state == "committing":
        return []
    names = list(_STAGES)
    at = names.index(now) if now in names else -1
    when = [("done" if place < at else "now" if place == at else "later") for place in range(6)]
    return [Stage(str(label), told) for label, told in zip(_STAGES.values(), when, strict=True)]


def words_of(progress: Progress, state: str) -> str:
    """How far it is, in one line."""
    stage = str(_STAGES.get(progress.stage, _STATES[state]))
    if not progress.whole:
        return stage
    done, whole = format_decimal(progress.done), format_decimal(progress.whole)
    return str(_("%(stage)s: %(done)s of %(whole)s", stage=stage, done=done, whole=whole))


def state_name(state: str) -> str:
    """What a person calls the state of a list."""
    return str(_STATES[state])
