"""Why somebody can or cannot see what is said of a thing, in words for whoever edits it."""

from dataclasses import dataclass

from pyoxigraph import NamedNode

from graph import Term, Viewer, explain_access, readable
from ontology import term_label
from webapp.languages import lang
from webapp.pages.values import text_of
from webapp.profiles.audiences import describe
from webapp.profiles.profile import Profile
from webapp.profiles.sayings import source_label
from webapp.services import services


@dataclass(frozen=True)
class Reason:
    """One statement, whether others see it, and why.

    Attributes:
        label: what the property is called.
        text: the value in words.
        source: who says it.
        sees: whether they see it.
        why: what decides that.
    """

    label: str
    text: str
    source: str
    sees: bool
    why: str


def reasons(profile: Profile, eyes: Viewer) -> list[Reason]:
    """What is said of a thing, those that the other does not see first; what follows is left out.

    Args:
        profile: the thing and who asks; nothing is told that the asker does not read.
        eyes: the other.
    """
    told = explain_access(
        services().knowledge, profile.thing.iri, readable(eyes), profile.editor.viewer
    )
    found = []
    for one in told:
        if not one.source:
            continue
        said = one.statement
        audience = describe(one.audience, profile.editor.viewer).label
        found.append(
            Reason(
                term_label(said.predicate, lang()) or said.predicate.rpartition("#")[2],
                _text(profile, said.predicate, said.object),
                source_label(profile.view, one.source),
                one.sees,
                one.why[lang()].replace(one.audience, audience),
            )
        )
    return sorted(found, key=lambda one: one.sees)


def _text(profile: Profile, prop: str, value: Term) -> str:
    if isinstance(value, NamedNode):
        return profile.view.label(value.value, lang()) or value.value
    return text_of(value, prop, lang())
