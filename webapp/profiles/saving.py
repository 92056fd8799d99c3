"""From a sent form to what is said by hand: the changes of a profile, and new things."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from pyoxigraph import Literal, NamedNode

from graph import (
    Batch,
    PropertyChange,
    Said,
    Thing,
    create,
    edit,
    remove,
    withdraw,
)
from webapp.accounts.clock import now
from webapp.languages import lang
from webapp.profiles import records
from webapp.profiles.audiences import choices, narrowed, narrowest_sensible
from webapp.profiles.forms import NAMES, TYPE, fields_of
from webapp.profiles.profile import BELONGS_BY, Editor, Profile
from webapp.profiles.states import FieldState, state_of
from webapp.profiles.submitted import Entry, Reading, Submitted
from webapp.profiles.values import carried_of
from webapp.services import services


@dataclass(frozen=True)
class Outcome:
    """What became of a sent form.

    Attributes:
        states: its fields, to be shown again where somebody has to look at them.
        batch: what was committed; None where nothing was.
        iri: of the thing.
    """

    states: dict[str, FieldState]
    batch: Batch | None = None
    iri: str = ""

    @property
    def open(self) -> bool:
        """Whether somebody has to look at the form again."""
        return any(state.open for state in self.states.values())

    @property
    def status(self) -> int:
        """Of the answer that shows the form again: to be asked back is no error."""
        return 400 if any(state.wrong for state in self.states.values()) else 200


def save(profile: Profile, form: Mapping[str, str]) -> Outcome:
    """Say what was sent, if nothing is wrong with it.

    Raises:
        KnowledgeError: a value would tell an audience of what it may not know.
    """
    reading = Reading(form, profile.view, {one.name for one in profile.audiences}, lang())
    sent = [reading.field(state) for state in profile.states.values()]
    states = {one.state.key: one.state for one in sent}
    if any(state.open for state in states.values()):
        return Outcome(states)
    whole = form.get("whole", "") if profile.by_hand else ""
    whole = whole if whole in {one.name for one in profile.audiences} else ""
    changes = [change for one in sent if (change := change_of(profile, one, whole))]
    if whole and not any(change.property == TYPE for change in changes):
        types = profile.values.get(TYPE, ())
        if any(value.audience != whole for value in types):
            changes.append(PropertyChange(TYPE, tuple(Said(v.term, whole) for v in types)))
    batch = say(profile, changes)
    return Outcome(states, batch, profile.thing.iri)


def say(profile: Profile, changes: Iterable[PropertyChange]) -> Batch | None:
    """Let a profile say something from now on, in the name of its editor."""
    editor, iri = profile.editor, profile.thing.iri
    several = tuple(changes)
    if not several:
        return None
    batch = edit(
        services().knowledge,
        iri,
        several,
        account=editor.name,
        viewer=editor.viewer,
        now=now(),
    )
    return _noted(batch, iri, editor)


def settle(profile: Profile, key: str, *, keep: bool) -> Batch | None:
    """Settle where a list says something else since: keep what was said by hand, or not."""
    state = profile.states.get(key)
    if state is None:
        return None
    path = state.field.path
    if keep:
        values = profile.values.get(path, ())
        said = [Said(value.term, value.audience) for value in values]
        said += [Said(w.text, w.audience) for w in profile.words if w.property == path]
        return say(profile, [PropertyChange(path, tuple(said))])
    editor, iri = profile.editor, profile.thing.iri
    batch = withdraw(
        services().knowledge,
        iri,
        [path],
        account=editor.name,
        viewer=editor.viewer,
        now=now(),
    )
    return _noted(batch, iri, editor)


def take_away(profile: Profile) -> Batch | None:
    """Take a thing away; of one that lists speak of nothing is said any more."""
    editor, iri = profile.editor, profile.thing.iri
    if not profile.by_hand:
        gone = say(profile, [PropertyChange(path) for path in profile.values])
        return _noted(gone, profile.owners[0].iri, editor)
    batch = remove(services().knowledge, iri, account=editor.name, viewer=editor.viewer, now=now())
    return _noted(batch, profile.owners[0].iri, editor)


def blank(kind: str, owner: Thing, editor: Editor, audience: str = "") -> dict[str, FieldState]:
    """The fields of a new thing that belongs to an owner, by key.

    Args:
        kind: of the new thing.
        owner: the organisation or cluster.
        editor: who makes it.
        audience: who may read it; empty: the narrowest sensible.
    """
    view = services().knowledge.view(editor.viewer)
    spare = audience or narrowest_sensible(editor.viewer, (owner,))
    states = {
        field.key: state_of(field, {}, (), view, editor.viewer, (owner,), lang())
        for field in fields_of(kind)
        if field.path != BELONGS_BY[kind]
    }
    return {
        key: replace(
            state, spare=spare, rows=tuple(replace(row, audience=spare) for row in state.rows)
        )
        for key, state in states.items()
    }


def add(kind: str, owner: Thing, editor: Editor, form: Mapping[str, str]) -> Outcome:
    """Make a new thing that belongs to an owner, if nothing is wrong with the form.

    Raises:
        KnowledgeError: a value would tell an audience of what it may not know.
    """
    knowledge = services().knowledge
    allowed = [one.name for one in choices(editor.viewer, (owner,))]
    whole = form.get("whole", "")
    whole = whole if whole in allowed else narrowest_sensible(editor.viewer, (owner,))
    states = blank(kind, owner, editor, whole)
    reading = Reading(form, knowledge.view(editor.viewer), {whole}, lang(), new=True)
    sent = [reading.field(state) for state in states.values()]
    states = {one.state.key: one.state for one in sent}
    names = [e for one in sent if one.state.field.path in NAMES for e in one.entries]
    if any(state.open for state in states.values()) or not names:
        return Outcome(states)
    name = names[0].value
    assert isinstance(name, Literal)
    changes = [PropertyChange(BELONGS_BY[kind], (Said(NamedNode(owner.iri), whole),))]
    changes += [
        PropertyChange(one.state.field.path, tuple(map(_said, one.entries)))
        for one in sent
        if one.entries
    ]
    made = create(
        knowledge,
        kind,
        name,
        changes,
        account=editor.name,
        viewer=editor.viewer,
        now=now(),
        audience=whole,
        nonce=form.get("nonce", ""),
    )
    _noted(made.batch, owner.iri, editor)
    return Outcome(states, made.batch, made.iri)


def change_of(profile: Profile, sent: Submitted, whole: str = "") -> PropertyChange | None:
    """What a field changes; None where it changes nothing.

    Args:
        profile: whose field it is.
        sent: the field.
        whole: who may read that there is such a thing, where that is chosen for the whole of it.
    """
    path = sent.state.field.path
    entries = sent.entries
    if whole:
        named = path in (*NAMES, TYPE)
        entries = tuple(
            replace(e, audience=whole if named else narrowed(e.audience, whole)) for e in entries
        )
    if not sent.changed and entries == sent.entries:
        return None
    said = list(map(_said, entries))
    if path == TYPE:
        carried = carried_of(sent.state.field, profile.values.get(path, ()))
        said += [Said(value.term, whole or value.audience) for value in carried]
    return PropertyChange(path, tuple(said))


def _said(entry: Entry) -> Said:
    return Said(entry.value, entry.audience)


def _noted(batch: Batch | None, iri: str, editor: Editor) -> Batch | None:
    if batch is not None:
        records.saved(batch.id, iri, editor.account_id, editor.mail_id)
    return batch
