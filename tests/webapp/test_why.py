"""Why somebody can, or cannot, see what is said about a thing of one's own."""

from collections.abc import Iterator

import pytest
from pyoxigraph import Literal

from ontology import DCT, RDFS
from tests.graph.small_knowledge import tell
from tests.webapp.accounts_app import Town, town


@pytest.fixture
def place() -> Iterator[Town]:
    with town() as made:
        tell(
            made.knowledge,
            {
                "organisation/alpha": {
                    DCT + "description": Literal("We seek a laser", language="en")
                }
            },
            source="wishes",
            audience="network:cluster/optence",
        )
        tell(
            made.knowledge,
            {"organisation/alpha": {RDFS + "comment": Literal("Told to others", language="en")}},
            source="secrets",
            audience="network:cluster/other",
        )
        yield made


def test_a_manager_sees_who_reads_what_and_why(place: Town) -> None:
    manager = place.browser("manager")
    guest = manager.get("/access/organisation/alpha").text
    assert "It is told only to “Optence”, to which they do not belong." in guest
    member = place.people["member"]
    page = manager.get(f"/access/organisation/alpha?who={member.id}").text
    assert "It is told to “Optence”, to which they belong." in page
    assert "We seek a laser" in page
    assert "Told to others" not in page, "nothing that the manager may not read"


def test_nobody_asks_about_people_of_other_clusters(place: Town) -> None:
    manager = place.browser("manager")
    stranger = place.people["stranger"].id
    assert manager.get(f"/access/organisation/alpha?who={stranger}").status_code == 400
    nobody = manager.get("/access/organisation/alpha?who=0000000000000000")
    assert nobody.text.replace("0000000000000000", stranger) == (
        manager.get(f"/access/organisation/alpha?who={stranger}").text
    )
    assert place.browser("stranger").get("/access/organisation/alpha").status_code == 403
