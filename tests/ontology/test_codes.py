"""What lists write for a coded value leads to one code only."""

from collections import Counter

import pytest

from ontology import CR, KINDS, RDF, checks, code_label, code_names, codes

CODED = sorted(
    {check.path for kind in KINDS for check in checks(kind).properties if check.in_values}
)


@pytest.mark.parametrize("prop", CODED)
def test_no_name_means_two_codes_of_one_kind(prop: str) -> None:
    for kind in KINDS:
        for check in checks(kind).properties:
            if check.path != prop:
                continue
            names = Counter(
                name.casefold()
                for value in check.in_values
                for name in {one.casefold() for one in code_names(prop, value)}
            )
            assert [name for name, count in names.items() if count > 1] == []


@pytest.mark.parametrize(
    ("prop", "written", "code"),
    [
        (RDF + "type", "Firma", "company"),
        (RDF + "type", "Universität", "university"),
        (RDF + "type", "Verein", "association"),
        (RDF + "type", "Suche", "need"),
        (CR + "listingType", "Kapazität", "capacity"),
    ],
)
def test_common_words_of_office_lists_are_known(prop: str, written: str, code: str) -> None:
    assert code in codes(prop)
    assert written in code_names(prop, code)
    assert code_label(prop, code, "de")
