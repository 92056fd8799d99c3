"""What sources say about a person, in words that a person reads."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask_babel import gettext as _
from pyoxigraph import Literal, NamedNode

from graph import KnownAbout, Origin, Source, Viewer
from ontology import RDF, RDFS, term_label
from webapp.addresses import url_for_iri
from webapp.languages import lang
from webapp.pages.values import text_of
from webapp.profiles.audiences import describe
from webapp.services import services


@dataclass(frozen=True)
class Saying:
    """One statement with who says it.

    Attributes:
        subject: the name of what it is said of.
        subject_address: where that is.
        property: its name.
        value: in words.
        value_address: where the value is; empty for a text.
        source: the name of the list.
        audience: who may read it.
    """

    subject: str
    subject_address: str
    property: str
    value: str
    value_address: str
    source: str
    audience: str


@dataclass(frozen=True)
class Imported:
    """One row that a person was imported from.

    Attributes:
        source: the name of the list.
        as_of: the year or day of what it says; empty if current.
        row: what the row is called in the list.
    """

    source: str
    as_of: str
    row: str


def sayings_of(
    known: KnownAbout, viewer: Viewer | None
) -> tuple[list[Saying], list[Saying], list[Imported]]:
    """What is said of a person, what points at it, and where it was imported from.

    Args:
        known: what is known.
        viewer: who is told; None: somebody who is told everything.
    """
    names = {one.name: one for one in services().knowledge.sources(viewer)}
    said = [_saying(one, names) for one in known.said]
    pointing = [_saying(one, names) for one in known.pointing]
    imported = [
        Imported(source_name(name, names), names[name].as_of if name in names else "", key)
        for name, key in known.rows
    ]
    return said, pointing, imported


def source_name(name: str, names: Mapping[str, Source]) -> str:
    """What a list is called."""
    source = names.get(name)
    if source is None:
        return name
    return (source.label_de if lang() == "de" else "") or source.label


def _saying(origin: Origin, names: Mapping[str, Source]) -> Saying:
    said, value = origin.statement, origin.statement.object
    viewer: Viewer = services().viewer()
    return Saying(
        subject=_called(said.subject),
        subject_address=url_for_iri(said.subject),
        property=property_name(said.predicate),
        value=text_of(value, said.predicate, lang())
        if isinstance(value, Literal)
        else _called(value.value),
        value_address=url_for_iri(value.value) if isinstance(value, NamedNode) else "",
        source=source_name(origin.source, names),
        audience=describe(origin.audience, viewer).label,
    )


def property_name(iri: str) -> str:
    """What a property is called in everyday words."""
    everyday = {RDF + "type": _("kind"), RDFS + "label": _("name")}
    return everyday.get(iri) or term_label(iri, lang()) or iri.rpartition("#")[2]


def _called(iri: str) -> str:
    return services().view().label(iri, lang()) or iri
