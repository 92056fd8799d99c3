"""The compiled column checks agree with the full SHACL validator, their oracle."""

import csv
import io
import re
from collections.abc import Iterable
from dataclasses import fields

from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Triple

from graph.checking.shapes import validate as shacl
from graph.importing import Table, map_columns, read_table, validate
from graph.importing.cells import Reference
from ontology import CR, KINDS, RDF, PropertyCheck, checks

BASE = "https://example.org/"
TYPE = NamedNode(RDF + "type")
ORGANISATION = NamedNode(KINDS["organisation"].iri)

# Cells that are right and cells that are wrong, for every constraint that a cell can break.
TEXT = st.text(alphabet="abcÄß .-", min_size=1, max_size=12).filter(lambda t: t == t.strip())
PARTS = ("2015", "2015-3", "2015-03", "2015-13", "2015-03-04", "2015-03-32", "04.03.2015", "15")
CELLS = {
    "name": st.one_of(st.just(""), TEXT, st.sampled_from(["n" * 300, "n" * 301])),
    "name_en": st.one_of(st.just(""), TEXT),
    "legal_form": st.sampled_from(["", "GmbH", "f" * 100, "f" * 101]),
    "register_number": st.sampled_from(["", "HRB 12, Amtsgericht Ulm", "none"]),
    "vat_number": st.sampled_from(["", "DE123456789", "123456789"]),
    "ror_id": st.sampled_from(["", "https://ror.org/012345678", "ror"]),
    "founded": st.sampled_from(["", *PARTS]),
    "as_of": st.sampled_from(["", *PARTS]),
    "member_since": st.sampled_from(["", *PARTS]),
    "employees": st.sampled_from(["", "0", "12", "-3", "1.5", "ten", "1e3"]),
    "status": st.sampled_from(["", "open", "historical", "asleep"]),
    "invented": st.sampled_from(["", "true", "false", "perhaps"]),
    "website": st.sampled_from(
        ["", "https://a.example/x?y=1", "http://b.example", "ftp://c.example"]
    ),
    "description_de": st.one_of(st.just(""), TEXT),
    "description_en": st.sampled_from(["", "short", "d" * 10_000, "d" * 10_001]),
    "alt_names": st.lists(TEXT, max_size=3).map(" | ".join),
}
ROWS = st.lists(st.fixed_dictionaries(CELLS), min_size=1, max_size=8)


def table_of(rows: list[dict[str, str]]) -> Table:
    out = io.StringIO()
    writer = csv.DictWriter(out, ["id", *CELLS], lineterminator="\n")
    writer.writeheader()
    writer.writerows({"id": f"o-{number}", **row} for number, row in enumerate(rows))
    return read_table(out.getvalue().encode(), "rows.csv")


def taken_literally(key: str, row: dict[str, str]) -> Iterable[Triple]:
    """What a row would say if every cell were believed."""
    thing = NamedNode(BASE + key)
    yield Triple(thing, TYPE, ORGANISATION)
    for name, cell in row.items():
        check = checks("organisation").column(name)
        assert check is not None
        for text in re.split(r"\s*\|\s*", cell) if check.many else [cell]:
            if text:
                yield Triple(thing, NamedNode(check.path), _believed(text, name, check))


def _believed(text: str, column: str, check: PropertyCheck) -> NamedNode | Literal:
    if check.node_kind == "IRI":
        return NamedNode(text)
    if column.endswith(("_de", "_en")):
        return Literal(text, language=column[-2:])
    return Literal(text, datatype=NamedNode(check.datatype)) if check.datatype else Literal(text)


@settings(max_examples=25)
@given(ROWS)
def test_a_row_is_refused_exactly_where_the_validator_objects(rows: list[dict[str, str]]) -> None:
    table = table_of(rows)
    accepted = {
        record.key for record in validate(table, map_columns(table, "organisation")).records
    }
    facts = [fact for n, row in enumerate(rows) for fact in taken_literally(f"o-{n}", row)]
    blamed = {finding.thing.removeprefix(BASE) for finding in shacl(facts)}
    assert accepted == {f"o-{number}" for number in range(len(rows))} - blamed


@settings(max_examples=25)
@given(ROWS)
def test_what_is_accepted_keeps_the_shapes(rows: list[dict[str, str]]) -> None:
    table = table_of(rows)
    facts = []
    for record in validate(table, map_columns(table, "organisation")).records:
        thing = NamedNode(BASE + record.key)
        facts.append(Triple(thing, TYPE, ORGANISATION))
        for path, value in record.said:
            assert not isinstance(value, Reference)
            facts.append(Triple(thing, NamedNode(path), value))
    assert shacl(facts) == []


def test_the_rows_try_every_constraint_on_a_cell() -> None:
    tried = [check for name in CELLS if (check := checks("organisation").column(name))]
    defaults = {one.name: one.default for one in fields(PropertyCheck)}
    for name in (
        *("datatype", "in_values", "pattern", "min_count", "max_count", "min_value"),
        *("min_length", "max_length", "languages", "unique_lang", "node_kind"),
    ):
        assert any(getattr(check, name) != defaults[name] for check in tried), name
    links = {check.path for check in checks("organisation").properties if check.kinds}
    left = {check.path for check in checks("organisation").properties} - links
    assert left - {check.path for check in tried} == {RDF + "type", CR + "role"}
