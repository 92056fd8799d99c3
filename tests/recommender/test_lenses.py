"""The lenses that go by subjects: who fits, who is in the same field, and what is said of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph import Knowledge
from recommender import Radar
from recommender.complement import SUBJECT
from recommender.fitting import complement_sentence, field_sentence
from recommender.sentences import LONGEST, Named
from recommender.trade import HAVES, SEEKS
from tests.recommender.test_radar import around, reasons, slugs

TRADE = """\
organisation/alpha memberOf cluster/optence
organisation/alpha hasCompetence competence/welding
organisation/alpha interestedIn topic/lasers
organisation/beta memberOf cluster/optence
listing/wanted listedBy organisation/beta
listing/wanted type Need
listing/wanted about competence/welding
listing/spare listedBy organisation/gamma
listing/spare type Offer
listing/spare about topic/fibre-lasers
topic/fibre-lasers broader topic/lasers
device/cutter operatedBy organisation/delta
device/cutter enables topic/lasers
organisation/silent memberOf cluster/optence
organisation/alone locatedIn place/mainz
organisation/twin hasCompetence competence/welding
organisation/twin activeIn sector/cars
listing/own listedBy organisation/alpha
listing/own type Need
listing/own about competence/welding""".splitlines()


def test_complementary_brings_together_what_is_sought_and_what_is_had() -> None:
    found = reasons(around("organisation/alpha", TRADE, lens="complementary", lang="de"))
    assert found["beta"] == found["wanted"] == "Sucht, was Alpha kann: Welding"
    assert found["cutter"] == "Ermöglicht, was Alpha interessiert: Lasers"
    assert found["delta"] == "Hat ein Gerät für das, was Alpha interessiert: Lasers"
    assert found["gamma"] == "Bietet, was Alpha interessiert: Fibre-Lasers, nahe bei Lasers"
    assert found["twin"] == "Kann, was Alpha sucht: Welding"
    assert not {"own", "alpha", "silent", "optence"} & found.keys()


def test_the_path_leads_over_the_subject_to_the_suggestion() -> None:
    answer = around("organisation/alpha", TRADE, lens="complementary")
    gamma = next(one for one in answer.suggestions if one.node.slug == "gamma")
    there = [step.node.slug for step in gamma.reason.path]
    assert there == ["lasers", "fibre-lasers", "spare", "gamma"]


def test_what_nothing_is_said_of_is_spoken_for_by_its_project() -> None:
    said = [
        *TRADE,
        "organisation/silent involvedIn project/p",
        "listing/item belongsToProject project/p",
        "listing/item type Need",
        "listing/item about competence/welding",
    ]
    found = reasons(around("organisation/silent", said, lens="complementary", lang="en"))
    assert found["twin"] == "Can do what P seeks: Welding"
    assert slugs(around("organisation/alone", TRADE, lens="complementary")) == []


def test_a_subject_shows_who_has_it_and_who_seeks_it() -> None:
    found = reasons(around("competence/welding", TRADE, lens="complementary", lang="en"))
    assert found["twin"] == "Competence: Welding"
    assert found["beta"] == "Sought: Welding"


def test_the_same_field_needs_no_link() -> None:
    found = reasons(around("organisation/twin", TRADE, lens="same-field", lang="en"))
    assert found["alpha"] == "Same field: Welding"
    assert found["welding"] == "Competence of Twin"
    assert "delta" not in found
    near = reasons(around("topic/fibre-lasers", TRADE, lens="same-field", lang="de"))
    assert near["delta"] == "Benachbartes Feld: Lasers, nahe bei Fibre-Lasers"


def test_an_unrelated_component_changes_nothing() -> None:
    more = [*TRADE, "organisation/far hasCompetence competence/knitting"]
    for lens in ("complementary", "same-field"):
        before, after = (around("organisation/alpha", said, lens=lens) for said in (TRADE, more))
        assert before == after


names = st.builds(
    Named,
    st.sampled_from(["topic", "cluster", "device"]),
    st.text("Aä e", min_size=1, max_size=200),
)


@given(
    st.sampled_from([SUBJECT, *HAVES, *SEEKS]),
    st.sampled_from(["device", *HAVES, *SEEKS]),
    names,
    names,
    names,
    st.sampled_from(["de", "en"]),
)
def test_no_such_reason_is_too_long(
    own: str, theirs: str, whose: Named, subject: Named, mine: Named, lang: str
) -> None:
    said = (
        complement_sentence(own, whose, theirs, subject, mine, lang),
        field_sentence(subject, mine, whose, lang, LONGEST),
    )
    for text in said:
        assert 0 < len(text) <= LONGEST
        assert not set("{}") & set(text)


@pytest.mark.parametrize(("lens", "share"), [("complementary", 0.9), ("same-field", 0.96)])
def test_most_organisations_and_clusters_of_the_real_data_see_something(
    go_cluster: Knowledge, lens: str, share: float
) -> None:
    radar = Radar(go_cluster)
    things = [*go_cluster.view().things("organisation"), *go_cluster.view().things("cluster")][::4]
    found = [radar.answer(one.iri, lens=lens, limit=3).suggestions for one in things]
    assert sum(map(bool, found)) >= share * len(things)
