"""The radar over small worlds: who is suggested, where, and why."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph import KnowledgeError, Viewer
from recommender import Radar, RadarAnswer
from tests.recommender.worlds import World, iri

PHOTONICS = """\
project/exchange coordinatedBy cluster/optence
project/exchange hasPartner cluster/swissmem
project/exchange about topic/metrology
listing/machines listedBy cluster/swissmem
listing/machines type Offer
listing/machines belongsToProject project/exchange
cluster/optence activeIn topic/photonics
cluster/photonicnet activeIn topic/photonics
cluster/photonicnet hasCompetence competence/lasers
organisation/lenses memberOf cluster/optence
device/bench operatedBy organisation/lenses
topic/photonics broader topic/optics
figure/members figureOf cluster/optence
cluster/faraway locatedIn place/germany
cluster/optence locatedIn place/germany""".splitlines()


def around(centre: str, said: list[str] = PHOTONICS, **options: Any) -> RadarAnswer:
    radar = Radar(World(said))  # type: ignore[arg-type]
    return radar.answer(iri(centre), **options)


def slugs(answer: RadarAnswer) -> list[str]:
    return [one.node.slug for one in answer.suggestions]


def reasons(answer: RadarAnswer) -> dict[str, str]:
    return {one.node.slug: one.reason.text for one in answer.suggestions}


def test_what_is_linked_is_near_and_says_why() -> None:
    found = reasons(around("cluster/optence", lang="de"))
    assert found["exchange"] == "Projekt unter Leitung von Optence"
    assert found["swissmem"] == "Partner im Projekt Exchange"
    assert found["photonicnet"] == "Beide: Photonics"
    assert found["bench"] == "Gerät von Lenses, Mitglied von Optence"
    assert found["machines"] == "Angebot aus dem Projekt Exchange"


def test_what_is_linked_directly_comes_before_what_hangs_on_it() -> None:
    found = slugs(around("cluster/optence"))
    assert found.index("exchange") < found.index("swissmem") < found.index("machines")


def test_a_path_leads_from_the_centre_to_the_suggestion() -> None:
    machines = next(
        one for one in around("cluster/optence").suggestions if one.node.slug == "machines"
    )
    first, second = machines.reason.path
    assert (first.node.slug, first.forward) == ("exchange", False)
    assert first.relation.endswith("#coordinatedBy")
    assert first.label == "coordinatedBy (en)"
    assert second.node == machines.node


def test_places_figures_and_the_centre_are_never_suggested() -> None:
    kinds = {one.node.kind for one in around("cluster/optence").suggestions}
    assert not kinds & {"place", "figure"}
    assert "optence" not in slugs(around("cluster/optence"))


def test_a_shared_country_is_no_reason() -> None:
    assert "faraway" not in slugs(around("cluster/optence"))
    assert around("cluster/faraway").suggestions == ()


def test_a_shared_region_is_a_reason_where_there_is_no_other() -> None:
    said = [
        *PHOTONICS,
        "place/hessen partOf place/germany",
        "cluster/optence locatedIn place/hessen",
        "cluster/faraway locatedIn place/hessen",
        "cluster/photonicnet locatedIn place/hessen",
    ]
    found = reasons(around("cluster/optence", said, lang="de"))
    assert found["faraway"] == "Beide in Hessen"
    assert found["photonicnet"] == "Beide: Photonics"


def test_one_that_stands_with_everything_is_no_reason() -> None:
    said = [f"organisation/ministry involvedIn project/p{number}" for number in range(12)]
    said += ["project/p0 about topic/shared", "project/p1 about topic/shared"]
    assert set(slugs(around("project/p0", said))) == {"ministry", "shared", "p1"}


def test_rings_are_ranks_and_scores_fall() -> None:
    said = [f"organisation/o{number:02} memberOf cluster/hub" for number in range(20)]
    said += [f"cluster/hub activeIn topic/t{number:02}" for number in range(20)]
    suggestions = around("cluster/hub", said).suggestions
    assert [one.ring for one in suggestions] == [1] * 8 + [2] * 16 + [3] * 16
    scores = [one.score for one in suggestions]
    assert scores == sorted(scores, reverse=True)
    assert all(0 < score <= 1 and score == round(score, 6) for score in scores)
    assert {one.wedge for one in suggestions[:8]} == {"actors", "topics"}


def test_wedges_hold_at_most_the_limit_and_say_when_there_is_more() -> None:
    said = [f"organisation/o{number:02} memberOf cluster/hub" for number in range(30)]
    said += ["cluster/hub activeIn topic/t"]
    answer = around("cluster/hub", said)
    assert {wedge: str(total) for wedge, total in answer.totals.items()} == {
        "actors": "24+",
        "topics": "1",
    }
    assert str(around("cluster/hub", said, limit=5).totals["actors"]) == "5+"
    # All are equally near, so the addresses decide.
    actors = [one.node.slug for one in answer.suggestions if one.wedge == "actors"]
    assert actors == [f"o{number:02}" for number in range(24)]


def test_kinds_choose_what_is_suggested_and_not_how_near_it_is() -> None:
    answer = around("cluster/optence", kinds=("topic", "device"))
    assert {one.node.kind for one in answer.suggestions} == {"topic", "device"}
    everything = {one.node.iri: one.score for one in around("cluster/optence").suggestions}
    assert everything[iri("device/bench")] == next(
        one.score for one in answer.suggestions if one.node.slug == "bench"
    )


def test_beyond_shows_what_only_other_clusters_have() -> None:
    found = slugs(around("cluster/optence", lens="beyond"))
    assert set(found) == {"swissmem", "photonicnet", "machines", "lasers"}


def test_beyond_says_where_it_is_to_be_had() -> None:
    found = reasons(around("cluster/optence", lens="beyond", lang="de"))
    assert found["machines"] == "Angebot aus dem Projekt Exchange – bei Swissmem"
    assert found["lasers"] == "Kompetenz von Photonicnet, Arbeitsfeld: Photonics"
    assert found["swissmem"] == "Partner im Projekt Exchange"


def test_a_member_looks_beyond_its_own_cluster() -> None:
    found = slugs(around("organisation/lenses", lens="beyond"))
    assert "swissmem" in found
    assert not {"optence", "bench", "photonics", "exchange"} & set(found)


def test_tells_what_shares_a_cluster_with_the_centre() -> None:
    shared = {one.node.slug: one.shared_cluster for one in around("cluster/optence").suggestions}
    assert shared["bench"] and shared["lenses"] and shared["exchange"] and shared["photonics"]
    assert not shared["swissmem"]
    assert not shared["machines"]


def test_saying_it_the_other_way_round_as_well_changes_nothing() -> None:
    twice = [
        *PHOTONICS,
        "cluster/optence coordinates project/exchange",
        "cluster/optence hasMember organisation/lenses",
        "topic/optics narrower topic/photonics",
    ]
    assert around("cluster/optence", twice) == around("cluster/optence")


def test_only_mentioned_strangers_change_nothing() -> None:
    said = [*PHOTONICS, "project/exchange hasPartner cluster/stranger"]
    assert around("cluster/optence", said) == around("cluster/optence")


@given(st.permutations(PHOTONICS))
def test_the_order_of_statements_does_not_matter(said: list[str]) -> None:
    assert around("cluster/optence", said) == around("cluster/optence")


def test_a_former_address_leads_to_what_it_became() -> None:
    assert around("cluster/former").centre.slug == "optence"


def test_a_thing_without_links_has_an_empty_radar() -> None:
    radar = Radar(World(PHOTONICS, {"cluster/alone": "Alone"}))  # type: ignore[arg-type]
    answer = radar.answer(iri("cluster/alone"))
    assert answer.suggestions == ()
    assert answer.totals == {}


def test_an_unknown_centre_is_said_plainly() -> None:
    with pytest.raises(KnowledgeError, match="nothing with the address"):
        around("cluster/nowhere")


@pytest.mark.parametrize(
    "options", [{"lens": "sideways"}, {"kinds": ("robot",)}, {"limit": 25}, {"limit": 0}]
)
def test_refuses_what_it_does_not_know(options: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"lens|kind|limit"):
        around("cluster/optence", **options)


def test_follows_the_newest_generation() -> None:
    world = World(list(PHOTONICS))
    radar = Radar(world)  # type: ignore[arg-type]
    before = radar.answer(iri("cluster/optence"))
    world.said = [*PHOTONICS, "organisation/new memberOf cluster/optence"]
    assert radar.answer(iri("cluster/optence")) == before
    world.generation += 1
    assert "new" in slugs(radar.answer(iri("cluster/optence")))


def test_viewers_of_different_audiences_do_not_share_a_snapshot() -> None:
    world = World(PHOTONICS, hidden={"ada": ["organisation/secret memberOf cluster/optence"]})
    radar = Radar(world)  # type: ignore[arg-type]
    ada = radar.answer(iri("cluster/optence"), viewer=Viewer("ada"))
    assert "secret" in slugs(ada)
    assert ada.viewer == "ada"
    anonymous = radar.answer(iri("cluster/optence"))
    assert anonymous == around("cluster/optence")


LINES = [
    "organisation/secret memberOf cluster/optence",
    "cluster/optence activeIn topic/lasers",
    "topic/lasers broader topic/optics",
    "project/hidden coordinatedBy cluster/photonicnet",
    "project/hidden hasPartner cluster/optence",
    "place/hessen partOf place/germany",
    "listing/machines type Need",
]


@given(st.sets(st.sampled_from(LINES)), st.sampled_from(["nearest", "beyond"]))
def test_what_is_hidden_from_a_viewer_changes_nothing_for_them(secret: set[str], lens: str) -> None:
    radar = Radar(World(PHOTONICS, hidden={"ada": sorted(secret)}))  # type: ignore[arg-type]
    for centre in ("cluster/optence", "project/exchange"):
        radar.answer(iri(centre), viewer=Viewer("ada"), lens=lens)
        assert radar.answer(iri(centre), lens=lens) == around(centre, lens=lens)
