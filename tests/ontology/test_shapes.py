"""The shapes: compiled as a whole, or refused."""

import csv
from collections import Counter
from pathlib import Path

import pyshacl
import pytest
import rdflib

from ontology import CR, KINDS, RDF, RDFS, SKOS, ShapeError, checks, code_label, files, properties
from ontology.shapes import compiled

DATA = Path(__file__).resolve().parents[2] / "data" / "go-cluster"
TABLES = {
    "topics": "topic",
    "clusters": "cluster",
    "organisations": "organisation",
    "projects": "project",
    "events": "event",
    "trainings": "training",
    "listings": "listing",
    "roadmap": "roadmap",
    "facts": "figure",
}
ALL = [(kind, check) for kind in KINDS for check in checks(kind).properties]


def test_every_kind_has_a_shape_with_a_name() -> None:
    for kind in KINDS:
        names = [
            c for c in checks(kind).properties if c.path in (RDFS + "label", SKOS + "prefLabel")
        ]
        assert len(names) == 1
        assert names[0].min_count == (0 if kind == "figure" else 1)


def test_labels_and_comments_are_bilingual() -> None:
    for _, check in ALL:
        for text in (check.label, check.comment):
            assert text.en and text.de
        assert check.comment.de != check.comment.en


def test_properties_are_those_of_the_ontology() -> None:
    ours = {check.path for _, check in ALL if check.path.startswith(CR)}
    assert ours <= set(properties())


@pytest.mark.parametrize("kind", KINDS)
def test_no_column_and_no_heading_means_two_things(kind: str) -> None:
    columns = Counter(name for check in checks(kind).properties for name in check.columns)
    assert {name for name, count in columns.items() if count > 1} == set()
    headings = Counter(
        alias.casefold()
        for check in checks(kind).properties
        for alias in {alias.casefold() for alias in check.aliases} - set(check.columns)
    )
    assert {name for name, count in headings.items() if count > 1} == set()


def test_codes_that_people_choose_have_names() -> None:
    coded = [check for _, check in ALL if check.in_values]
    assert len(coded) > 10
    for check in coded:
        for value in check.in_values:
            assert code_label(check.path, value, "en"), (check.path, value)
            assert code_label(check.path, value, "de"), (check.path, value)


@pytest.mark.parametrize("table", TABLES)
def test_every_column_of_the_real_tables_is_understood(table: str) -> None:
    with (DATA / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        header = next(csv.reader(file))
    shape = checks(TABLES[table])
    assert [name for name in header if name != "id" and shape.column(name) is None] == []


def test_checks_by_example() -> None:
    organisation = checks("organisation")
    member_of = organisation.column("member_of")
    assert member_of is not None
    assert member_of.kinds == ("cluster", "organisation")
    assert (member_of.many, member_of.node_kind) == (True, "IRI")
    kind = organisation.column("kind")
    assert kind is not None
    assert kind.path == RDF + "type"
    assert "public_body" in kind.in_values
    employees = organisation.column("employees")
    assert employees is not None
    assert employees.min_value == 0
    assert (employees.max_count, employees.many) == (1, False)
    assert [check.columns for check in organisation.of(CR + "locatedIn")] == [
        ("country",),
        ("region",),
        ("city",),
    ]
    description = organisation.column("description_de")
    assert description is not None
    assert (description.languages, description.unique_lang) == (("de", "en"), True)
    assert checks("sector").properties == checks("topic").properties


def test_there_is_no_shape_for_an_unknown_kind() -> None:
    with pytest.raises(KeyError):
        checks("planet")


BEYOND = {
    "another constraint": ("sh:maxCount 1", "sh:maxExclusive 1"),
    "or over datatypes": ("sh:class cr:Cluster", "sh:or ( [ sh:datatype xsd:string ] )"),
    "or beside class": (
        "sh:class cr:Cluster",
        "sh:class cr:Cluster ; sh:or ( [ sh:class cr:Cluster ] )",
    ),
    "class of no kind": ("sh:class cr:Cluster", "sh:class cr:Actor"),
    "blank nodes": ("sh:nodeKind sh:Literal", "sh:nodeKind sh:BlankNode"),
    "a longer path": ("sh:path cr:legalForm", "sh:path ( cr:memberOf cr:legalForm )"),
    "two datatypes": ("sh:datatype xsd:boolean", "sh:datatype xsd:boolean, xsd:string"),
    "a closed shape": ("sh:targetClass cr:Cluster", "sh:closed true ; sh:targetClass cr:Cluster"),
    "no German name": ('sh:name "legal form"@en, "Rechtsform"@de', 'sh:name "legal form"@en'),
    "no column": ('cr:column "legal_form" ;', ""),
    "a weight of what the shape lacks": ("( cr:founded 1 )", "( cr:role 1 )"),
    "a weight that is no number": ("( cr:founded 1 )", "( cr:founded 0.5 )"),
    "no shape for a kind": ("sh:targetClass cr:Cluster", "sh:targetClass cr:Person"),
}


@pytest.mark.parametrize("case", BEYOND)
def test_a_shape_beyond_the_subset_is_refused(case: str, tmp_path: Path) -> None:
    said, instead = BEYOND[case]
    text = files()["shapes"].read_text(encoding="utf-8")
    assert said in text
    path = tmp_path / "shapes.ttl"
    path.write_text(text.replace(said, instead), encoding="utf-8")
    with pytest.raises(ShapeError):
        compiled(path)


def test_the_shapes_are_shacl_as_the_standard_has_it() -> None:
    shapes = rdflib.Graph().parse(files()["shapes"], format="turtle")
    conforms, _, _ = pyshacl.validate(rdflib.Graph(), shacl_graph=shapes, meta_shacl=True)
    assert conforms


def test_the_untouched_shapes_compile_from_any_place(tmp_path: Path) -> None:
    path = tmp_path / "shapes.ttl"
    path.write_bytes(files()["shapes"].read_bytes())
    assert set(compiled(path)) == set(KINDS)


def test_what_a_complete_profile_says_is_weighed_the_heaviest_first() -> None:
    for kind in ("organisation", "cluster", "person", "device", "listing"):
        weights = [weight for _, weight in checks(kind).weights]
        assert weights == sorted(weights, reverse=True) and weights[-1] >= 1
    assert checks("organisation").weights[0] == (CR + "hasCompetence", 3)
    assert checks("figure").weights == ()
