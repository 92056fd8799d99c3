"""What columns are taken as: by header, by cells, by what people say; and how cells are parted."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph import (
    ColumnChoice,
    Knowledge,
    KnowledgeError,
    ListInfo,
    Plan,
    commit_plan,
    known_columns,
    make_plan,
    read_choice,
    read_table,
)
from graph.importing import map_columns
from graph.importing.columns import Mapping
from graph.importing.separators import SEPARATORS

NOW = datetime(2026, 11, 3, tzinfo=UTC)


@pytest.fixture
def knowledge(tmp_path: Path) -> Iterator[Knowledge]:
    opened = Knowledge.open(tmp_path / "data")
    yield opened
    opened.close()


def mapped(text: str, *choices: ColumnChoice, kind: str = "organisation") -> Mapping:
    return map_columns(read_table(text.encode(), "members.csv"), kind, choices)


def means(mapping: Mapping) -> dict[str, str]:
    return {guess.header: guess.means for guess in mapping.guesses}


LIST = """company_name;Homepage der Firma;Anschrift;Rechtl. Form;mail;Fachgebiete;\
Kategorie;Über uns;X
Laserwerk;laserwerk.de;64283 Darmstadt, Deutschland;GmbH;a@laserwerk.de;Optik, Laser;Hersteller;\
Wir bauen Laser für die Medizin und für die Optik in der Industrie.;7
Sensorhaus;https://sensorhaus.de;Wetzlar (Germany);AG;b@sensorhaus.de;Optik, Messtechnik;\
Hersteller;Das Haus der Sensoren und der Messtechnik ist für alle da, die messen.;8
Linsen Ost;www.linsen-ost.de;Jena / Germany;e. V.;c@linsen-ost.de;Laser, Optik;Verband;\
Die Linsen sind von uns und werden mit der Hand und mit der Maschine gemacht.;9
"""


def test_columns_are_known_by_headers_and_cells_with_reasons() -> None:
    mapping = mapped(LIST)
    assert means(mapping) == {
        "company_name": "name",
        "Homepage der Firma": "website",
        "Anschrift": "location",
        "Rechtl. Form": "legal_form",
        "mail": "",
        "Fachgebiete": "sectors",
        "Kategorie": "scheme:members",
        "Über uns": "description",
        "X": "",
    }
    by_header = {guess.header: guess for guess in mapping.guesses}
    assert by_header["Über uns"].lang == "de"
    assert by_header["Rechtl. Form"].samples == ("GmbH", "AG", "e. V.")
    assert "mail" in by_header["mail"].why.en
    assert all(0 <= guess.confidence <= 1 and guess.why.de for guess in mapping.guesses)
    notes = {problem.column for problem in mapping.problems}
    assert notes == {"mail", "X"}


def test_what_people_say_holds_and_a_column_left_out_on_purpose_is_no_note() -> None:
    choices = (read_choice("Fachgebiete=interests"), read_choice("X="), read_choice("mail="))
    mapping = mapped(LIST, *choices)
    guess = next(guess for guess in mapping.guesses if guess.header == "Fachgebiete")
    assert (guess.means, guess.separator, guess.chosen) == ("interests", ", ", True)
    assert not mapping.problems
    with pytest.raises(KnowledgeError, match="no column “wizard”"):
        mapped(LIST, ColumnChoice("X", "wizard"))


@pytest.mark.parametrize(
    ("cells", "parted"),
    [
        (["Optik; Laser", "Laser"], ["Optik", "Laser"]),
        (["Optik, Laser", "Laser, Messtechnik", "Optik"], ["Optik", "Laser"]),
        (["Optik / Laser", "Laser / Optik"], ["Optik", "Laser"]),
        (["Optik\nLaser", "Laser"], ["Optik", "Laser"]),
        (["Mess-/Prüftechnik", "Laser"], ["Mess-/Prüftechnik"]),
        (["Optik | Laser"], ["Optik", "Laser"]),
        (["Chemie, Pharma", "Optik, Chemie, Pharma", "Laser, Optik"], ["Chemie, Pharma"]),
    ],
)
def test_values_in_a_cell_are_parted_but_names_are_not(cells: list[str], parted: list[str]) -> None:
    text = "name\tsectors\n" + "".join(f'o{at}\t"{cell}"\n' for at, cell in enumerate(cells))
    known = {"Chemie, Pharma", "Optik", "Laser"}
    mapping = map_columns(
        read_table(text.encode()),
        "organisation",
        meanings=lambda word, _kinds: frozenset({"topic"} if word in known else ()),
    )
    column = mapping.column("sectors")
    assert column is not None
    assert column.split is not None
    assert column.split(cells[0]) == parted


def test_names_of_partners_with_commas_stay_whole() -> None:
    cells = ["Müller, Meier & Partner", "Laserwerk, Sensorhaus", "Laserwerk", "Sensorhaus"]
    text = "title\tpartners\n" + "".join(f"p{at}\t{cell}\n" for at, cell in enumerate(cells))
    column = mapped(text, kind="project").column("partners")
    assert column is not None
    assert column.split is not None
    assert column.split(cells[0]) == [cells[0]]
    assert column.split(cells[1]) == ["Laserwerk", "Sensorhaus"]


def planned(knowledge: Knowledge, text: str, *choices: str) -> Plan:
    info = ListInfo("organisation", "members", choices=tuple(map(read_choice, choices)))
    return make_plan(knowledge, read_table(text.encode(), "members.csv"), info, time=NOW)


def test_choices_are_remembered_taken_back_and_survive_a_column_that_is_gone(
    knowledge: Knowledge,
) -> None:
    before = sorted(map(str, knowledge.dump()))
    batch = commit_plan(knowledge, planned(knowledge, LIST, "X=employees", "mail="), "first")
    again = planned(knowledge, LIST)
    assert again.is_empty
    assert {"X": "employees", "mail": ""}.items() <= means(again.mapping).items()
    without = LIST.replace(";X\n", ";Z\n")
    assert means(planned(knowledge, without).mapping)["Z"] == ""
    notes = [problem.message.en for problem in planned(knowledge, without).problems]
    assert any("the last time 3 rows did" in note for note in notes)
    assert means(planned(knowledge, LIST, "X=?").mapping)["X"] == ""
    with pytest.raises(KnowledgeError, match="no column “Y”"):
        planned(knowledge, LIST, "Y=name")
    knowledge.undo(batch.number)
    assert sorted(map(str, knowledge.dump())) == before


AREAS = """name,Area,Sub area
A,"Luft, Wasser","Abgas, Filter"
B,Luft,Abgas
C,"Wasser, Luft","Filter, Feinstaub"
D,Wasser,Meer
"""


def test_a_column_becomes_a_topic_scheme_of_its_source(knowledge: Knowledge) -> None:
    before = sorted(map(str, knowledge.dump()))
    said = ("Area=scheme:Umwelt", "Sub area=scheme:Umwelt")
    batch = commit_plan(knowledge, planned(knowledge, AREAS, *said), "areas")
    view = knowledge.view()
    assert {topic.slug for topic in view.things("topic")} == {
        *("luft", "wasser", "abgas", "filter", "feinstaub", "meer")
    }
    above = {
        (s.subject.rpartition("/")[2], s.object.value.rpartition("/")[2])
        for s in view.statements(inferred=False)
        if s.predicate.endswith("#broader")
    }
    assert above == {
        ("abgas", "luft"), ("feinstaub", "luft"), ("filter", "wasser"), ("meer", "wasser"),
    }  # fmt: skip
    schemes = [s for s in view.statements() if s.object.value.endswith("#ConceptScheme")]
    assert [s.subject for s in schemes] == [knowledge.addresses.scheme("members", "umwelt")]
    assert planned(knowledge, AREAS).is_empty
    fewer = planned(knowledge, AREAS.replace("D,Wasser,Meer\n", "D,Wasser,Filter\n"))
    commit_plan(knowledge, fewer, "fewer")
    assert not knowledge.view().find("topic", "meer")
    knowledge.undo(batch.number + 1)
    knowledge.undo(batch.number)
    assert sorted(map(str, knowledge.dump())) == before


def test_a_word_that_is_a_concept_already_is_not_made_anew(knowledge: Knowledge) -> None:
    topics = read_table(b"id,kind,label_de\nluft,competence,Luft\n")
    commit_plan(knowledge, make_plan(knowledge, topics, ListInfo("topic", "t"), time=NOW), "t")
    commit_plan(knowledge, planned(knowledge, AREAS, "Area=scheme:Umwelt", "Sub area="), "areas")
    view = knowledge.view()
    assert [topic.slug for topic in view.things("topic")] == ["wasser"]
    assert planned(knowledge, AREAS).is_empty


HEADER = st.text(
    st.characters(exclude_categories=("Cs", "Cc"), exclude_characters='"|'), max_size=15
)
CELL = st.one_of(
    st.text(max_size=12),
    st.sampled_from(["Optik, Laser", "DE", "https://a.example", "2015", "x; y", "Jena, Germany"]),
)


@given(
    headers=st.lists(HEADER, min_size=1, max_size=5),
    cells=st.lists(CELL, min_size=1, max_size=5),
    said=st.sampled_from(["", "topics", "sectors", "location", "id", "scheme:x", "?", "wizard"]),
    separator=st.sampled_from(["", "none", *SEPARATORS]),
)
def test_any_list_is_mapped_or_refused_in_words_and_a_choice_moves_no_other_choice(
    headers: list[str], cells: list[str], said: str, separator: str
) -> None:
    clean = [" ".join(cell.split()).replace('"', "") for cell in cells]
    header = dict.fromkeys(h.strip() for h in headers)
    rows = "".join(
        "\t".join([str(at), *[cell] * len(header)]) + "\n" for at, cell in enumerate(clean)
    )
    text = "\t".join(["id", *header]) + "\n" + rows
    try:
        table = read_table(text.encode())
        free = map_columns(table, "organisation")
        held = ColumnChoice(table.header[0], "id")
        mapping = map_columns(
            table, "organisation", (held, ColumnChoice(table.header[-1], said, "", separator))
        )
    except KnowledgeError as error:
        assert error.text("de") != error.text("en")
        return
    assert len(free.guesses) == sum(map(bool, table.header))
    if len(table.header) > 1:
        assert mapping.guesses[0].means == "id"
    for column in mapping.columns:
        if column.split:
            cell = table.rows[0].cells[column.position]
            assert all(part in cell for part in column.split(cell))


@given(
    choice=st.builds(
        ColumnChoice,
        HEADER.map(str.strip).filter(lambda text: text and "=" not in text),
        st.sampled_from([*known_columns("organisation"), "scheme:Was wir tun", ""]),
        st.sampled_from(["", "de", "en"]),
        st.sampled_from(["", "none", *SEPARATORS]),
    )
)
def test_choices_round_trip(choice: ColumnChoice) -> None:
    said = ":".join(filter(None, (choice.means, choice.lang, choice.separator)))
    if choice.means:
        assert read_choice(f"{choice.header}={said}") == choice
