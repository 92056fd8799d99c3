"""The rows of each table of a generated graph."""

from collections import Counter
from collections.abc import Iterator
from typing import Final

from graph.generating import names
from graph.generating.texts import compose
from graph.generating.things import SEPARATOR, Things
from graph.generating.words import MACHINES, REGIONS, ROLES, Pair

_CONCEPT_KINDS: Final = ("competence", "technology", "method", "cross_topic", "need")
_CONCEPT_SHARES: Final = (45, 35, 10, 7, 3)
_LISTING_KINDS: Final = {
    "offer": ("capacity", "technology", "service", "cooperation", "training"),
    "need": ("capacity", "technology", "cooperation", "challenge", "funding"),
}
_EVENTS: Final[dict[str, Pair]] = {
    "workshop": ("Workshop {}", "Workshop {}"),
    "conference": ("Konferenz {}", "Conference {}"),
    "forum": ("Forum {}", "Forum {}"),
    "meeting": ("Treffen zu {}", "Meeting on {}"),
    "fair": ("Messe {}", "Fair {}"),
}

Row = dict[str, str]
"""Column to cell."""


class Rows(Things):
    """Column to cell, row by row, for each table."""

    def topics(self) -> Iterator[Row]:
        """Sectors and topics."""
        random = self.random("topics")
        sectors = set(self.graph.nodes("sector"))
        for node, (german, english) in self.labels.items():
            kind = random.choices(_CONCEPT_KINDS, _CONCEPT_SHARES)[0]
            yield {
                "id": self.ids[node],
                "label_de": german,
                "label_en": english,
                "kind": "sector" if node in sectors else kind,
                "broader": self.joined("broader", node),
                "related": self.joined("related", node),
            }

    def clusters(self) -> Iterator[Row]:
        """Clusters with their fields."""
        random = self.random("clusters")
        members = Counter(self.graph.edges("memberOf")[1].tolist())
        for node in self.graph.nodes("cluster"):
            town = self.cluster_towns[node]
            german, english = compose("cluster", self.slots(node, town), random)
            fields = [self.joined("activeIn", node), self.joined("hasCompetence", node)]
            yield {
                "id": self.ids[node],
                "name": self.cluster_name(node),
                "legal_form": "e. V.",
                **_place(town),
                "founded": str(random.randint(1995, 2015)),
                "members": str(members[node]),
                "fields": SEPARATOR.join(filter(None, fields)),
                "description_de": german,
                "description_en": english,
            }

    def organisations(self) -> Iterator[Row]:
        """Members of all kinds."""
        random = self.random("organisations")
        for node, one in self.organisations_by_node.items():
            science = one.kind in {"research", "university"}
            text = compose(
                "institute" if science else "company", self.slots(node, one.town), random
            )
            staff = round(random.lognormvariate(3.6, 1.4)) + 1
            yield {
                "id": self.ids[node],
                "name": one.name,
                "kind": one.kind,
                **_place(one.town),
                "website": f"www.{self.ids[node]}.example" if random.random() < 0.6 else "",
                "employees": str(staff) if random.random() < 0.7 else "",
                "member_of": self.joined("memberOf", node),
                "sectors": self.joined("activeIn", node),
                "competences": self.joined("hasCompetence", node),
                "interests": self.joined("interestedIn", node),
                "description_de": text[0],
                "description_en": text[1],
            }

    def persons(self) -> Iterator[Row]:
        """People who work for members."""
        random = self.random("persons")
        for number, node in enumerate(self.graph.nodes("person")):
            role = random.choice(ROLES)
            text = compose("person", self.slots(node, 0), random)
            yield {
                "id": self.ids[node],
                "name": self.person_name(number),
                "works_for": self.joined("worksFor", node),
                "role_de": role[0],
                "role_en": role[1],
                "competences": self.joined("hasCompetence", node),
                "interests": self.joined("interestedIn", node),
                "description_de": text[0],
                "description_en": text[1],
            }

    def devices(self) -> Iterator[Row]:
        """Machines of members."""
        random = self.random("devices")
        for node in self.graph.nodes("device"):
            number = random.randrange(len(MACHINES))
            model = f"{random.choice('ABCDEFGHKLMNPRSTVWXZ')}{random.randrange(10, 99) * 10}"
            owner = self.organisations_by_node[self.tails("operatedBy", node)[0]]
            text = compose("device", self.slots(node, owner.town, "enables"), random)
            yield {
                "id": self.ids[node],
                "name_de": f"{MACHINES[number][0]} {model}",
                "name_en": f"{names.capital(MACHINES[number][1])} {model}",
                "type": _device_type(number),
                "operator": self.joined("operatedBy", node),
                "enables": self.joined("enables", node),
                "manufacturer": f"{names.stem(random.randrange(60))} Gerätebau",
                "model": model,
                "description_de": text[0],
                "description_en": text[1],
            }

    def projects(self) -> Iterator[Row]:
        """Joint projects."""
        random = self.random("projects")
        for number, node in enumerate(self.graph.nodes("project")):
            slots = self.slots(node, 0, "about")
            text = compose("project", slots, random)
            start = random.randint(2014, 2024)
            yield {
                "id": self.ids[node],
                "title": f"{names.stem(number)[:7]} {slots['topic'][0]}",
                "coordinator": self.joined("coordinatedBy", node),
                "partners": self.joined("hasPartner", node, "cluster"),
                "other_partners": self.joined("hasPartner", node, "organisation"),
                "sectors": self.joined("inSector", node),
                "topics": self.joined("about", node),
                "scope": random.choice(("regional", "supraregional", "international")),
                "year_start": str(start),
                "year_end": str(start + random.randint(1, 3)),
                "description_de": text[0],
                "description_en": text[1],
            }

    def events(self) -> Iterator[Row]:
        """Events of clusters."""
        random = self.random("events")
        for node in self.graph.nodes("event"):
            slots = self.slots(node, 0, "about")
            text = compose("event", slots, random)
            kind = random.choice(list(_EVENTS))
            year, month, day = (
                random.randint(2015, 2025),
                random.randint(1, 12),
                random.randint(1, 28),
            )
            date = f"{year}-{month:02}-{day:02}"
            yield {
                "id": self.ids[node],
                "title_de": _EVENTS[kind][0].format(slots["topic"][0]),
                "title_en": _EVENTS[kind][1].format(slots["topic"][1]),
                "kind": kind,
                "date_start": date,
                "date_end": date,
                "participants": str(random.randint(8, 200)),
                "organisers": self.joined("organisedBy", node),
                "projects": self.joined("belongsToProject", node),
                "topics": self.joined("about", node),
                "description_de": text[0],
                "description_en": text[1],
            }

    def listings(self) -> Iterator[Row]:
        """Offers and needs of members."""
        random = self.random("listings")
        for node in self.graph.nodes("listing"):
            direction = "offer" if random.random() < 0.55 else "need"
            slots = self.slots(node, 0, "about")
            text = compose(direction, slots, random)
            german, english = (
                ("Biete", "Offering") if direction == "offer" else ("Suche", "Seeking")
            )
            yield {
                "id": self.ids[node],
                "direction": direction,
                "kind": random.choice(_LISTING_KINDS[direction]),
                "title_de": f"{german} {slots['topic'][0]}",
                "title_en": f"{english} {slots['topic'][1]}",
                "actor": self.joined("listedBy", node),
                "projects": self.joined("belongsToProject", node),
                "topics": self.joined("about", node),
                "status": "open",
                "description_de": text[0],
                "description_en": text[1],
            }


def _place(town: int) -> Row:
    return {"country": "DE", "region": REGIONS[town % len(REGIONS)], "city": names.town(town)}


def _device_type(number: int) -> str:
    if number < 5:
        return "measuring"
    return "other" if number >= len(MACHINES) - 3 else "production"
