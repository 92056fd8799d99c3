"""Things as nodes and statements between them as edges, for Gephi and other network programs.

Such programs know no missing values, so every node and every edge has every attribute.
"""

import re
from typing import IO, Any, Final

import networkx as nx
from pyoxigraph import NamedNode

from graph.knowledge import View
from ontology import KINDS, PREFIXES, term_label

_NOT_XML: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def network(view: View, *, inferred: bool = False, lang: str = "en") -> "nx.MultiDiGraph[str]":
    """The network of all things that a view may read.

    Args:
        view: whose knowledge it is.
        inferred: whether concluded edges are in it too.
        lang: language of the labels, ``de`` or ``en``.

    Returns:
        Nodes by IRI with ``label kind wedge context as_of invented historical``; edges by the
        property's short name with ``relation label inferred``.
    """
    made: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for thing in view.things():
        made.add_node(
            thing.iri,
            label=_text(thing.label(lang)),
            kind=thing.kind,
            wedge=KINDS[thing.kind].wedge,
            context=_text(thing.context(lang)),
            as_of=thing.as_of,
            invented=thing.invented,
            historical=thing.historical,
        )
    for statement in view.statements(inferred=inferred):
        target = statement.object
        if isinstance(target, NamedNode) and statement.subject in made and target.value in made:
            relation = _short(statement.predicate)
            made.add_edge(
                statement.subject,
                target.value,
                key=relation,
                relation=relation,
                label=term_label(statement.predicate, lang) or relation,
                inferred=statement.inferred,
            )
    return made


def write_graphml(view: View, stream: IO[bytes], *, inferred: bool, lang: str) -> None:
    """Write the network as GraphML."""
    made = _numbered(network(view, inferred=inferred, lang=lang))
    for _node, values in made.nodes(data=True):
        _spell_booleans(values)
    for _start, _end, values in made.edges(data=True):
        _spell_booleans(values)
    # Keys are numbered: with names as ids, the labels of nodes and of edges would share one id.
    nx.write_graphml(made, stream)


def _spell_booleans(values: dict[str, Any]) -> None:
    """As XML has them; networkx would write "True"."""
    values.update({name: str(v).lower() for name, v in values.items() if isinstance(v, bool)})


def write_gexf(view: View, stream: IO[bytes], *, inferred: bool, lang: str) -> None:
    """Write the network as GEXF 1.2."""
    nx.write_gexf(_numbered(network(view, inferred=inferred, lang=lang)), stream)


def _numbered(made: "nx.MultiDiGraph[str]") -> "nx.MultiDiGraph[str]":
    """The same with numbers as keys: files have them as ids, and ids must not come twice."""
    numbered: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    numbered.add_nodes_from((node, dict(values)) for node, values in made.nodes(data=True))
    for number, (start, end, values) in enumerate(made.edges(data=True)):
        numbered.add_edge(start, end, key=number, **values)
    return numbered


def _short(iri: str) -> str:
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace):
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return iri


def _text(text: str) -> str:
    """Without the control characters that XML cannot hold."""
    return _NOT_XML.sub("\ufffd", text)
