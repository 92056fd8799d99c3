"""Ways between any two things: short, distinct, over what explains something."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from graph import Viewer
from recommender import Connection, Radar
from recommender.connecting import LONGEST, Connecting
from recommender.snapshot import Snapshot
from recommender.terrain import Terrain
from tests.recommender.test_radar import PHOTONICS
from tests.recommender.worlds import World, iri


def connections(one: str, other: str, said: list[str] = PHOTONICS) -> tuple[Connection, ...]:
    return Radar(World(said)).connections(iri(one), iri(other))  # type: ignore[arg-type]


def passed(way: Connection) -> list[str]:
    return [step.node.slug for step in way.path]


def test_connections_are_told_the_shortest_first() -> None:
    (only,) = connections("cluster/optence", "cluster/swissmem")
    assert (only.text, passed(only)) == (
        "Partner in the project Exchange",
        ["exchange", "swissmem"],
    )
    first, second = connections(
        "cluster/optence",
        "cluster/photonicnet",
        [*PHOTONICS, "project/p coordinatedBy cluster/optence", "project/p about topic/p",
         "cluster/photonicnet activeIn topic/p"],
    )  # fmt: skip
    assert passed(first) == ["photonics", "photonicnet"]
    assert passed(second) == ["p", "p", "photonicnet"]


def test_a_country_connects_nothing_and_a_region_only_for_want_of_better() -> None:
    assert connections("cluster/faraway", "cluster/optence") == ()
    assert connections("cluster/optence", "cluster/optence") == ()
    said = [
        "place/hessen partOf place/germany",
        "cluster/a locatedIn place/hessen",
        "cluster/b locatedIn place/hessen",
    ]
    (way,) = connections("cluster/a", "cluster/b", said)
    assert way.text == "Both in Hessen"


def test_what_is_hidden_connects_nothing() -> None:
    hidden = {"ada": ["project/secret about topic/optics", "project/secret about topic/metrology"]}
    radar = Radar(World(PHOTONICS, hidden=hidden))  # type: ignore[arg-type]
    ends = iri("topic/optics"), iri("topic/metrology")
    told = [passed(one) for one in radar.connections(*ends)]
    assert all("secret" not in way for way in told)
    assert ["secret", "metrology"] in [
        passed(one) for one in radar.connections(*ends, viewer=Viewer("ada"))
    ]


NODES = [f"{kind}/{name}" for kind in ("topic", "project", "cluster") for name in "abcd"]
RELATIONS = st.sampled_from(["about", "hasPartner"])
LINE = st.tuples(st.sampled_from(NODES), RELATIONS, st.sampled_from(NODES))
LINES = st.lists(LINE, min_size=1, max_size=30)


@given(LINES, st.integers(0, 11), st.integers(0, 11))
def test_the_first_way_is_as_short_as_any_and_no_two_pass_the_same(
    lines: list[tuple[str, str, str]], one: int, other: int
) -> None:
    snapshot = Snapshot.of(World([" ".join(line) for line in lines]))
    size = len(snapshot.iris)
    if size < 2 or one % size == other % size:
        return
    start, end = one % size, other % size
    arcs = Terrain(snapshot).arcs
    ways = Connecting(arcs).ways(start, end, 5)
    reached, steps = np.eye(size, dtype=bool)[start], 0
    linked = np.eye(size, dtype=bool)
    linked[arcs.starts, arcs.ends] = True
    while not reached[end] and steps < LONGEST:
        reached, steps = reached @ linked, steps + 1
    assert bool(ways) == bool(reached[end])
    if ways:
        assert len(ways[0]) == steps
    between = [node for way in ways for node in arcs.ends[list(way[:-1])].tolist()]
    assert len(between) == len(set(between))
    for way in ways:
        assert arcs.starts[way[0]] == start and arcs.ends[way[-1]] == end
        assert (arcs.ends[list(way[:-1])] == arcs.starts[list(way[1:])]).all()
    assert [len(way) for way in ways] == sorted(len(way) for way in ways)
