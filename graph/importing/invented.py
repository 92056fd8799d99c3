"""The invented layer: plainly marked devices, members and listings, switched on and off."""

from pathlib import Path
from typing import Final

from pyoxigraph import NamedNode, Quad

from graph import decisions
from graph.importing.files import ImportResult
from graph.importing.go_cluster import Progress, checksum, data_folder, load_lists
from graph.importing.plans import ListInfo
from graph.knowledge import About, Batch, Change, Knowledge
from graph.store import graph_of, object_of, subject_of

_LISTS: Final = (
    ("organisations.csv", "organisation", "Invented organisations"),
    ("persons.csv", "person", "Invented persons"),
    ("devices.csv", "device", "Invented devices"),
    ("listings.csv", "listing", "Invented offers and needs"),
    ("publications.csv", "publication", "Invented publications"),
    ("calls.csv", "call", "Invented calls"),
)
_PREFIX: Final = "demo-invented-"


def load_invented(knowledge: Knowledge, progress: Progress | None = None) -> list[ImportResult]:
    """Add the invented layer; what is loaded already stays as it is.

    Returns:
        What became of each table that had to be read; empty if none.
    """
    folder = data_folder("invented")
    lists = [(_info(file, kind, label, folder), folder / file) for file, kind, label in _LISTS]
    return load_lists(knowledge, lists, progress)


def unload_invented(knowledge: Knowledge) -> Batch | None:
    """Take the invented layer away; None where it is not there.

    What rules decided about its rows and words goes with it; decisions of people stay.
    """
    sources = {_source(file) for file, _, _ in _LISTS}
    said = {
        quad
        for graph in knowledge.store.graphs()
        if (place := knowledge.addresses.parse_source_graph(graph)) and place[0] in sources
        for quad in knowledge.store.match(None, None, None, NamedNode(graph))
    }
    if not said:
        return None
    change = Change(remove=frozenset(said | _ruled(knowledge, said)))
    return knowledge.commit(change, About("import", "", "Invented layer taken away"))


def _ruled(knowledge: Knowledge, said: set[Quad]) -> set[Quad]:
    """What rules decided about the rows and words in some quads."""
    nodes = {node for quad in said for node in (subject_of(quad), object_of(quad))}
    found: set[Quad] = set()
    for node in (node for node in nodes if isinstance(node, NamedNode)):
        for about in (decisions.ROW, decisions.TERM):
            for quad in knowledge.store.match(None, about, node):
                whole = set(knowledge.store.match(subject_of(quad), None, None, graph_of(quad)))
                authors = [object_of(q).value for q in whole if q.predicate == decisions.AUTHOR]
                if all(author.startswith("rule:") for author in authors):
                    found |= whole
    return found


def _source(file: str) -> str:
    return _PREFIX + file.removesuffix(".csv")


def _info(file: str, kind: str, label: str, folder: Path) -> ListInfo:
    return ListInfo(
        kind=kind,
        source=_source(file),
        label=label,
        owner="clusterradar",
        invented=True,
        complete=True,
        checksum=checksum(folder / file),
    )
