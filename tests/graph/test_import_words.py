"""Words of lists: linked where that is sure, proposed where it is not, decided once by people."""

import csv
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph import (
    PUBLIC,
    Knowledge,
    KnowledgeError,
    ListInfo,
    ListWord,
    Viewer,
    commit_plan,
    decide_word,
    decided_words,
    go_cluster_folder,
    list_words,
    make_plan,
    new_topic,
    read_table,
    take_back_word,
    with_candidates,
)
from graph.importing.likely import Likely
from graph.importing.naming import Names

NOW = datetime(2026, 11, 3, tzinfo=UTC)
OPTENCE = "network:cluster/optence"
MANAGER = Viewer("ada", frozenset({"platform", OPTENCE}))
SUBJECTS = ("sector", "topic", "competence")

TOPICS = (
    "id,kind,label_de,label_en\noptik,technology,Optik,Optics\n"
    "messtechnik,competence,Messtechnik,Measurement\nlaser,technology,Laser in der Medizin,\n"
)

VARIANTS = """
Messtehcnik=Messtechnik; Messtechniken=Messtechnik; Optische Technologie=Optische Technologien;
Lasermedizin=Laser in der Medizin; Laser-Medizin=Laser in der Medizin; Photonikk=Photonik;
Automatisierrung=Automatisierung; Elektormobilität=Elektromobilität; Simulationen=Simulation;
Brennstoffzelle=Brennstoffzellen; Drohne=Drohnen; Verbundwerkstoff=Verbundwerkstoffe;
Nanotechnologien=Nanotechnologie; Materialwissenschaft=Materialwissenschaften; Sensoren=Sensors;
photonische Messtechniken=Photonische Messtechnik; Werkstoffe, neue=Neue Werkstoffe;
Intelligentes Implantat=Intelligente Implantate; intelligentes Netz=Intelligente Netze;
Erneuerbare Energie=Erneuerbare Energien; Medizinprodukt=Medizinprodukte; Fuel cell=Fuel cells;
Semantische Datenbank=Semantische Datenbanken; Elektrotehcnik=Elektrotechnik;
Refinery=Refineries; Photonic microsensor=Photonic microsensors; Dünne Schicht=Dünne Schichten;
Optical technology=Optical technologies; Faserverbund-Werkstoffe=Faserverbundwerkstoffe;
Neues Geschäftsmodell=Neue Geschäftsmodelle; Dünnschichten=Dünne Schichten;
Energie-Effizienz=Energieeffizienz; Qualitäts-Management=Qualitätsmanagement;
Biotecnologie=Biotechnologie; Mikro-Sensorik=Mikrosensorik; Optik-Fertigung=Optikfertigung;
Systeme, optische=Optische Systeme; Optiksystem=Optiksysteme; Textil=Textilien;
Industriearmatur=Industriearmaturen; Internationalisirung=Internationalisierung;
Wisenstransfer=Wissenstransfer; Innovationskulturen=Innovationskultur;
Kooperationsplattform=Kooperationsplattformen; Spezialmaschine=Sondermaschinen
"""
"""Words as people write them, and what they mean: plural, compound, order, slips of the keys."""

STRANGERS = """
Medtechnik; Bautechnik; Brautechnik; Messebau; Messen; Drucker; Optiker; Mechaniker; Chemiker;
Elektroniker; Informatiker; Handwerker; Photonische Technologien; Ohne Laser;
nicht optische Technologien; Mobile; Innovative; Virtual; Phononik; Medizin; Energien; Technologien;
Werkstoffe; Systeme; Raumfahrt; Fahrzeug; Verpackung; Datenbanken; Messtechniker; Optische Speicher;
Laserdrucker; Laserschneiden; Sensorschutz; Plasma; Netze; Implantate; Robotik; Nanomedizin;
Geologie; Market; Risk; Transporter; Patente; Story; Textilreinigung; Tourist; Simulator; Logik;
Mechanismus; Automaten; Automobile; Laserpointer; Diagnosen; Diagnostiker
"""
"""Words that look like names of the thesaurus and mean something else, or too little."""


@pytest.fixture(scope="module")
def thesaurus() -> tuple[Names, Likely]:
    """The subjects of the go-cluster data, by all their names."""
    names = Names()
    with (go_cluster_folder() / "topics.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            called = "|".join(row[name] for name in row if "label" in name).split("|")
            names.add(f"x:{row['id']}", "topic", row["id"], filter(None, map(str.strip, called)))
    return names, Likely((name, thing) for _, name, thing in names.all_names(SUBJECTS))


def listed(text: str) -> list[str]:
    return [one.strip() for one in text.replace("\n", " ").split(";") if one.strip()]


def linked(names: Names, likely: Likely, word: str) -> str:
    found, _ = names.look_up(word, SUBJECTS)
    return found[0] if len(found) == 1 else "" if found else likely.sure(word)[0]


def test_no_word_of_a_hand_checked_list_is_linked_wrongly(thesaurus: tuple[Names, Likely]) -> None:
    names, likely = thesaurus
    right, proposed = 0, 0
    for word, name in (entry.split("=") for entry in listed(VARIANTS)):
        meant = {thing for _, one, thing in names.all_names(SUBJECTS) if one == name}
        found = linked(names, likely, word)
        assert found in {"", *meant}, word
        right += bool(found)
        proposed += any(one.thing in meant for one in likely.candidates(word))
    assert right >= 0.9 * len(listed(VARIANTS))
    assert proposed >= 0.95 * len(listed(VARIANTS))
    assert [word for word in listed(STRANGERS) if linked(names, likely, word)] == []


def members(knowledge: Knowledge, words: str, source: str = "members", audience: str = "") -> int:
    """Import one organisation with some sectors; the number of words that stay open."""
    info = ListInfo("organisation", source, audience=audience)
    table = read_table(f"name,sectors\nLaserwerk,{words}\n".encode())
    plan = make_plan(knowledge, table, info, viewer=MANAGER, time=NOW)
    commit_plan(knowledge, plan, source, allow_gone=True)
    return sum(problem.level == "open" for problem in plan.problems)


def sectors(knowledge: Knowledge, viewer: Viewer = MANAGER) -> set[str]:
    about = knowledge.view(viewer).statements(inferred=False)
    return {s.object.value.rpartition("/")[2] for s in about if s.predicate.endswith("activeIn")}


@pytest.fixture
def knowledge(tmp_path: Path) -> Iterator[Knowledge]:
    opened = Knowledge.open(tmp_path / "data")
    table = read_table(TOPICS.encode())
    commit_plan(opened, make_plan(opened, table, ListInfo("topic", "topics"), time=NOW), "topics")
    yield opened
    opened.close()


def open_word(knowledge: Knowledge, viewer: Viewer = MANAGER) -> ListWord:
    (word,) = with_candidates(knowledge, list_words(knowledge, viewer), viewer, NOW)
    return word


def decide(knowledge: Knowledge, word: ListWord, slug: str) -> None:
    kind = "competence" if slug == "messtechnik" else "topic"
    thing = knowledge.addresses.thing(kind, slug) if slug else ""
    decide_word(knowledge, word.terms[0], thing, account="ada", viewer=MANAGER, now=NOW)


def test_a_word_is_decided_once_and_for_every_list_of_its_audience(knowledge: Knowledge) -> None:
    assert members(knowledge, "Optikbauteile | Messtechniken") == 1
    assert sectors(knowledge) == {"messtechnik"}
    before = sorted(map(str, knowledge.dump()))
    word = open_word(knowledge)
    assert (word.text, word.count, word.audience) == ("Optikbauteile", 1, PUBLIC)
    assert word.candidates[0].thing.endswith("/topic/optik")
    decide(knowledge, word, "optik")
    assert sectors(knowledge) == {"messtechnik", "optik"}
    assert not list_words(knowledge, MANAGER)
    assert members(knowledge, "OPTIKBAUTEILE", "others") == 0
    (decided,) = decided_words(knowledge, MANAGER)
    assert (decided.text, decided.author) == ("Optikbauteile", "ada")
    assert decided.meant == word.candidates[0].thing
    knowledge.undo(knowledge.batches()[0].number)
    assert take_back_word(knowledge, decided.terms[0], viewer=MANAGER) is not None
    assert sorted(map(str, knowledge.dump())) == before


def test_a_word_may_mean_nothing_on_purpose_or_become_a_topic(knowledge: Knowledge) -> None:
    assert members(knowledge, "Kegelclub") == 1
    decide(knowledge, open_word(knowledge), "")
    assert not list_words(knowledge, MANAGER)
    assert members(knowledge, "kegelclub", "others") == 0
    assert not sectors(knowledge)
    assert members(knowledge, "Quantensensorik", "third") == 1
    term = open_word(knowledge).terms[0]
    new_topic(knowledge, term, account="ada", viewer=MANAGER, now=NOW, lang="de")
    (found,) = sectors(knowledge)
    assert found.startswith("quantensensorik")
    assert members(knowledge, "Quantensensorik", "fourth") == 0


def test_a_decision_of_a_closed_list_tells_nobody_else_anything(knowledge: Knowledge) -> None:
    assert members(knowledge, "Optikbauteile", audience=OPTENCE) == 1
    assert list_words(knowledge, Viewer("", frozenset())) == []
    decide(knowledge, open_word(knowledge), "optik")
    assert sectors(knowledge) == {"optik"}
    assert sectors(knowledge, Viewer("", frozenset())) == set()
    assert decided_words(knowledge, Viewer("", frozenset())) == []
    assert members(knowledge, "Optikbauteile", "public-list") == 1


def test_a_word_means_only_what_its_readers_read_and_its_column_allows(
    knowledge: Knowledge,
) -> None:
    members(knowledge, "Optikbauteile")
    term = open_word(knowledge).terms[0]
    for thing in ("topic/nowhere", "organisation/laserwerk"):
        wrong = knowledge.addresses.thing(*thing.split("/"))
        with pytest.raises(KnowledgeError, match="cannot mean that"):
            decide_word(knowledge, term, wrong, account="ada", viewer=MANAGER, now=NOW)
    with pytest.raises(KnowledgeError, match="no such word"):
        take_back_word(knowledge, "https://example.org/other", viewer=MANAGER)


@given(text=st.text(max_size=40))
def test_any_text_may_be_looked_up(text: str) -> None:
    likely = Likely([("Messtechnik", "x:1"), ("Laser in der Medizin", "x:2"), (text, "x:3")])
    likely.sure(text)
    assert all(0 < one.score <= 1 for one in likely.candidates(text))
