"""New things that members write down by hand."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Final

from pyoxigraph import Literal, NamedNode

from graph.addresses import Addresses
from graph.audience import PUBLIC, Viewer
from graph.editing.changes import PropertyChange, Said
from graph.editing.editing import Pen
from graph.editing.messages import wrong_name
from graph.editing.returning import refuse_who_was_erased
from graph.editing.values import Values, with_kind
from graph.importing.mapping import NAMES
from graph.importing.naming import slug_of
from graph.importing.statements import SCHEMES
from graph.knowledge import Batch, Knowledge
from ontology import KINDS, RDF, SKOS, checks

_TYPE: Final = RDF + "type"
_IN_SCHEME: Final = SKOS + "inScheme"
_MARK: Final = 10
"""Letters of the hash in a new address: two of the same name do not meet by chance."""


@dataclass(frozen=True)
class Created:
    """A thing that was written down.

    Attributes:
        iri: its canonical IRI.
        batch: what was committed; None where the same form had made it before.
    """

    iri: str
    batch: Batch | None


def create(
    knowledge: Knowledge,
    kind: str,
    name: str | Literal,
    changes: Sequence[PropertyChange] = (),
    *,
    account: str,
    viewer: Viewer,
    now: datetime,
    audience: str = PUBLIC,
    nonce: str = "",
) -> Created:
    """Write down a new thing by hand, in one commit.

    Its address is made of its name and a hash of account and nonce: it never depends on what
    exists, so that nobody learns from an address that something hidden is called so.

    Args:
        knowledge: what is known.
        kind: its kind.
        name: its name, with a language or without.
        changes: what else is to be said of it; special classes as values of ``rdf:type``.
        account: who writes.
        viewer: the same, as a reader; all audiences are the editor's.
        now: when, with a time zone.
        audience: who may read that there is such a thing, and its name.
        nonce: a text of the form that was sent, so that sending it twice makes one thing;
            empty: any.

    Raises:
        KnowledgeError: there is no name, a value would tell an audience too much, or somebody who
            was erased would be back.
        ValueError: there is no such kind.
    """
    if kind not in KINDS or kind == "source":
        raise ValueError(f"nothing is created of the kind {kind}")
    label = Literal(name.strip()) if isinstance(name, str) else name
    if not label.value.strip():
        raise wrong_name()
    iri = new_iri(knowledge.addresses, kind, label.value, account, nonce)
    own = [
        PropertyChange(_name_property(kind), (Said(label, audience),)),
        PropertyChange(_TYPE, (Said(NamedNode(KINDS[kind].iri), audience),)),
    ]
    if scheme := SCHEMES.get(kind):
        own.append(PropertyChange(_IN_SCHEME, (Said(NamedNode(scheme), audience),)))
    with knowledge.alone():
        view = knowledge.view(viewer)
        refuse_who_was_erased(knowledge, view, kind, iri, (*own, *changes))
        values = Values(knowledge, view, kind, iri, audience)
        pen = Pen(knowledge, iri, account, viewer, now)
        for change in (*own, *changes):
            for heard_by, terms in values.by_audience(with_kind(change, kind)).items():
                values.check_known(iri, heard_by)
                pen.state(change.property, terms, heard_by)
        batch = pen.commit("create")
        return Created(iri, batch)


def new_iri(addresses: Addresses, kind: str, name: str, account: str, nonce: str = "") -> str:
    """The address of something new: of its name, and a hash of who makes it and of a nonce.

    >>> new_iri(Addresses(), "device", "Messmaschine", "ada", "1")
    'https://w3id.org/clusterradar/id/device/messmaschine-aa1e136ff0'
    """
    mark = sha256(f"{account}\n{nonce or secrets.token_hex(16)}".encode()).hexdigest()[:_MARK]
    slug = "-".join(part for part in (slug_of(name), mark) if part)
    return addresses.thing(kind, slug)


def _name_property(kind: str) -> str:
    """The property that is the name of things of a kind."""
    paths = {check.path for check in checks(kind).properties}
    return next((name for name in reversed(NAMES) if name in paths), NAMES[0])
