"""What a person may write in each column of a template, by way of example."""

from typing import Final

from graph.importing.mapping import LOCATED_IN, NAMES, OTHER_NAMES
from ontology import CR, DCT, FOAF, RDF, XSD, Bilingual, PropertyCheck, code_label


def _same(text: str) -> Bilingual:
    return Bilingual(text, text)


NAME_OF: Final = {
    "cluster": Bilingual("Photonics Network Musterland", "Photonik-Netzwerk Musterland"),
    "organisation": _same("Muster Optik GmbH"),
    "person": _same("Dr. Erika Muster"),
    "competence": Bilingual("laser welding", "Laserschweißen"),
    "sector": Bilingual("mechanical engineering", "Maschinenbau"),
    "topic": Bilingual("photonics", "Photonik"),
    "device": Bilingual("Scanning electron microscope", "Rasterelektronenmikroskop"),
    "listing": Bilingual("Free capacity in laser welding", "Freie Kapazität beim Laserschweißen"),
    "project": Bilingual("Light for Industry", "Licht für die Industrie"),
    "event": Bilingual("Members' forum", "Mitgliederforum"),
    "training": Bilingual("Laser safety officer", "Laserschutzbeauftragte"),
    "publication": Bilingual("Guide to laser welding", "Leitfaden Laserschweißen"),
    "call": Bilingual("Photonics for medium-sized firms", "Photonik für den Mittelstand"),
    "roadmap": Bilingual("Ultrashort pulses in series", "Ultrakurze Pulse in Serie"),
    "figure": Bilingual("Members in 2025", "Mitglieder 2025"),
    "place": _same("Musterstadt"),
    "group": Bilingual("Working group optics", "Arbeitskreis Optik"),
    "programme": Bilingual("Musterland innovates", "Musterland innoviert"),
}
"""A made-up thing of each kind."""

_WORDS: Final = {
    CR + "legalForm": _same("GmbH"),
    CR + "registerNumber": _same("HRB 1234, Amtsgericht Musterstadt"),
    CR + "vatNumber": _same("DE123456789"),
    CR + "rorId": _same("https://ror.org/012345678"),
    CR + "role": Bilingual("founding member", "Gründungsmitglied"),
    CR + "manufacturer": _same("Muster AG"),
    CR + "model": _same("SEM 300"),
    CR + "capacity": Bilingual("20 hours a week", "20 Stunden in der Woche"),
    CR + "measure": _same("members"),
    CR + "value": _same("120"),
    CR + "unitOfMeasure": Bilingual("organisations", "Organisationen"),
    CR + "ratedBy": Bilingual("experts of the network", "Fachleute des Netzwerks"),
    CR + "note": Bilingual("at the end of the year", "am Jahresende"),
    CR + "year": _same("2025"),
    FOAF + "homepage": _same("www.example.org"),
    DCT + "description": Bilingual("What it is, in a few sentences.", "Was es ist, kurz gesagt."),
    OTHER_NAMES: Bilingual("MO | Muster", "MO | Muster"),
}
_PLACES: Final = {
    "country": Bilingual("Germany", "Deutschland"),
    "region": Bilingual("Hesse", "Hessen"),
    "city": _same("Kassel"),
}
_BY_TYPE: Final = {
    XSD + "integer": _same("120"),
    XSD + "decimal": _same("12.5"),
    XSD + "boolean": Bilingual("no", "nein"),
}
_DATE: Final = _same("2025-03-04")


def example(kind: str, column: str, check: PropertyCheck) -> Bilingual:
    """What could stand in a column of a list of some kind.

    >>> from ontology import checks
    >>> example("cluster", "members", checks("cluster").column("members"))["de"]
    '120'
    """
    if check.path == LOCATED_IN and column in _PLACES:
        return _PLACES[column]
    if check.path in NAMES:
        return NAME_OF[kind]
    if check.in_values:
        return code_words(check, check.in_values[0])
    if found := _WORDS.get(check.path):
        return found
    if check.kinds:
        return NAME_OF[check.kinds[0]]
    return _BY_TYPE.get(check.datatype) or _DATE


def code_words(check: PropertyCheck, code: str) -> Bilingual:
    """What a code is called; itself where it has no name."""
    return Bilingual(*(code_label(check.path, code, lang) or code for lang in ("en", "de")))


YES_AND_NO: Final = (Bilingual("yes", "ja"), Bilingual("no", "nein"))
TYPE: Final = RDF + "type"
