"""What makes two spellings the same word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.folding import STOP_WORDS, Vocabulary, expand, fold, forms, reduce, stem, terms, words

texts = st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=40)


@given(texts)
def test_folding_twice_changes_nothing(text: str) -> None:
    for way in (fold, expand, reduce):
        assert way(way(text)) == way(text)


@given(texts)
def test_a_text_has_its_plain_form_first_and_no_form_twice(text: str) -> None:
    found = forms(text)
    assert found[0] == fold(text)
    assert len(set(found)) == len(found)


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyzäöüß -", max_size=30))
def test_case_does_not_matter(text: str) -> None:
    assert forms(text.title()) == forms(text)


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("groessen", "Größen"),
        ("GRÖSSEN", "größen"),
        ("munchen", "München"),
        ("muenchen", "München"),
        ("Muenchen", "MÜNCHEN"),
        ("aerospace", "Aerospace"),
        ("cafe", "Café"),
        ("naive", "naïve"),
    ],
)
def test_spellings_that_people_use_share_a_form(typed: str, written: str) -> None:
    assert set(forms(typed)) & set(forms(written))


@pytest.mark.parametrize(("one", "other"), [("Steuer", "Stur"), ("Quelle", "Qulle")])
def test_ue_that_is_no_umlaut_stays(one: str, other: str) -> None:
    assert not set(forms(one)) & set(forms(other))


def test_a_decomposed_umlaut_is_an_umlaut() -> None:
    assert forms("Mu\N{COMBINING DIAERESIS}nchen") == forms("München")


def test_endings_do_not_matter() -> None:
    assert stem("Sensoren") == stem("Sensor")
    assert stem("networks", "en") == stem("networking", "en")


def test_hyphened_words_count_apart_and_together() -> None:
    assert words("Start-up") == ["start", "up", "startup"]


def test_terms_leave_common_words_out() -> None:
    assert terms("Laser in der Medizin", "de") == ["las", "medizin"]
    assert "fur" in STOP_WORDS
    assert "für" in STOP_WORDS


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return Vocabulary(["Laser in der Medizin", "Messtechnik", "Größe", "Arbeit", "Verpackung"])


@pytest.mark.parametrize(
    ("compound", "parts"),
    [
        ("lasermedizin", ("las", "medizin")),
        ("größenmesstechnik", ("gross", "messtechn")),
        ("groessenmesstechnik", ("gross", "messtechn")),
        ("verpackungsmesstechnik", ("verpack", "messtechn")),
        ("messtechnik", ()),
        ("optence", ()),
    ],
)
def test_compounds_of_known_words_are_split(
    vocabulary: Vocabulary, compound: str, parts: tuple[str, ...]
) -> None:
    assert vocabulary.split(compound) == parts


def test_a_compound_with_one_known_end_has_parts(vocabulary: Vocabulary) -> None:
    assert "messtechn" in vocabulary.parts("koordinatenmesstechnik")
    assert vocabulary.split("koordinatenmesstechnik") == ()


@given(st.lists(st.sampled_from(["Laser", "Medizin", "Optik", "Sensor"]), min_size=2, max_size=4))
def test_words_put_together_are_taken_apart_again(parts: list[str]) -> None:
    known = Vocabulary(["Laser", "Medizin", "Optik", "Sensor"])
    assert known.split("".join(parts).lower()) == tuple(stem(part) for part in parts)


def test_an_endless_word_costs_nothing(vocabulary: Vocabulary) -> None:
    assert vocabulary.parts("laser" * 5_000) == ()
