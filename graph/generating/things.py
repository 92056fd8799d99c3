"""The things of a generated graph: what they are called, and how they are written in lists.

Names are put together from word lists; the links are those of
:func:`graph.generating.shape.generated_edges`, so the same seed gives the same things.
"""

from dataclasses import dataclass, field
from functools import cached_property
from random import Random
from typing import Final

from graph.folding import expand
from graph.generating import names
from graph.generating.shape import GeneratedEdges
from graph.generating.words import REGIONS, Pair

SEPARATOR: Final = " | "

_FORMS: Final = ("GmbH", "GmbH", "GmbH & Co. KG", "AG", "UG", "e. K.")
_ORGANISATIONS: Final[dict[str, tuple[int, str]]] = {
    "company": (72, "{stem} {topic} {form}"),
    "research": (10, "{stem}-Institut für {topic}"),
    "university": (5, "{stem}-Hochschule {town}"),
    "public_body": (5, "Wirtschaftsförderung {stem}er Land"),
    "association": (4, "Verband {sector} {stem} e. V."),
    "investor": (2, "{stem} Beteiligungen GmbH"),
    "platform_operator": (1, "{stem} Plattform GmbH"),
    "other": (1, "Stiftung {stem}"),
}
"""Kinds of organisation: how many in a hundred, and how one is called."""


@dataclass
class Organisation:
    """What an organisation is: the code of its kind, its name, the number of its town."""

    kind: str
    name: str
    town: int


@dataclass
class Things:
    """Names and ids of all things of a graph; what several tables need is worked out once."""

    graph: GeneratedEdges
    _lists: dict[str, dict[int, list[int]]] = field(default_factory=dict)

    def tails(self, relation: str, head: int) -> list[int]:
        """What a relation leads to from a node."""
        if relation not in self._lists:
            grouped: dict[int, list[int]] = {}
            heads, tails = self.graph.edges(relation)
            for one, other in zip(heads.tolist(), tails.tolist(), strict=True):
                grouped.setdefault(one, []).append(other)
            self._lists[relation] = grouped
        return self._lists[relation].get(head, [])

    def random(self, table: str) -> Random:
        """The random numbers of one table, whatever order the tables are made in."""
        return Random(f"{self.graph.seed} {self.graph.scale.name} {table}")

    def joined(self, relation: str, head: int, *kinds: str) -> str:
        """The ids of what a node is linked with, of some kinds only."""
        tails = self.tails(relation, head)
        if kinds:
            ranges = [self.graph.nodes(kind) for kind in kinds]
            tails = [tail for tail in tails if any(tail in nodes for nodes in ranges)]
        return SEPARATOR.join(self.ids[tail] for tail in tails)

    @cached_property
    def labels(self) -> dict[int, Pair]:
        """Sectors and topics by their node."""
        sectors, topics = self.graph.nodes("sector"), self.graph.nodes("topic")
        labels = {node: names.sector(number) for number, node in enumerate(sectors)}
        return labels | {node: names.topic(number) for number, node in enumerate(topics)}

    @cached_property
    def cluster_towns(self) -> dict[int, int]:
        """Cluster to the number of its town, of which each has its own."""
        return {node: number for number, node in enumerate(self.graph.nodes("cluster"))}

    @cached_property
    def organisations_by_node(self) -> dict[int, Organisation]:
        """What each organisation is."""
        random = self.random("organisation names")
        kinds, shares = list(_ORGANISATIONS), [share for share, _ in _ORGANISATIONS.values()]
        found = {}
        for number, node in enumerate(self.graph.nodes("organisation")):
            kind = random.choices(kinds, shares)[0]
            town = self._town_near(self.tails("memberOf", node)[0], random)
            slots = self.slots(node, town)
            name = _ORGANISATIONS[kind][1].format(
                stem=names.stem(number),
                form=random.choice(_FORMS),
                **{slot: pair[0] for slot, pair in slots.items()},
            )
            found[node] = Organisation(kind, name, town)
        return found

    def _town_near(self, cluster: int, random: Random) -> int:
        """A town in the region of a cluster; a few towns have most of the organisations."""
        home = self.cluster_towns[cluster]
        towns = max(2, len(self.graph.nodes("organisation")) // 300)
        return home % len(REGIONS) + len(REGIONS) * int(random.random() ** 2.5 * towns)

    def slots(self, node: int, town: int, relation: str = "hasCompetence") -> dict[str, Pair]:
        """The words of a text about a node: two of its topics, a sector, its town."""
        about = self.tails(relation, node) or list(self.graph.nodes("topic"))[:2]
        sectors = self.tails("activeIn", node) or self.tails("inSector", node)
        home = self.graph.nodes("sector")[int(self.graph.fields[node])]
        place = names.town(town)
        return {
            "topic": self.labels[about[0]],
            "second": self.labels[about[-1]] if len(about) > 1 else self.labels[home],
            "sector": self.labels[sectors[0] if sectors else home],
            "town": (place, place),
        }

    @cached_property
    def ids(self) -> dict[int, str]:
        """Slugs, unique over all tables."""
        kinds = {
            **{node: label[1] for node, label in self.labels.items()},
            **{node: self.cluster_name(node) for node in self.graph.nodes("cluster")},
            **{node: one.name for node, one in self.organisations_by_node.items()},
        }
        ids = {node: expand(name).replace(" ", "-") for node, name in kinds.items()}
        for kind, prefix in (
            ("device", "de"),
            ("project", "pr"),
            ("event", "ev"),
            ("listing", "li"),
        ):
            ids |= {
                node: f"{prefix}-{number}" for number, node in enumerate(self.graph.nodes(kind), 1)
            }
        for number, node in enumerate(self.graph.nodes("person")):
            ids[node] = expand(self.person_name(number)).replace(" ", "-")
        return ids

    def person_name(self, number: int) -> str:
        """The name of a person, by number."""
        # Apart from the surnames that organisations bear.
        return names.person(number + len(self.graph.nodes("organisation")))

    def cluster_name(self, node: int) -> str:
        """The name of a cluster."""
        slots = self.slots(node, self.cluster_towns[node])
        return f"{slots['sector'][0]}-Netz {slots['town'][0]} e. V."
