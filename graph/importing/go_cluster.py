"""The go-cluster data of 2016, loaded like any other list."""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pyoxigraph import NamedNode

from graph.errors import KnowledgeError
from graph.importing.files import ImportResult, import_table
from graph.importing.lists import CHECKSUM
from graph.importing.plans import ListInfo
from graph.importing.reading import read_table
from graph.knowledge import Knowledge
from graph.store import object_of
from ontology import Bilingual

Progress = Callable[[str, int, int], None]
"""Called with (what is being done, steps done, steps in all)."""

_FORMAT: Final = "2"
"""Grows when the same file would say something else than before, so that it is read anew."""
_OWNER: Final = "go-cluster"
_AS_OF: Final = "2016"


@dataclass(frozen=True)
class _List:
    file: str
    kind: str
    label: Bilingual
    status: str = ""

    @property
    def source(self) -> str:
        return f"go-cluster-{self.file.removesuffix('.csv')}"


_LISTS: Final = (
    _List("programme.csv", "programme", Bilingual("go-cluster: programme", "go-cluster: Programm")),
    _List("topics.csv", "topic", Bilingual("go-cluster: thesaurus", "go-cluster: Thesaurus")),
    _List("clusters.csv", "cluster", Bilingual("go-cluster: clusters", "go-cluster: Cluster")),
    _List(
        "organisations.csv",
        "organisation",
        Bilingual("go-cluster: organisations", "go-cluster: Organisationen"),
    ),
    _List(
        "units.csv",
        "organisation",
        Bilingual(
            "go-cluster: sections and working groups", "go-cluster: Fachgruppen und Arbeitskreise"
        ),
    ),
    _List("projects.csv", "project", Bilingual("go-cluster: projects", "go-cluster: Projekte")),
    _List("events.csv", "event", Bilingual("go-cluster: events", "go-cluster: Veranstaltungen")),
    _List(
        "trainings.csv",
        "training",
        Bilingual("go-cluster: trainings", "go-cluster: Weiterbildungen"),
    ),
    _List(
        "listings.csv",
        "listing",
        Bilingual("go-cluster: offers and needs", "go-cluster: Angebote und Gesuche"),
        "historical",
    ),
    _List("roadmap.csv", "roadmap", Bilingual("go-cluster: roadmap", "go-cluster: Roadmap")),
    _List("facts.csv", "figure", Bilingual("go-cluster: figures", "go-cluster: Kennzahlen")),
)
"""The tables in the order in which most of their references are there already."""


def go_cluster_folder() -> Path:
    """The folder of the go-cluster tables, in a checkout as in an installed copy.

    Raises:
        KnowledgeError: it is nowhere.
    """
    return data_folder("go-cluster")


def data_folder(name: str) -> Path:
    """A folder of data that comes with the program.

    A checkout has it beside the packages; a wheel has it inside this one.

    Raises:
        KnowledgeError: it is nowhere.
    """
    package = Path(__file__).resolve().parent.parent
    places = (package.parent / "data" / name, package / "data" / name)
    for place in places:
        if place.is_dir():
            return place
    raise KnowledgeError(
        Bilingual(
            "The data of {name} is not installed.", "Die Daten von {name} sind nicht installiert."
        ).with_(name=name),
        Bilingual(
            "Install clusterradar again; the data should be in {place}.",
            "clusterradar neu installieren; die Daten sollten in {place} liegen.",
        ).with_(place=places[-1]),
    )


def load_go_cluster(knowledge: Knowledge, progress: Progress | None = None) -> list[ImportResult]:
    """Load the go-cluster data; what is loaded already stays as it is.

    Args:
        knowledge: where to load it.
        progress: told about each table that is read.

    Returns:
        What became of each table that had to be read; empty if none.
    """
    folder = go_cluster_folder()
    lists = [(_info(one, folder / one.file), folder / one.file) for one in _LISTS]
    return load_lists(knowledge, lists, progress)


def load_lists(
    knowledge: Knowledge,
    lists: Iterable[tuple[ListInfo, Path]],
    progress: Progress | None = None,
) -> list[ImportResult]:
    """Import lists, leaving out those whose very file is loaded already."""
    waiting = [(info, path) for info, path in lists if not _is_loaded(knowledge, info)]
    results = []
    for done, (info, path) in enumerate(waiting, 1):
        if progress is not None:
            progress(info.label, done, len(waiting))
        results.append(import_table(knowledge, read_table(path), info, allow_gone=True))
    return results


def checksum(path: Path) -> str:
    """What tells a file (as this version of the program reads it) from another."""
    return hashlib.sha256(_FORMAT.encode() + path.read_bytes()).hexdigest()


def _info(one: _List, path: Path) -> ListInfo:
    return ListInfo(
        kind=one.kind,
        source=one.source,
        label=one.label.en,
        label_de=one.label.de,
        owner=_OWNER,
        as_of=_AS_OF,
        status=one.status,
        complete=True,
        checksum=checksum(path),
    )


def _is_loaded(knowledge: Knowledge, info: ListInfo) -> bool:
    """Whether a list needs no loading: its very file is loaded, or somebody brought another."""
    subject = NamedNode(knowledge.addresses.source(info.source))
    said = list(knowledge.store.match(subject, None, None))
    checksums = {object_of(quad).value for quad in said if quad.predicate == CHECKSUM}
    return bool(said) and (not checksums or info.checksum in checksums)
