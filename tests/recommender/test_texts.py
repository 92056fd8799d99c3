"""Neighbours for things that are only a paragraph."""

from hypothesis import given
from hypothesis import strategies as st

from graph import Knowledge, Viewer
from recommender import Radar, RadarAnswer
from recommender.relations import NUMBER_OF, SIMILAR
from recommender.snapshot import Snapshot
from recommender.texts import Text, Words
from tests.recommender.worlds import World, iri

SAID = """\
organisation/lenses memberOf cluster/optence
organisation/pumps memberOf cluster/optence
topic/photonics broader topic/optics
organisation/lenses activeIn topic/photonics
organisation/pumps locatedIn place/hesse
organisation/newcomer locatedIn place/hesse
place/hesse partOf place/germany""".splitlines()

TEXTS = {
    "organisation/newcomer": "Wir bauen Laser für die Medizin und prüfen sie mit Optik.",
    "organisation/lenses": "Linsen und Spiegel, Laser und Optik für Medizin und Forschung.",
    "organisation/pumps": "Pumpen, Ventile und Rohre für die Wasserwirtschaft.",
    "cluster/optence": "Ein Netz für Spiegel und Wasser.",
}
NEWCOMER = iri("organisation/newcomer")


def around(world: World, centre: str, viewer: str = "", **options: str) -> RadarAnswer:
    asking = Viewer(viewer) if viewer else Viewer()
    return Radar(world).answer(iri(centre), viewer=asking, **options)  # type: ignore[arg-type]


def reasons(answer: RadarAnswer) -> dict[str, str]:
    return {one.node.slug: one.reason.text for one in answer.suggestions}


def test_a_paragraph_has_neighbours_and_says_the_words_as_they_are_written() -> None:
    found = reasons(around(World(SAID, texts=TEXTS), "organisation/newcomer", lang="de"))
    assert found["lenses"] == "Ähnlich beschrieben: Laser, Medizin, Optik"
    assert found["photonics"].startswith("Arbeitsfeld von Lenses, ähnlich beschrieben: ")
    english = reasons(around(World(SAID, texts=TEXTS), "organisation/newcomer", lang="en"))
    assert english["lenses"].startswith("Similar description: Laser")


def test_a_path_of_words_names_the_relation() -> None:
    answer = around(World(SAID, texts=TEXTS), "organisation/newcomer")
    lenses = next(one for one in answer.suggestions if one.node.slug == "lenses")
    assert [step.relation for step in lenses.reason.path] == [SIMILAR]


def test_words_explain_only_where_nothing_better_does() -> None:
    texts = {**TEXTS, "organisation/pumps": TEXTS["organisation/newcomer"]}
    found = reasons(around(World(SAID, texts=texts), "organisation/newcomer", lang="de"))
    assert found["pumps"] == "Beide in Hesse"


def test_what_has_links_is_not_asked_for_its_words() -> None:
    with_text = around(World(SAID, texts=TEXTS), "organisation/lenses")
    assert "newcomer" not in reasons(with_text)
    texts = {name: text for name, text in TEXTS.items() if name != "organisation/newcomer"}
    snapshot = Snapshot.of(World(SAID, texts=texts))
    assert NUMBER_OF[SIMILAR] not in snapshot.relations
    assert snapshot.words is None


@given(
    st.dictionaries(
        st.sampled_from([*TEXTS, "organisation/secret", "topic/secret"]),
        st.lists(st.sampled_from(["Laser", "Medizin", "Wasser", "Geheimnis"]), min_size=1).map(
            " ".join
        ),
    )
)
def test_hidden_texts_change_nothing_for_who_may_not_read_them(hidden: dict[str, str]) -> None:
    plain = World(SAID, texts=TEXTS)
    more = World(SAID, texts=TEXTS, hidden_texts={"eva": hidden})
    assert around(more, "organisation/newcomer") == around(plain, "organisation/newcomer")


def test_words_of_closed_texts_weigh_nothing() -> None:
    """For who may read them too: what words are worth is told by public texts alone."""
    closed = {f"organisation/closed{n}": "Laser Medizin Laserlicht" for n in range(9)}
    world = World(SAID, texts=TEXTS, hidden_texts={"eva": closed})
    public = world.view()
    hers, everybodys = Snapshot.of(world.view(Viewer("eva")), public), Snapshot.of(public)
    assert len(hers.iris) > len(everybodys.iris)
    assert hers.words is not None
    assert everybodys.words is not None
    asked = [[Text("de", "Laser Medizin Optik Laserlicht", True)]]
    difference = hers.words.vectors(asked) - everybodys.words.vectors(asked)
    assert abs(difference).max() == 0


def test_texts_without_a_word_are_like_nothing() -> None:
    texts = {NEWCOMER: [Text("de", "die und der", True)], "x": [Text("de", "", True)]}
    words = Words(texts, [])
    assert words.similar(texts, [NEWCOMER]) == set()
    assert words.shared(texts[NEWCOMER], texts["x"], "de") == ()


def test_on_the_real_data_words_are_asked_only_for_what_has_no_links(
    go_cluster: Knowledge,
) -> None:
    snapshot = Snapshot.of(go_cluster.view())
    similar = snapshot.relations == NUMBER_OF[SIMILAR]
    asking = set(snapshot.heads[similar].tolist())
    assert 0 < len(asking) < 20
    for one in asking:
        own = ~similar & ((snapshot.heads == one) | (snapshot.tails == one))
        places = {snapshot.kind(int(tail)) for tail in snapshot.tails[own]}
        assert places <= {"place"}
