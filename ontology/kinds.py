"""The kinds of things: the singular words of addresses, and the wedges of the radar.

Labels are not kept here: they stand in the ontology (``rdfs:label`` of the class).
"""

from dataclasses import dataclass
from typing import Final

from ontology.namespaces import CR


@dataclass(frozen=True)
class Kind:
    """A kind of thing as it stands in an address (``/id/<name>/<slug>``).

    Attributes:
        name: the singular English word of the address.
        class_name: local name of its class in the ontology.
        wedge: the wedge of the radar it is drawn in; empty where it is not drawn.
    """

    name: str
    class_name: str
    wedge: str

    @property
    def iri(self) -> str:
        """The IRI of the class.

        >>> KINDS["cluster"].iri
        'https://w3id.org/clusterradar/ontology#Cluster'
        """
        return CR + self.class_name


WEDGES: Final = (
    "clusters",
    "actors",
    "topics",
    "devices",
    "listings",
    "projects",
    "events",
    "knowledge",
)
"""The wedges of the radar, clockwise from the top."""

_ALL = (
    Kind("cluster", "Cluster", "clusters"),
    Kind("organisation", "Organisation", "actors"),
    Kind("person", "Person", "actors"),
    Kind("competence", "Competence", "topics"),
    Kind("sector", "Sector", "topics"),
    Kind("topic", "Topic", "topics"),
    Kind("device", "Device", "devices"),
    Kind("listing", "Listing", "listings"),
    Kind("project", "Project", "projects"),
    Kind("event", "Event", "events"),
    Kind("training", "Training", "events"),
    Kind("publication", "Publication", "knowledge"),
    Kind("call", "Call", "knowledge"),
    Kind("roadmap", "RoadmapElement", "knowledge"),
    Kind("figure", "Figure", ""),
    Kind("place", "Place", ""),
    Kind("group", "Group", ""),
    Kind("programme", "Programme", ""),
    Kind("source", "Source", ""),
)

KINDS: Final[dict[str, Kind]] = {kind.name: kind for kind in _ALL}
"""Every kind by its word in an address."""

KIND_OF_CLASS: Final[dict[str, Kind]] = {kind.iri: kind for kind in _ALL}
"""Every kind by the IRI of its class."""
