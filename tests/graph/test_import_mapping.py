"""Mapping and validation: headings as people write them, and cells with what to do."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode

from graph import KnowledgeError, read_table
from graph.importing import Mapping, Validated, map_columns, validate
from graph.importing.cells import Reference
from graph.importing.problems import NOTE
from ontology import CR, FOAF, KINDS, checks

COLUMNS = [
    (kind, column)
    for kind in KINDS
    if kind != "source"
    for check in checks(kind).properties
    for column in check.columns
]


def mapped(header: str, kind: str = "organisation") -> Mapping:
    return map_columns(read_table(f"{header}\n{';' * header.count(';')}x\n".encode()), kind)


def checked(text: str, kind: str = "organisation") -> Validated:
    table = read_table(text.encode())
    return validate(table, map_columns(table, kind))


@pytest.mark.parametrize(("kind", "column"), COLUMNS)
def test_every_column_of_the_shapes_is_understood(kind: str, column: str) -> None:
    mapping = map_columns(read_table(f"id,{column}\na,b\n".encode()), kind)
    assert len(mapping.columns) == 2
    assert not mapping.problems
    found = mapping.columns[1].check
    assert found is not None
    assert column in found.columns


@pytest.mark.parametrize(
    ("header", "name"),
    [
        ("Firma", "name"),
        ("FIRMENNAME", "name"),
        ("Rechtsform", "legal_form"),
        ("Gründungsjahr", "founded"),
        ("Gruendungsjahr", "founded"),
        ("Beschäftigte", "employees"),
        ("Mitglied in", "member_of"),
        ("Web-Seite", ""),
        ("Webseite", "website"),
        ("Bundesland", "region"),
        ("Legal form", "legal_form"),
    ],
)
def test_headings_as_people_write_them(header: str, name: str) -> None:
    mapping = mapped(f"id;{header}")
    assert [column.name for column in mapping.columns[1:]] == ([name] if name else [])


def test_the_language_of_a_text_is_told_by_its_heading() -> None:
    mapping = mapped("id;Beschreibung;description_en;Name;Name (deutsch)")
    assert [column.lang for column in mapping.columns] == ["", "de", "en", "", "de"]


def test_an_unknown_column_is_a_note_and_not_silence() -> None:
    (problem,) = mapped("id;name;Lieblingsfarbe").problems
    assert (problem.column, problem.level) == ("Lieblingsfarbe", NOTE)
    assert "Known are: id, name" in problem.message.en


def test_two_columns_of_one_meaning_are_a_note() -> None:
    (problem,) = mapped("id;name;Firma").problems
    assert problem.column == "Firma"
    assert "“name”" in problem.message.en


def test_a_list_that_names_nothing_is_refused() -> None:
    with pytest.raises(KnowledgeError, match="no column that names its rows"):
        mapped("website;Land")


def test_an_unknown_kind_is_refused_with_the_known_ones() -> None:
    with pytest.raises(KnowledgeError, match="cluster, organisation"):
        mapped("id;name", "wizard")


@pytest.mark.parametrize(
    ("column", "value", "said"),
    [
        ("employees", "zwölf", "not a whole number"),
        ("employees", "1.250", "not a whole number"),
        ("employees", "-3", "too small"),
        ("website", "javascript:alert(1)", "not a web address"),
        ("website", "ftp://example.org", "not a web address"),
        ("website", "https://exa mple.org", "not a web address"),
        ("country", "Atlantis", "not a country"),
        ("kind", "bakery", "Write one of: company"),
        ("founded", "1.4.1999", "Write 2015, 2015-03 or 2015-03-04"),
        ("founded", "1999-13", "Write 2015, 2015-03 or 2015-03-04"),
        ("status", "closed", "Write one of: open, historical"),
        ("invented", "perhaps", "Write true or false"),
        ("legal_form", "x" * 101, "101 characters; 100 are allowed"),
        ("name", "bell\x07", "cannot be seen or printed"),
    ],
)
def test_a_wrong_cell_gives_row_column_value_and_what_to_do(
    column: str, value: str, said: str
) -> None:
    header = "id;name" if column == "name" else f"id;name;{column}"
    good, bad = ("a;A", f"b;{value}") if column == "name" else ("a;A;", f"b;B;{value}")
    result = checked(f"{header}\n{good}\n{bad}\n")
    (problem,) = result.problems
    assert (problem.row, problem.column) == (3, column)
    assert problem.value == value or problem.value.endswith("…") or value.startswith("bell")
    assert said in problem.message.en
    assert problem.message.de != problem.message.en
    assert [record.key for record in result.records] == ["a"]
    assert result.refused == {"b"}


@pytest.mark.parametrize(
    ("column", "value", "path", "expected"),
    [
        ("website", "www.optence.de", FOAF + "homepage", NamedNode("https://www.optence.de")),
        ("website", "http://x.org/a?b=c", FOAF + "homepage", NamedNode("http://x.org/a?b=c")),
        ("employees", "0042", CR + "employeeCount", Literal(42)),
        ("founded", "1999-04", CR + "founded", Literal("1999-04")),
        ("invented", "ja", CR + "invented", Literal(True)),
        ("status", "OPEN", CR + "status", Literal("open")),
        (
            "member_of",
            "Optence",
            CR + "memberOf",
            Reference(("cluster", "organisation"), "Optence"),
        ),
        ("roles", "funder", CR + "role", Literal("funder", language="en")),
    ],
)
def test_what_a_right_cell_says(column: str, value: str, path: str, expected: object) -> None:
    (record,) = checked(f"id;name;{column}\na;A;{value}\n").records
    assert (path, expected) in record.said


def test_values_are_joined_by_bars_and_texts_are_not() -> None:
    (record,) = checked("id;name;member_of\na;A | B;optence | | spectronet\n").records
    assert record.name == "A | B"
    assert [v.text for _, v in record.said if isinstance(v, Reference)] == ["optence", "spectronet"]


def test_codes_may_be_written_in_words() -> None:
    (record,) = checked("id;name;Art\na;A;Forschungseinrichtung\n").records
    assert record.codes == ("research",)


def test_countries_may_be_written_in_words() -> None:
    (record,) = checked("id;name;Land\na;A;Schweiz | de\n").records
    assert record.places == {"country": ("CH", "DE")}


def test_what_a_new_row_needs_is_asked_for_by_its_column() -> None:
    result = checked("id,title_en,direction,kind\na,Offer,offer,\nb,,need,service\n", "listing")
    assert [(p.row, p.column) for p in result.problems] == [(2, "kind"), (3, "title_en")]
    assert "“kind” is missing" in result.problems[0].message.en


def test_two_rows_of_one_name_need_ids() -> None:
    result = checked("name\nAlpha\nalpha\n")
    (problem,) = result.problems
    assert (problem.row, problem.column) == (3, "name")
    assert "Row 2 is called the same" in problem.message.en
    assert result.refused == frozenset(), "the first one is not refused"


def test_an_end_before_the_start_is_wrong() -> None:
    result = checked("id,title_en,date_start,date_end\na,A,2015-03,2015-02-28\n", "event")
    assert [p.column for p in result.problems] == ["date_end"]
    assert checked("id,title_en,date_start,date_end\na,A,2015-03-04,2015\n", "event").records


def test_the_kind_column_of_a_thesaurus_chooses_the_kind() -> None:
    result = checked(
        "id,label_de,label_en,kind\na,A,A,sector\nb,B,B,method\nc,C,C,technology\n", "topic"
    )
    assert [record.kind for record in result.records] == ["sector", "competence", "topic"]


@given(
    st.sampled_from(sorted(set(KINDS) - {"source"})),
    st.lists(
        st.text(st.characters(exclude_categories=["Cs"]), max_size=15), min_size=1, max_size=5
    ),
    st.data(),
)
def test_any_header_and_any_cells_give_records_or_problems(
    kind: str, extra: list[str], data: st.DataObject
) -> None:
    known = [column for name, column in COLUMNS if name == kind]
    header = ["id", *data.draw(st.lists(st.sampled_from(known), unique=True, max_size=4)), *extra]
    cells = [data.draw(st.text(max_size=12)) for _ in header]
    quoted = [
        "\t".join(f'"{c}"' for c in (x.replace('"', "") for x in row)) for row in (header, cells)
    ]
    content = "\n".join(quoted).encode("utf-8", "replace")
    try:
        table = read_table(content)
        result = validate(table, map_columns(table, kind))
    except KnowledgeError as error:
        assert error.text("de")
        return
    assert len(result.records) + result.refused_rows == len(table.rows)
    for problem in result.problems:
        assert problem.message.en
        assert problem.message.de
