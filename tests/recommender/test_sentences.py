"""Reasons in words: every pattern, both languages."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ontology import CR
from recommender.because import BECAUSE, with_because
from recommender.phrases import BOTH, OBJECT, PHRASES, SUBJECT, phrase
from recommender.relations import RELATIONS, SIMILAR
from recommender.sentences import LONGEST, Hop, Named, cut, sentence

NAMES = [relation.name for relation in RELATIONS if relation.iri != SIMILAR]
KINDS = ["cluster", "organisation", "project", "topic", "offer", "need", "event", "roadmap"]
CENTRE = Named("cluster", "Optence")

hops = st.builds(
    Hop,
    st.sampled_from(NAMES),
    st.booleans(),
    st.builds(Named, st.sampled_from(KINDS), st.text("Aä", min_size=1, max_size=150)),
)
languages = st.sampled_from(["de", "en"])


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("end", [SUBJECT, OBJECT])
def test_every_relation_has_words_for_both_its_ends(name: str, end: bool) -> None:
    for template in (PHRASES[name, end], BOTH[name, end]):
        for lang in ("de", "en"):
            assert template[lang].count("{x}") == 1
            assert template[lang].replace("{x}", "").strip()
    assert PHRASES[name, end]["de"] != PHRASES[name, end]["en"] or end == SUBJECT


@given(hops, hops, languages)
def test_any_two_relations_make_a_sentence(first: Hop, second: Hop, lang: str) -> None:
    names = {first.relation, second.relation}
    text = sentence(CENTRE, [[first, second]], lang)
    assert 0 < len(text) <= LONGEST
    assert not re.search(r"[{}#]|None", text)
    assert not any(re.search(rf"\b{name}\b", text) for name in names if name != name.lower())
    assert text == text.strip()


@given(st.lists(st.lists(hops, min_size=1, max_size=3), min_size=1, max_size=2), languages)
def test_no_reason_is_too_long(ways: list[list[Hop]], lang: str) -> None:
    assert len(sentence(CENTRE, ways, lang)) <= LONGEST
    assert len(sentence(CENTRE, ways, lang, at="A very long name " * 9)) <= LONGEST


@given(
    st.lists(st.lists(hops, min_size=1, max_size=3), min_size=1, max_size=2),
    st.builds(Named, st.sampled_from(KINDS), st.text("Aä ", min_size=1, max_size=150)),
    st.sampled_from(BECAUSE),
    languages,
)
def test_no_reason_of_mine_is_too_long(
    ways: list[list[Hop]], seed: Named, because: str, lang: str
) -> None:
    text = with_because(because, seed, ways, lang, at="A very long name " * 9)
    assert 0 < len(text) <= LONGEST


@given(st.text("Aä -", min_size=1, max_size=150), st.integers(2, 60))
def test_a_name_is_cut_with_an_ellipsis_where_it_is_too_long(name: str, longest: int) -> None:
    shorter = cut(name, longest)
    assert len(shorter) <= longest
    assert shorter == name if len(name) <= longest else shorter.endswith("…")
    assert name.startswith(shorter.rstrip("…"))


PROJECT = Named("project", "Kapazitätenbörse Photonik")
SWISSMEM = Named("cluster", "Swissmem")
OFFER = Named("offer", "Messmaschinen")
PHOTONICS = Named("topic", "Photonik")
METROLOGY = Named("competence", "Messtechnik")
LED = Hop("coordinatedBy", False, PROJECT)
PARTNER = Hop("hasPartner", True, SWISSMEM)


def both(concept: Named, mine: str = "activeIn", theirs: str = "activeIn") -> list[Hop]:
    return [Hop(mine, True, concept), Hop(theirs, False, SWISSMEM)]


@pytest.mark.parametrize(
    ("ways", "german", "english"),
    [
        (
            [[LED]],
            "Projekt unter Leitung von Optence",
            "Project led by Optence",
        ),
        (
            [[LED, PARTNER]],
            "Partner im Projekt Kapazitätenbörse Photonik",
            "Partner in the project Kapazitätenbörse Photonik",
        ),
        (
            [[LED, PARTNER, Hop("listedBy", False, OFFER)]],
            "Angebot von Swissmem, Partner im Projekt Kapazitätenbörse Photonik",
            "Offer by Swissmem, partner in the project Kapazitätenbörse Photonik",
        ),
        (
            [both(PHOTONICS), both(METROLOGY, "hasCompetence", "activeIn")],
            "Beide: Photonik, Messtechnik",
            "Both: Photonik, Messtechnik",
        ),
        (
            [[LED, PARTNER], both(PHOTONICS)],
            "Partner im Projekt Kapazitätenbörse Photonik; beide: Photonik",
            "Partner in the project Kapazitätenbörse Photonik; both: Photonik",
        ),
        (
            [[Hop("listedBy", False, OFFER), Hop("about", True, PHOTONICS)]],
            "Thema von „Messmaschinen“, Angebot von Optence",
            "Topic of “Messmaschinen”, offer by Optence",
        ),
        (
            [[Hop("listedBy", False, OFFER)]],
            "Angebot von Optence",
            "Offer by Optence",
        ),
        (
            [[Hop("activeIn", True, PHOTONICS), Hop("related", False, METROLOGY)]],
            "Verwandt mit „Photonik“, Arbeitsfeld von Optence",
            "Related to “Photonik”, field of Optence",
        ),
    ],
)
def test_reads_well(ways: list[list[Hop]], german: str, english: str) -> None:
    assert sentence(CENTRE, ways, "de") == german
    assert sentence(CENTRE, ways, "en") == english


def test_the_offer_names_who_offers_it() -> None:
    way = [Hop("listedBy", True, SWISSMEM)]
    assert sentence(OFFER, [way], "de") == "Bietet „Messmaschinen“ an"
    assert sentence(Named("need", "Capacity"), [way], "en") == "Seeks “Capacity”"


def test_says_where_it_is_to_be_had() -> None:
    assert sentence(CENTRE, [[LED]], "de", at="Swissmem").endswith(" – bei Swissmem")


def test_long_names_are_cut_and_say_so() -> None:
    long = Named("project", "Ein sehr langer Name " * 12)
    text = sentence(CENTRE, [[Hop("coordinatedBy", False, long), PARTNER]], "de")
    assert len(text) <= LONGEST
    assert text.startswith("Partner im Projekt Ein sehr langer Name")
    assert text.endswith("…")


def test_a_name_keeps_its_first_letter() -> None:
    way = [Hop("broader", False, Named("topic", "x")), Hop("broader", True, PHOTONICS)]
    assert sentence(Named("topic", "eMobility"), [way], "en")[0] != "E"


def test_kind_makes_the_phrase_plainer() -> None:
    assert phrase(("belongsToProject", SUBJECT), "event", "project")["de"].startswith("Veranst")
    assert phrase(("belongsToProject", SUBJECT), "group", "project")["de"].startswith("aus dem")


def test_property_addresses_are_the_ontologys() -> None:
    assert {relation.iri for relation in RELATIONS if relation.name == "memberOf"} == {
        CR + "memberOf"
    }
