"""The radar around somebody: seeds of four sorts, each told of in the reasons."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph import ANONYMOUS, Viewer
from recommender import Radar, RadarAnswer, Seed
from tests.recommender.test_radar import PHOTONICS, reasons, slugs
from tests.recommender.worlds import World, iri

MINE = (
    Seed(iri("organisation/lenses"), "organisation"),
    Seed(iri("topic/metrology"), "interest"),
    Seed(iri("cluster/photonicnet"), "saved"),
)


def mine(*seeds: Seed, viewer: Viewer = ANONYMOUS, **options: Any) -> RadarAnswer:
    world = World(PHOTONICS, hidden={"ada": ["project/secret about topic/metrology"]})
    radar = Radar(world)  # type: ignore[arg-type]
    return radar.mine(seeds, viewer=viewer, name="Ada", lang=options.pop("lang", "en"), **options)


def test_the_centre_is_whoever_asks() -> None:
    centre = mine(*MINE).centre
    assert (centre.kind, centre.slug, centre.label) == ("me", "me", "Ada")


def test_a_reason_says_which_of_mine_it_comes_from() -> None:
    english = reasons(mine(*MINE))
    assert english["optence"] == "Has Lenses as a member – your organisation"
    assert english["exchange"] == "Topic: Metrology – your interest"
    assert english["lasers"] == "Competence of Photonicnet – saved by you"
    assert english["machines"].startswith("Your interest “Metrology”: offer from the project")
    german = reasons(mine(*MINE, lang="de"))
    assert german["photonics"] == "Arbeitsfeld von Photonicnet – von Ihnen gemerkt"
    assert german["swissmem"] == "Ihr Interesse „Metrology“: Partner im Projekt Exchange"
    saved = reasons(mine(Seed(iri("cluster/optence"), "saved"), lang="de"))
    assert saved["photonicnet"] == "Weil Sie Optence gemerkt haben: beide: Photonics"


def test_the_path_begins_with_what_is_mine() -> None:
    exchange = next(one for one in mine(*MINE).suggestions if one.node.slug == "exchange")
    first, second = exchange.reason.path
    assert (first.node.slug, first.relation, first.label) == ("metrology", "", "your interest")
    assert second.node == exchange.node


def test_neither_seeds_nor_what_my_organisation_says_of_itself_is_suggested() -> None:
    found = slugs(mine(*MINE))
    assert not {"lenses", "metrology", "photonicnet"} & set(found)
    assert "bench" not in found
    # Whoever merely saved it has yet to see its machines.
    assert "bench" in slugs(mine(Seed(iri("organisation/lenses"), "saved")))


def test_beyond_looks_beyond_the_clusters_of_my_organisation() -> None:
    found = slugs(mine(*MINE, lens="beyond"))
    assert "lasers" in found and "machines" in found
    assert not {"optence", "exchange", "photonics"} & set(found)
    shared = {one.node.slug: one.shared_cluster for one in mine(*MINE).suggestions}
    assert shared["exchange"] and not shared["swissmem"]


def test_many_saved_things_do_not_drown_an_interest() -> None:
    said = [f"organisation/o{number} memberOf cluster/hub" for number in range(30)]
    said += ["project/p about topic/t", "cluster/hub activeIn topic/hub"]
    saved = [Seed(iri(f"organisation/o{number}"), "saved") for number in range(30)]
    radar = Radar(World(said))  # type: ignore[arg-type]
    answer = radar.mine([Seed(iri("topic/t"), "interest"), *saved], viewer=ANONYMOUS)
    assert slugs(answer)[0] == "p"


def test_weights_count_within_a_sort() -> None:
    optics, textiles = (Seed(iri(f"topic/{name}"), "interest") for name in ("optics", "textiles"))
    said = ["project/lens about topic/optics", "project/yarn about topic/textiles"]
    radar = Radar(World(said))  # type: ignore[arg-type]
    more = radar.mine([optics, replace(textiles, weight=3.0)], viewer=ANONYMOUS)
    assert slugs(more) == ["yarn", "lens"]


def test_what_is_not_wanted_goes_and_what_is_near_it_comes_later() -> None:
    said = [
        "project/a about topic/t", "project/a hasPartner organisation/x",
        "project/b about topic/t", "project/b hasPartner organisation/y",
    ]  # fmt: skip
    radar = Radar(World(said))  # type: ignore[arg-type]
    seeds = [Seed(iri("topic/t"), "interest")]
    before = radar.mine(seeds, viewer=ANONYMOUS)
    after = radar.mine(seeds, viewer=ANONYMOUS, unwanted=[iri("project/a"), iri("topic/t")])
    assert slugs(before) == ["a", "b", "x", "y"]
    assert slugs(after) == ["b", "y", "x"], "a seed is never unwanted"
    assert radar.mine(seeds, viewer=ANONYMOUS) == before
    around = radar.answer(iri("topic/t"), unwanted=[iri("project/a"), iri("project/nothing")])
    assert slugs(around) == ["b", "x", "y"], "elsewhere only the thing itself goes"


def test_more_like_this_is_told_as_such() -> None:
    said = ["project/a about topic/t", "project/b about topic/u"]
    radar = Radar(World(said))  # type: ignore[arg-type]
    seeds = [Seed(iri("topic/t"), "interest"), Seed(iri("topic/u"), "more")]
    found = radar.mine(seeds, viewer=ANONYMOUS, lang="de")
    assert reasons(found)["b"] == "Thema: U – Sie wünschen mehr davon"


def test_a_former_address_counts_as_what_it_became() -> None:
    assert mine(Seed(iri("cluster/former"), "saved")) == mine(Seed(iri("cluster/optence"), "saved"))


def test_nothing_of_mine_is_an_empty_radar() -> None:
    assert mine().suggestions == ()
    assert mine(Seed(iri("topic/nowhere"), "interest")).totals == {}


def test_what_i_may_not_read_counts_nothing() -> None:
    hidden = Seed(iri("project/secret"), "saved")
    assert mine(*MINE, hidden) == mine(*MINE)
    ada = Viewer("ada")
    assert "secret" in slugs(mine(*MINE, viewer=ada))
    assert mine(hidden, viewer=ada).suggestions


@given(st.permutations(MINE))
def test_the_order_in_which_things_were_chosen_does_not_matter(seeds: list[Seed]) -> None:
    assert mine(*seeds) == mine(*MINE)


@given(st.sampled_from(PHOTONICS), st.sampled_from(("interest", "saved", "organisation")))
def test_one_seed_finds_what_its_own_radar_finds(line: str, because: str) -> None:
    seed = iri(line.split(maxsplit=1)[0])
    radar = Radar(World(PHOTONICS))  # type: ignore[arg-type]
    around = slugs(radar.answer(seed))
    found = slugs(radar.mine([Seed(seed, because)], viewer=ANONYMOUS))
    assert set(found) <= set(around)
    if because != "organisation":
        assert found == around


def test_the_best_linked_things_of_some_kinds() -> None:
    radar = Radar(World(PHOTONICS))  # type: ignore[arg-type]
    found = radar.best_linked(("topic", "competence"), limit=2, lang="en")
    assert [one.slug for one in found] == ["photonics", "lasers"]


@pytest.mark.parametrize(("because", "weight"), [("luck", 1.0), ("saved", 0.0), ("saved", -1.0)])
def test_a_seed_is_there_for_a_reason_and_weighs_something(because: str, weight: float) -> None:
    with pytest.raises(ValueError, match="seed"):
        Seed(iri("topic/t"), because, weight)
