"""What other sources say beside a field, and where a list has come to say something else."""

from collections.abc import Iterable
from dataclasses import replace

from pyoxigraph import NamedNode

from graph import OtherSaying, Term, View, doubts, others_say
from webapp.languages import lang
from webapp.pages.values import text_of
from webapp.profiles.profile import Profile
from webapp.profiles.states import FieldState, Saying
from webapp.services import services


def with_sayings(profile: Profile) -> dict[str, FieldState]:
    """The fields of a profile with what other sources say about them."""
    viewer = profile.editor.viewer
    knowledge, iri = services().knowledge, profile.thing.iri
    doubted: dict[str, list[OtherSaying]] = {}
    for doubt in doubts(knowledge, iri, viewer):
        doubted.setdefault(doubt.property, []).extend(doubt.others)
    found: dict[str, FieldState] = {}
    for key, state in profile.states.items():
        path = state.field.path
        ours = {value.term for value in profile.values.get(path, ())}
        others = [one for one in others_say(knowledge, iri, path, viewer) if one.value not in ours]
        found[key] = replace(
            state,
            others=_by_source(profile.view, path, others),
            doubts=_by_source(profile.view, path, doubted.get(path, ())),
        )
    return found


def source_label(view: View, name: str) -> str:
    """What a source is called."""
    thing = view.find("source", name)
    return thing.label(lang()) if thing else name


def _by_source(view: View, prop: str, sayings: Iterable[OtherSaying]) -> tuple[Saying, ...]:
    said: dict[str, list[str]] = {}
    for one in sayings:
        texts = said.setdefault(one.source, [])
        if (text := _text(view, prop, one.value)) not in texts:
            texts.append(text)
    return tuple(
        Saying(source_label(view, source), " · ".join(sorted(texts)))
        for source, texts in sorted(said.items())
    )


def _text(view: View, prop: str, value: Term) -> str:
    if isinstance(value, NamedNode):
        return view.label(value.value, lang()) or value.value
    return text_of(value, prop, lang())
