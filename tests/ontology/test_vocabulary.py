"""The words of the ontology: whole, bilingual, and the only ones that the code uses."""

import re
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, parse

from graph.inference import INTEREST
from ontology import (
    CR,
    KINDS,
    OWL,
    RDF,
    RDFS,
    WEDGES,
    classes,
    code_class,
    code_label,
    codes,
    files,
    inverse_label,
    kind_of,
    plural_label,
    properties,
    schema,
    term_comment,
    term_label,
)
from ontology.reference import page
from ontology.turtle import ontology

ROOT = Path(__file__).resolve().parents[2]
LANGUAGES = ("de", "en")
TERMS = (*classes(), *properties())


def local(name: str) -> str:
    return CR + name


@pytest.mark.parametrize("iri", TERMS, ids=lambda iri: iri.rpartition("#")[2])
def test_every_term_has_a_label_and_a_comment_in_both_languages(iri: str) -> None:
    for lang in LANGUAGES:
        assert term_label(iri, lang)
        assert term_comment(iri, lang).endswith(".")
    assert term_comment(iri, "de") != term_comment(iri, "en")


@pytest.mark.parametrize("iri", classes(), ids=lambda iri: iri.rpartition("#")[2])
def test_every_class_has_a_plural(iri: str) -> None:
    said = ontology()
    (node,) = [node for node in said.subjects(OWL + "Class") if node.value == iri]
    assert said.bilingual(node, CR + "pluralLabel")


def test_every_link_can_be_read_both_ways() -> None:
    links = [
        node.value
        for node in ontology().subjects(OWL + "ObjectProperty")
        if node.value.startswith(CR)
    ]
    assert len(links) > 40
    unreadable = [iri for iri in links for lang in LANGUAGES if not inverse_label(iri, lang)]
    assert unreadable == []


def test_no_two_kinds_and_no_two_properties_of_a_kind_are_called_the_same() -> None:
    for lang in LANGUAGES:
        kinds = [term_label(kind.iri, lang) for kind in KINDS.values()]
        assert len(set(kinds)) == len(kinds)


def test_kinds_are_classes_and_wedges_are_known() -> None:
    for kind in KINDS.values():
        assert kind.iri in classes()
        assert kind_of(kind.iri) == kind.name
        assert kind.wedge in ("", *WEDGES)


def test_special_classes_belong_to_the_kind_above_them() -> None:
    special = "Company ResearchInstitute University PublicBody Association Investor Unit SME"
    assert {kind_of(local(name)) for name in special.split()} == {"organisation"}
    assert {kind_of(local(name)) for name in ("Offer", "Need")} == {"listing"}
    assert kind_of(local("Actor")) == ""


def test_what_is_borrowed_and_drawn_has_labels_too() -> None:
    borrowed = [iri for iri in INTEREST if not iri.startswith(CR) and iri != RDFS + "label"]
    borrowed += ["https://w3id.org/clusterradar/scheme/sectors"]
    assert [iri for iri in borrowed for lang in LANGUAGES if not term_label(iri, lang)] == []


def test_unknown_words_have_no_labels() -> None:
    assert term_label("https://example.org/x", "en") == ""
    assert term_comment("https://example.org/x", "de") == ""
    assert plural_label("https://example.org/x", "de") == ""
    assert inverse_label(local("memberCount"), "de") == ""
    assert code_label(local("scope"), "galactic", "en") == ""
    assert code_class(local("scope"), "regional") == ""


def test_labels_by_example() -> None:
    assert term_label(local("memberOf"), "en") == "member of"
    assert inverse_label(local("memberOf"), "de") == "hat Mitglied"
    assert inverse_label(local("hasCompetence"), "de") == "Kompetenz von"
    assert plural_label(local("Project"), "de") == "Projekte"
    assert code_label(local("trainingFormat"), "degree_programme", "de") == "Studiengang"
    assert code_class(RDF + "type", "research") == local("ResearchInstitute")


def test_every_code_is_bilingual_and_every_coded_class_exists() -> None:
    coded = [prop for prop in (*properties(), RDF + "type") if codes(prop)]
    assert len(coded) >= 10
    for prop in coded:
        for code in codes(prop):
            assert all(code_label(prop, code, lang) for lang in LANGUAGES)
            assert code_class(prop, code) in ("", *classes())


def test_only_datatypes_that_every_engine_keeps() -> None:
    kept = {"string", "integer", "decimal", "double", "boolean", "date", "dateTime", "anyURI"}
    assert {iri.rpartition("#")[2] for iri in schema().datatypes.values()} <= kept


@pytest.mark.parametrize("name", sorted(files()))
def test_the_files_are_turtle_without_a_word_that_is_not_defined(name: str) -> None:
    known = {*TERMS}
    used = set()
    for quad in parse(path=str(files()[name]), format=RdfFormat.TURTLE):
        used |= {quad.subject.value, quad.predicate.value, quad.object.value}
    assert {iri for iri in used if iri.startswith(CR)} <= known


def test_code_and_queries_use_no_word_that_is_not_defined() -> None:
    known = {iri.removeprefix(CR) for iri in TERMS}
    unknown = set()
    patterns = {".py": r'\bCR \+ "(\w+)"', ".rq": r"\bcr:(\w+)"}
    for room in ("ontology", "graph", "recommender", "webapp"):
        for suffix, pattern in patterns.items():
            for path in (ROOT / room).rglob("*" + suffix):
                used = set(re.findall(pattern, path.read_text(encoding="utf-8")))
                unknown |= {(path.name, word) for word in used - known}
    assert unknown == set()


def test_the_ontology_says_its_version() -> None:
    (node,) = ontology().subjects(OWL + "Ontology")
    assert node.value == CR.removesuffix("#")
    (version,) = ontology().texts(node, OWL + "versionIRI")
    (number,) = ontology().texts(node, OWL + "versionInfo")
    assert version == f"{node.value}/{number}"


def test_the_reference_page_is_current() -> None:
    path = ROOT / "docs" / "ontology.md"
    assert path.read_text(encoding="utf-8") == page(), (
        "write it anew: python -m ontology.reference > docs/ontology.md"
    )
