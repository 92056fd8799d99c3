"""An application over a small knowledge, for the tests of the SPARQL endpoint."""

from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask

from graph import Knowledge
from ontology import CR, RDFS
from tests.graph.small_knowledge import tell
from webapp import Settings, create_app

CLUSTERS = {
    "cluster/optence": {
        RDFS + "label": "Optence",
        CR + "memberCount": "71",
        CR + "activeIn": "id/topic/optics",
    },
    "cluster/umlaut": {RDFS + "label": "Größe & <Maß>"},
    "topic/optics": {RDFS + "label": "Optics"},
}


@contextmanager
def small_app(**settings: object) -> Iterator[Flask]:
    """An application; its reader processes end with it."""
    knowledge = Knowledge.open()
    tell(knowledge, CLUSTERS)
    tell(
        knowledge,
        {"topic/hidden": {RDFS + "label": "Hidden"}},
        source="inside",
        audience="group:optics",
    )
    chosen = {"query_readers": 1, "query_time_limit_ms": 20_000, **settings}
    app = create_app(Settings(**chosen), knowledge=knowledge)  # type: ignore[arg-type]
    app.testing = True
    try:
        yield app
    finally:
        app.extensions["services"].close()
