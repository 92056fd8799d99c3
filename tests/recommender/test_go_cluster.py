"""The radar and its reasons on the real data of 2016."""

import re
from itertools import product

import pytest

from graph import Knowledge
from recommender import Radar, RadarAnswer, Suggestion, evaluate_leave_out
from recommender.evaluation.leave_out import Trial, trials
from recommender.relations import RELATIONS
from recommender.sentences import LONGEST, Hop, Named, sentence
from recommender.snapshot import Snapshot
from recommender.terrain import Terrain

RAW = re.compile(
    "|".join(rf"\b{one.name}\b" for one in RELATIONS if one.name != one.name.lower())
    + r"|[{}#]|://"
)
"""What no reader should see: property names (those in camel case), placeholders, addresses."""


@pytest.fixture(scope="module")
def radar(go_cluster: Knowledge) -> Radar:
    return Radar(go_cluster)


@pytest.fixture(scope="module")
def snapshot(go_cluster: Knowledge) -> Snapshot:
    return Snapshot.of(go_cluster.view())


def around(radar: Radar, knowledge: Knowledge, centre: str, **options: str) -> RadarAnswer:
    return radar.answer(knowledge.addresses.thing(*centre.split("/")), **options)  # type: ignore[arg-type]


def named(answer: RadarAnswer, slug: str) -> Suggestion:
    return next(one for one in answer.suggestions if one.node.slug == slug)


@pytest.mark.parametrize("lang", ["de", "en"])
def test_every_pattern_of_two_relations_makes_a_plain_sentence(
    go_cluster: Knowledge, snapshot: Snapshot, lang: str
) -> None:
    """Each pair of relations and directions that meet at a kind of thing, told once."""
    view, arcs = go_cluster.view(), Terrain(snapshot).arcs

    def name(node: int) -> Named:
        thing = view.thing(snapshot.iris[node])
        assert thing is not None
        return Named(snapshot.listings.get(node) or thing.kind, thing.label(lang))

    patterns: dict[object, tuple[int, int]] = {}
    for middle in range(len(snapshot.iris)):
        own = range(arcs.pointers[middle], arcs.pointers[middle + 1])
        for first, second in product(own, own):
            if first != second and not arcs.similar[[first, second]].any():
                key = (
                    snapshot.kind(middle),
                    *((arcs.relations[one], arcs.forward[one]) for one in (first, second)),
                )
                patterns.setdefault(key, (first, second))
    assert len(patterns) > 300
    for first, second in patterns.values():
        back, onward = arcs.turned[first], second
        hops = [
            Hop(
                RELATIONS[arcs.relations[one]].name,
                bool(arcs.forward[one]),
                name(int(arcs.ends[one])),
            )
            for one in (back, onward)
        ]
        text = sentence(name(int(arcs.starts[back])), [hops], lang)
        assert 0 < len(text) <= LONGEST
        assert not RAW.search(text), text
        assert text[0] == text[0].upper() or text.startswith(hops[0].to.label[:1])


@pytest.mark.parametrize("lang", ["de", "en"])
@pytest.mark.parametrize("lens", ["nearest", "beyond"])
def test_every_suggestion_around_every_cluster_has_a_reason_that_leads_there(
    go_cluster: Knowledge, radar: Radar, lang: str, lens: str
) -> None:
    for cluster in go_cluster.view().things("cluster")[::3]:
        for one in radar.answer(cluster.iri, lens=lens, lang=lang).suggestions:
            assert 0 < len(one.reason.text) <= LONGEST
            assert not RAW.search(one.reason.text), one.reason.text
            assert 1 <= len(one.reason.path) <= 3
            assert one.reason.path[-1].node == one.node
            assert all(step.label for step in one.reason.path)
            between = {step.node.kind for step in one.reason.path[:-1]}
            assert not between & {"figure", "source"}
            assert not (lens == "beyond" and one.shared_cluster)


def test_the_partner_is_near_the_coordinator(go_cluster: Knowledge, radar: Radar) -> None:
    answer = around(radar, go_cluster, "cluster/optence", lang="de")
    swissmem = named(answer, "swissmem")
    assert swissmem.reason.text == "Partner im Projekt Kapazitätenbörse Photonik"
    assert swissmem.node.as_of == "2016"
    assert answer.suggestions[0].node.slug == "kapazitaetenboerse-photonik"


def test_the_ministry_that_is_in_everything_explains_nothing(
    go_cluster: Knowledge, radar: Radar
) -> None:
    for project in go_cluster.view().things("project"):
        for one in radar.answer(project.iri, kinds=("project",)).suggestions:
            assert all(step.node.slug != "bmwi" for step in one.reason.path)


@pytest.fixture(scope="module")
def left_out(snapshot: Snapshot) -> list[Trial]:
    return trials(snapshot)


def test_each_of_the_eighteen_projects_is_left_out_once(left_out: list[Trial]) -> None:
    assert len(left_out) == 18
    assert sum(len(trial.partners) for trial in left_out) == 24


def test_nothing_of_a_project_is_left(snapshot: Snapshot, left_out: list[Trial]) -> None:
    exchange = next(one for one in left_out if one.project.endswith("/kapazitaetenboerse-photonik"))
    joined = {*exchange.snapshot.heads.tolist(), *exchange.snapshot.tails.tolist()}
    left = {snapshot.iris[node].rpartition("/")[2] for node in joined}
    assert "optence" in left
    assert "kapazitaetenboerse-photonik" not in left
    gone = {snapshot.iris[node].rpartition("/")[2] for node in range(len(snapshot.iris))} - left
    assert any(slug.startswith("li-") for slug in gone)


def test_related_topics_go_only_where_the_project_alone_joins_them(
    snapshot: Snapshot, left_out: list[Trial]
) -> None:
    related = next(at for at, one in enumerate(RELATIONS) if one.name == "related")
    before = int((snapshot.relations == related).sum())
    after = [int((trial.snapshot.relations == related).sum()) for trial in left_out]
    assert all(before - 60 < count <= before for count in after)
    assert any(count < before for count in after)


def test_the_radar_finds_more_partners_than_popularity(go_cluster: Knowledge) -> None:
    scores = {one.name: one for one in evaluate_leave_out(go_cluster.view()).rankers}
    assert scores["clusterradar"].hits > scores["popularity"].hits
    assert scores["clusterradar"].mrr_interval.low > scores["popularity"].mrr_interval.high
