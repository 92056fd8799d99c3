"""What a question finds, and in which order."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.folding import Vocabulary
from graph.search.entries import NAME, Entry
from graph.search.matching import MATCH, Reading, Tier
from graph.search.spelling import distance
from tests.graph.search_helpers import Entries, PlainSearch, go_cluster_topics, named, told


@pytest.fixture(scope="module")
def topics() -> PlainSearch:
    return PlainSearch(
        {
            **go_cluster_topics(),
            **named(
                artificial_intelligence=("Künstliche Intelligenz", "KI"),
                childhood="Kindheit",
                marketing="Maschinelles Marking",
                munich_light="Lichtregion München",
                sizes="Größen und Einheiten",
            ),
        }
    )


def test_a_word_finds_the_compounds_it_is_part_of(topics: PlainSearch) -> None:
    found = topics("messtechnik")
    assert next(iter(found)) == "topic/metrology"
    assert found["topic/metrology"] == "exact"
    assert found["topic/photonic-metrology"] == "word"
    assert found["topic/optical-coordinate-metrology"] == "compound"


def test_a_compound_is_found_before_its_part_is_typed_out(topics: PlainSearch) -> None:
    assert topics("messt")["topic/optical-coordinate-metrology"] == "compound"


def test_a_compound_finds_its_parts_written_apart(topics: PlainSearch) -> None:
    found = topics("lasermedizin")
    assert next(iter(found)) == "topic/laser-medicine"
    assert found["topic/laser-medicine"] == "compound"


@pytest.mark.parametrize(
    ("typed", "slug"),
    [
        ("groessen", "sizes"),
        ("GRÖSSEN", "sizes"),
        ("grossen", "sizes"),
        ("groesse", "sizes"),
        ("muenchen", "munich-light"),
        ("munchen", "munich-light"),
        ("Muenchner", "munich-light"),
        ("sensor", "sensors"),
        ("metrology", "metrology"),
        ("laser medizin", "laser-medicine"),
        ("medizin laser", "laser-medicine"),
        ("Laser-Medizin", "laser-medicine"),
        ("lasers in medicine", "laser-medicine"),
        ("P4", "p4-medicine"),
        ("p4 medizin", "p4-medicine"),
    ],
)
def test_every_spelling_finds_it(topics: PlainSearch, typed: str, slug: str) -> None:
    assert f"topic/{slug}" in topics(typed)


@pytest.mark.parametrize(
    ("typed", "slug"),
    [
        ("Mestechnik", "metrology"),
        ("Messtehcnik", "metrology"),
        ("Phottonik", "photonics"),
        ("Lasser", "lasers"),
    ],
)
def test_a_slip_is_forgiven(topics: PlainSearch, typed: str, slug: str) -> None:
    found = topics(typed)
    assert found[f"topic/{slug}"] == "spelling"
    assert set(found.values()) == {"spelling"}


def test_an_acronym_stands_for_itself(topics: PlainSearch) -> None:
    assert topics("KI") == {"topic/artificial-intelligence": "exact"}


def test_an_acronym_begins_only_words_in_capitals() -> None:
    search = PlainSearch(named(kit="KIT Karlsruhe", kick="Kick-off", kino="Kino"))
    assert search("KI") == {"topic/kit": "prefix"}
    assert set(search("ki")) == {"topic/kit", "topic/kick", "topic/kino"}


def test_an_acronym_in_small_letters_comes_before_what_begins_with_it(topics: PlainSearch) -> None:
    found = topics("ki")
    assert next(iter(found)) == "topic/artificial-intelligence"
    assert found["topic/childhood"] == "prefix"
    assert "topic/marketing" not in found


def test_two_letters_find_what_begins_with_them(topics: PlainSearch) -> None:
    found = topics("op", limit=500)
    assert set(found.values()) == {"prefix"}
    assert "topic/optical-technologies" in found
    assert "topic/optical-coordinate-metrology" in found
    assert "topic/open-innovation" in found
    assert "topic/biotechnology" not in found


def test_one_letter_is_enough(topics: PlainSearch) -> None:
    assert "topic/optical-technologies" in topics("o", limit=500)


def test_an_unfinished_word_is_found_letter_by_letter(topics: PlainSearch) -> None:
    for letters in range(1, len("messtechnik") + 1):
        assert "topic/metrology" in topics("messtechnik"[:letters], limit=500)


def test_matches_rank_by_kind() -> None:
    search = PlainSearch(
        {
            **named(
                exact="Optik",
                prefix="Optikfertigung",
                word="Angewandte Optik",
                word_prefix="Feine Optiksysteme",
                compound="Laseroptik",
                other="Biologie",
            ),
            **told(text="Verbund rund um Optik."),
        }
    )
    assert search("optik") == {
        "topic/exact": "exact",
        "topic/prefix": "prefix",
        "topic/word": "word",
        "topic/word-prefix": "prefix",
        "topic/compound": "compound",
        "cluster/text": "word",
    }


def test_all_words_must_be_found() -> None:
    search = PlainSearch(named(a="Optische Messtechnik", b="Optische Speicher", c="Messtechnik"))
    assert list(search("optische messtechnik")) == ["topic/a"]


def test_where_nothing_has_all_words_the_rarest_word_counts_most() -> None:
    search = PlainSearch(
        named(a="Optische Speicher", b="Optische Fasern", c="Optische Filter", d="Wasserstoff")
    )
    assert list(search("optische wasserstoff")) == ["topic/d", "topic/b", "topic/c", "topic/a"]


def test_words_of_one_thing_may_stand_in_different_texts() -> None:
    search = PlainSearch(told(alpha="Netzwerk für Photonik.", beta="Netzwerk für Logistik."))
    assert list(search("alpha photonik")) == ["cluster/alpha"]
    assert list(search("photonik alpha")) == ["cluster/alpha"]


def test_common_words_count_only_alone() -> None:
    search = PlainSearch(
        named(a="Informationstechnik", b="Zug um Zug") | named(it=("Rechner", "IT"))
    )
    assert search("IT") == {"topic/it": "exact"}
    assert list(search("der Rechner in der")) == ["topic/it"]
    assert "topic/b" in search("um")


def test_ties_are_broken_by_length_then_iri() -> None:
    search = PlainSearch(
        named(zz="Laser eins", bb="Laser drei", aa="Laser eins", long="Laser vier a")
    )
    assert list(search("laser")) == ["topic/aa", "topic/bb", "topic/zz", "topic/long"]


@pytest.mark.parametrize("typed", ["", " ", "---", "!?", "…", "xyzzyqq", "🙂"])
def test_nothing_is_found_where_nothing_is_meant(topics: PlainSearch, typed: str) -> None:
    assert topics(typed) == {}


@given(st.text(max_size=60))
def test_any_text_is_an_answerable_question(text: str) -> None:
    small = PlainSearch(named(a="Optische Messtechnik", b="KI", c="Größe"))
    assert set(small(text)) <= {"topic/a", "topic/b", "topic/c"}


WORDS = ["Laser", "Optik", "Messtechnik", "Größe", "Medizin", "KI", "Sensor", "in", "Netzwerk"]
names = st.lists(st.sampled_from(WORDS), min_size=1, max_size=3).map(" ".join)


@given(st.lists(names, min_size=1, max_size=8), names)
def test_an_exact_name_comes_first_and_tiers_never_fall_back(given: list[str], q: str) -> None:
    entries = {f"topic/t{n}": frozenset({Entry(NAME, "de", name)}) for n, name in enumerate(given)}
    found = PlainSearch(entries)(q)
    exact = {f"topic/t{n}" for n, name in enumerate(given) if name == q}
    assert set(list(found)[: len(exact)]) == exact
    assert all(found[name] == "exact" for name in exact)


def topics_named(texts: list[str]) -> Entries:
    return {f"topic/t{n}": frozenset({Entry(NAME, "de", text)}) for n, text in enumerate(texts)}


@given(
    st.lists(names, min_size=1, max_size=6),
    st.lists(names, max_size=6),
    st.text(alphabet="aeiklmnoprst ", max_size=8) | names,
)
def test_an_index_that_followed_changes_equals_a_new_one(
    before: list[str], after: list[str], q: str
) -> None:
    vocabulary = Vocabulary(WORDS)
    followed = PlainSearch(topics_named(before), vocabulary=vocabulary)
    followed(q)
    followed.change(topics_named(after))
    assert followed(q) == PlainSearch(topics_named(after), vocabulary=vocabulary)(q)


@given(
    st.lists(names, min_size=1, max_size=6),
    st.dictionaries(st.integers(0, 9), names, max_size=6),
    names,
)
def test_what_is_hidden_changes_nothing_for_others(
    public: list[str], hidden: dict[int, str], q: str
) -> None:
    secret = {f"topic/t{n}": frozenset({Entry(NAME, "de", text)}) for n, text in hidden.items()}
    search = PlainSearch(topics_named(public), secret)
    search(q)
    search.reading = Reading([search.public])
    assert list(search(q).items()) == list(PlainSearch(topics_named(public))(q).items())


def test_who_may_read_more_finds_more() -> None:
    secret = {"topic/a": frozenset({Entry(NAME, "de", "Wasserstoff")})}
    search = PlainSearch(named(a="Gas", b="Luft"), secret)
    assert search("gas wasserstoff") == {"topic/a": "word"}


def test_tiers_are_all_named() -> None:
    assert set(MATCH) == set(Tier)


@given(st.text(alphabet="abc", max_size=7), st.text(alphabet="abc", max_size=7))
def test_distance_is_symmetric_and_bounded(one: str, other: str) -> None:
    assert distance(one, other, 3) == distance(other, one, 3)
    assert (distance(one, other, 3) == 0) == (one == other)
