"""Whatever happens to a list: no traceback, no lost row, no value that changes silently."""

import csv
import io
import json
import re
from typing import Any

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal

from graph import Knowledge, KnowledgeError, ListInfo, Plan, Table, make_plan, read_table
from graph.importing import map_columns, validate
from ontology import CR, DCT, RDFS
from tests.graph.broken_lists import (
    CSV_LISTS,
    JSON_LIST,
    RDF_LISTS,
    TEXT,
    Mutation,
    mutated,
    mutations,
    ods_list,
    with_parts,
    xlsx_list,
)

# What runs in many forms, or starts a process for each example, may have fewer of them.
HALF = settings(max_examples=max(12, settings().max_examples // 2))
FEWER = settings(max_examples=max(6, settings().max_examples // 4))
WORKBOOKS = {"xlsx": xlsx_list(), "ods": ods_list()}


def taken(content: bytes, name: str = "list.csv", kind: str = "organisation") -> Plan | None:
    """The plan of a list in which each row is accounted for; None where it is refused in words."""
    try:
        table = read_table(content, name)
        with Knowledge.open(None) as knowledge:
            plan = make_plan(knowledge, table, ListInfo(kind=kind, source="broken"))
    except KnowledgeError as error:
        in_words(error)
        return None
    accounted(table, plan)
    return plan


def in_words(error: KnowledgeError) -> None:
    for lang in ("en", "de"):
        assert error.message[lang].strip(), error
        assert error.remedy[lang].strip(), error


def accounted(table: Table, plan: Plan) -> None:
    """Every row of a list is imported, refused or named in a note."""
    counts = plan.counts
    assert counts["rows"] == len(table.rows)
    assert counts["rows"] == counts["new"] + counts["refused"], "nothing else is there"
    told = {one.row for one in plan.problems} | {row.number for row in plan.rows}
    assert {row.number for row in table.rows} <= told
    for problem in plan.problems:
        assert problem.message.en
        assert problem.message.de


def checked(content: bytes, name: str = "list.csv") -> None:
    """A list is read and each row checked, or refused in words."""
    try:
        table = read_table(content, name)
        validated = validate(table, map_columns(table, "organisation"))
    except KnowledgeError as error:
        in_words(error)
        return
    told = {one.row for one in validated.problems} | {one.number for one in validated.records}
    assert {row.number for row in table.rows} <= told


@pytest.mark.parametrize("form", CSV_LISTS)
def test_a_list_as_it_is_comes_in(form: str) -> None:
    plan = taken(CSV_LISTS[form])
    assert plan is not None
    assert (plan.counts["new"], plan.counts["refused"]) == (3, 1)
    assert [one.row for one in plan.problems if one.message.en.startswith("This row looks")]


@pytest.mark.parametrize("form", CSV_LISTS)
@HALF
@given(several=mutations)
def test_bytes_that_are_hurt(form: str, several: list[Mutation]) -> None:
    checked(mutated(CSV_LISTS[form], several))


@given(mutations)
def test_plans_of_hurt_lists_account_for_each_row(several: list[Mutation]) -> None:
    taken(mutated(CSV_LISTS["utf-8"], several))


@given(st.binary(max_size=400))
@example(b"")
@example(b"PK\x03\x04")
@example(b"\xd0\xcf\x11\xe0" * 20)
@example(b"\xff\xfe" + b"a" * 7)
def test_any_bytes_at_all(content: bytes) -> None:
    checked(content)


CELL = st.text(
    st.characters(blacklist_categories=["Cs", "Cc"]) | st.sampled_from("\n\t;,|\"'=-@+"),
    max_size=14,
).map(str.strip)
ROW = st.fixed_dictionaries(
    {
        "name": CELL.filter(lambda text: len(re.sub(r"[\W_]", "", text)) > 2),
        "legal_form": CELL,
        "description_de": CELL,
        "employees": st.sampled_from(["", "0", "12", "1000000", "007", "-1", "1.5", "x"]),
        "founded": st.sampled_from(["", "1999", "1999-12", "2000-02-30x", "1.1.2000"]),
    }
)
COLUMNS = ["name", "legal_form", "description_de", "employees", "founded"]
FORM = st.tuples(
    st.sampled_from([";", ",", "\t"]),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
    st.sampled_from(["\n", "\r\n"]),
    st.booleans(),
)


def written(rows: list[dict[str, str]], form: tuple[str, str, str, bool]) -> bytes:
    delimiter, encoding, end, quoted = form
    out = io.StringIO(newline="")
    writer = csv.DictWriter(
        out,
        COLUMNS,
        delimiter=delimiter,
        lineterminator=end,
        quoting=csv.QUOTE_ALL if quoted else csv.QUOTE_MINIMAL,
    )
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode(encoding)


@given(st.lists(ROW, min_size=1, max_size=6), FORM)
def test_what_is_stored_is_what_the_cell_said(
    rows: list[dict[str, str]], form: tuple[str, str, str, bool]
) -> None:
    table = read_table(written(rows, form), "list.csv")
    said = [tuple(row[name] for name in COLUMNS) for row in rows]
    noted = {one.row for one in table.problems}
    read = [row.cells for row in table.rows]
    assert read == said[: len(read)]
    assert len(read) + len(noted) == len(said), "a sum that is left out is told"
    validated = validate(table, map_columns(table, "organisation"))
    for record in validated.records:
        cells = dict(zip(COLUMNS, table.rows[record.number - 2].cells, strict=True))
        texts = {
            "name": RDFS + "label",
            "legal_form": CR + "legalForm",
            "description_de": DCT + "description",
            "founded": CR + "founded",
        }
        for column, path in texts.items():
            assert [text.value for text in record.texts(path)] == [cells[column]] * bool(
                cells[column]
            )
        numbers = [int(text.value) for text in record.texts(CR + "employeeCount")]
        assert numbers == [int(cell) for cell in [cells["employees"]] if cell]


HEADS = st.one_of(
    st.sampled_from(["Firma", "Ort", "seit", "Mitglied in", "Rolle", "id", "Name (deutsch)", "?"]),
    CELL,
)


@given(st.lists(HEADS, min_size=1, max_size=8), st.lists(CELL, min_size=8, max_size=24))
def test_any_headers(heads: list[str], cells: list[str]) -> None:
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";")
    writer.writerow(heads)
    width = len(heads)
    for at in range(0, len(cells) - width + 1, width):
        # Some rows are too short or too long.
        writer.writerow(cells[at : at + width + at % 3 - 1])
    taken(out.getvalue().encode())


def test_the_workbooks_as_they_are_come_in() -> None:
    for content in WORKBOOKS.values():
        table = read_table(content, "list")
        assert (len(table.rows), table.header_row) == (5, 3)


@pytest.mark.parametrize("form", WORKBOOKS)
@FEWER
@given(several=mutations)
def test_workbooks_whose_bytes_are_hurt(form: str, several: list[Mutation]) -> None:
    checked(mutated(WORKBOOKS[form], several), f"list.{form}")


ODDITIES = [
    (rb"<dimension [^>]*>", b'<dimension ref="A1:XFD1048576"/>'),
    (rb"<dimension [^>]*>", b'<dimension ref="B9:A1"/>'),
    (rb'r="F8"', b'r="XFD1048576"'),
    (rb'ref="C5:C6"', b'ref="A1:XFD1048576"'),
    (rb'ref="C5:C6"', b'ref="Z9:A1"'),
    (rb"<v>250</v>", b"<v>1e999</v>"),
    (rb"<v>250</v>", b"<v>NaN</v>"),
    (rb"<v>250</v>", b"<v>-99999999999999999999</v>"),
    (rb't="s"><v>0</v>', b't="s"><v>4294967295</v>'),
    (rb't="s"><v>0</v>', b't="d"><v>9999-99-99T99:99:99</v>'),
    (rb't="n"', b't="e"'),
    (rb"<f>6\+6</f><v ?/>", b"<f>6+6</f><v>#REF!</v>"),
    (rb'r="5"', b'r="4"'),
    (rb'r="5"', b'r="0"'),
    (rb"</sheetData>", b""),
]


@FEWER
@given(st.lists(st.sampled_from(ODDITIES), min_size=1, max_size=3), mutations, st.booleans())
def test_workbooks_whose_sheets_are_hurt(
    oddities: list[tuple[bytes, bytes]], several: list[Mutation], hurt: bool
) -> None:
    def change(inner: bytes) -> bytes:
        for pattern, instead in oddities:
            inner = re.sub(pattern, instead, inner)
        return mutated(inner, several) if hurt else inner

    checked(with_parts(WORKBOOKS["xlsx"], change), "list.xlsx")


PLAIN: Any = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=8)
    | st.just(10**400)
    | st.just(float("nan")),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=6,
)


@given(st.lists(st.dictionaries(st.sampled_from(["name", "city", "x"]), PLAIN), max_size=4))
def test_any_json(objects: list[dict[str, Any]]) -> None:
    checked(json.dumps(objects).encode(), "list.json")


@given(mutations)
@example([("insert", 12, 1, b'{"name": "x", "name": "y"}, ')])
def test_json_that_is_hurt(several: list[Mutation]) -> None:
    checked(mutated(JSON_LIST.encode(), several), "list.json")


def test_no_key_of_an_object_hides_another() -> None:
    with pytest.raises(KnowledgeError, match=r"“a\.b” is there twice"):
        read_table(b'[{"name": "x", "a.b": 1, "a": {"b": 2}}]', "list.json")


@given(st.integers(1, 4_000), st.sampled_from(['{"a":', "[", '[{"a":']))
def test_json_that_is_deep(depth: int, opened: str) -> None:
    closing = "".join({"{": "}", "[": "]"}.get(sign, "") for sign in reversed(opened * depth))
    checked((opened * depth + "1" + closing).encode(), "list.json")


@pytest.mark.parametrize("name", RDF_LISTS)
@FEWER
@given(several=mutations)
def test_rdf_that_is_hurt(name: str, several: list[Mutation]) -> None:
    taken(mutated(RDF_LISTS[name], several), name, kind="")


@FEWER
@given(st.text(max_size=60), st.sampled_from(["", "de", "en", "fr"]))
def test_texts_of_rdf_are_stored_as_they_are(text: str, lang: str) -> None:
    assume(not re.search(r"[\ud800-\udfff]", text))
    literal = Literal(text, language=lang) if lang else Literal(text)
    line = (
        "<https://example.org/a> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> "
        f"<{CR}Organisation> .\n<https://example.org/a> <{RDFS}label> {literal} .\n"
    )
    plan = taken(line.encode(), "x.nt", kind="")
    assert plan is not None
    stored = {q.object for q in plan.change.add if q.predicate.value == RDFS + "label"}
    assert (literal in stored) == (plan.counts["refused"] == 0)


def test_the_real_list_is_long_enough_to_be_hurt_everywhere() -> None:
    assert max(map(len, CSV_LISTS.values())) < 1 << 16
    assert "Summe" in TEXT
