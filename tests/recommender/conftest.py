"""The go-cluster data, loaded once for all tests of the recommender."""

from collections.abc import Iterator

import pytest

from graph import Knowledge
from graph.importing import load_go_cluster


@pytest.fixture(scope="session")
def go_cluster() -> Iterator[Knowledge]:
    """The data of 2016, in memory. Tests only read it."""
    knowledge = Knowledge.open()
    load_go_cluster(knowledge, lambda *_step: None)
    yield knowledge
    knowledge.close()
