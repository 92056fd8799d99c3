"""An application over a small knowledge with all that pages and searches have to show."""

from collections.abc import Iterator
from contextlib import contextmanager

from flask.testing import FlaskClient
from pyoxigraph import Literal, NamedNode

from graph import About, Change, Knowledge, decisions
from ontology import CR, DCT, FOAF, RDFS, SKOS, XSD
from tests.graph.small_knowledge import THEN, Said, tell
from webapp import Settings, create_app

LABEL, PREF, ALT, TEXT = RDFS + "label", SKOS + "prefLabel", SKOS + "altLabel", DCT + "description"


def de(text: str) -> Literal:
    """A German text."""
    return Literal(text, language="de")


def en(text: str) -> Literal:
    """An English text."""
    return Literal(text, language="en")


def whole(number: int) -> Literal:
    """A whole number."""
    return Literal(str(number), datatype=NamedNode(XSD + "integer"))


THINGS: dict[str, Said] = {
    "cluster/optence": {
        LABEL: "Optence e. V.",
        ALT: "Kompetenznetz Optik",
        TEXT: [de("Netzwerk für Optik."), en("Network for optics.")],
        CR + "founded": "2001-03",
        CR + "memberCount": whole(1071),
        CR + "memberCountApproximate": Literal("true", datatype=NamedNode(XSD + "boolean")),
        CR + "activeIn": "id/topic/metrology",
        FOAF + "homepage": NamedNode("https://www.optence.de"),
        CR + "asOf": "2016",
    },
    "topic/metrology": {PREF: [de("Messtechnik"), en("Metrology")]},
    "topic/coordinate": {
        PREF: [de("Optische Koordinatenmesstechnik"), en("Optical coordinate metrology")],
        SKOS + "broader": "id/topic/metrology",
    },
    "project/exchange": {
        LABEL: [de("Kapazitätenbörse"), en("Capacity exchange")],
        CR + "coordinatedBy": "id/cluster/optence",
        CR + "about": "id/topic/metrology",
    },
    "project/trap": {LABEL: "Trap", FOAF + "homepage": NamedNode("javascript:alert(1)")},
    "listing/machines": {
        LABEL: [de("31 Messmaschinen"), en("31 measuring machines")],
        CR + "listedBy": "id/cluster/optence",
        CR + "listingType": "capacity",
        CR + "status": "historical",
        CR + "asOf": "2016",
    },
    "organisation/dr.-muster.ttl": {
        LABEL: "Dr. Muster <GmbH>",
        CR + "invented": Literal("true", datatype=NamedNode(XSD + "boolean")),
    },
    **{
        f"organisation/member-{number:02}": {
            LABEL: f"Member {number:02}",
            CR + "memberOf": "id/cluster/optence",
        }
        for number in range(22)
    },
}


@contextmanager
def pages_client() -> Iterator[FlaskClient]:
    """A client of the application; the application ends with it."""
    knowledge = Knowledge.open()
    tell(knowledge, THINGS, as_of="2016")
    tell(
        knowledge,
        {
            "topic/metrology": {ALT: "Geheimtechnik"},
            "project/hidden": {LABEL: "Hidden", CR + "coordinatedBy": "id/cluster/optence"},
        },
        source="inside",
        audience="group:optics",
    )
    tell(knowledge, {"cluster/optence-ev": {LABEL: "Optence e. V."}}, source="older")
    thing = knowledge.addresses.thing
    one, other = thing("cluster", "optence"), thing("cluster", "optence-ev")
    same = decisions.same(knowledge.addresses, one, other, "rule:test", THEN)
    knowledge.commit(Change(add=same), About("edit", "", "two are one"))
    app = create_app(Settings(), knowledge=knowledge)
    app.testing = True
    try:
        yield app.test_client()
    finally:
        app.extensions["services"].close()
