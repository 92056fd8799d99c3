"""Regions that addresses name after a town, and names of towns in English.

Only regions that people write without their country are needed: ``Berkeley, CA``; ``Perth,
Western Australia``. German-speaking ones have the name that lists of clusters use.
"""

from functools import cache
from typing import Final

from graph.folding import forms

_BY_COUNTRY: Final[dict[str, str]] = {
    "US": (
        "AL Alabama; AK Alaska; AZ Arizona; AR Arkansas; CA California; CO Colorado; "
        "CT Connecticut; DE Delaware; DC District of Columbia; FL Florida; GA Georgia; HI Hawaii; "
        "ID Idaho; IL Illinois; IN Indiana; IA Iowa; KS Kansas; KY Kentucky; LA Louisiana; "
        "ME Maine; MD Maryland; MA Massachusetts; MI Michigan; MN Minnesota; MS Mississippi; "
        "MO Missouri; MT Montana; NE Nebraska; NV Nevada; NH New Hampshire; NJ New Jersey; "
        "NM New Mexico; NY New York; NC North Carolina; ND North Dakota; OH Ohio; OK Oklahoma; "
        "OR Oregon; PA Pennsylvania; RI Rhode Island; SC South Carolina; SD South Dakota; "
        "TN Tennessee; TX Texas; UT Utah; VT Vermont; VA Virginia; WA Washington; "
        "WV West Virginia; WI Wisconsin; WY Wyoming"
    ),
    "CA": (
        "AB Alberta; BC British Columbia; MB Manitoba; NB New Brunswick; NL Newfoundland and "
        "Labrador; NS Nova Scotia; ON Ontario; PE Prince Edward Island; QC Quebec; "
        "SK Saskatchewan"
    ),
    "AU": (
        "NSW New South Wales; QLD Queensland; TAS Tasmania; VIC Victoria; - Western Australia; "
        "- South Australia; - Northern Territory"
    ),
    "GB": "- England; - Scotland; - Wales; - Northern Ireland",
    "DE": (
        "- Baden-Württemberg; - Bayern = Bavaria; - Berlin; - Brandenburg; - Bremen; - Hamburg; "
        "- Hessen = Hesse; - Mecklenburg-Vorpommern; - Niedersachsen = Lower Saxony; "
        "NRW Nordrhein-Westfalen = North Rhine-Westphalia; "
        "- Rheinland-Pfalz = Rhineland-Palatinate; - Saarland; - Sachsen = Saxony; "
        "- Sachsen-Anhalt = Saxony-Anhalt; - Schleswig-Holstein; - Thüringen = Thuringia"
    ),
    "AT": (
        "- Burgenland; - Kärnten = Carinthia; - Niederösterreich = Lower Austria; "
        "- Oberösterreich = Upper Austria; - Salzburg; - Steiermark = Styria; - Tirol = Tyrol; "
        "- Vorarlberg; - Wien"
    ),
}
"""Country to its regions: abbreviation (or ``-``), name, and another name."""

_TOWNS: Final = {
    "DE": (
        "Munich = München; Cologne = Köln; Nuremberg = Nürnberg; Hanover = Hannover; "
        "Brunswick = Braunschweig; Juelich = Jülich; Muenster = Münster; Goettingen = Göttingen; "
        "Duesseldorf = Düsseldorf; Dusseldorf = Düsseldorf; Frankfurt = Frankfurt am Main"
    ),
    "AT": "Vienna = Wien",
    "CH": "Zurich = Zürich; Geneva = Genf; Lucerne = Luzern; Basle = Basel; Berne = Bern",
}


@cache
def _regions() -> dict[str, tuple[str, str, bool]]:
    """Folded name to (country, name, whether it is an abbreviation)."""
    found: dict[str, tuple[str, str, bool]] = {}
    for country, listed in _BY_COUNTRY.items():
        for entry in listed.split("; "):
            short, _, names = entry.partition(" ")
            name, _, other = names.partition(" = ")
            for text in filter(None, (name, other)):
                for form in forms(text):
                    found.setdefault(form, (country, name, False))
            if short != "-":
                found.setdefault(f"={short}", (country, name, True))
    return found


def region_of(text: str) -> tuple[str, str] | None:
    """(country, name) of a region that people name without its country.

    >>> region_of("CA"), region_of("Bavaria"), region_of("ca"), region_of("Toskana")
    (('US', 'California'), ('DE', 'Bayern'), None, None)
    """
    known = _regions()
    found = known.get(f"={text}") or next(
        (known[form] for form in forms(text) if form in known), None
    )
    return (found[0], found[1]) if found else None


@cache
def _towns() -> dict[tuple[str, str], str]:
    entries = ((country, one) for country, listed in _TOWNS.items() for one in listed.split("; "))
    found: dict[tuple[str, str], str] = {}
    for country, entry in entries:
        other, _, name = entry.partition(" = ")
        found.update({(country, form): name for form in forms(other)})
    return found


def town_name(name: str, country: str) -> str:
    """The name under which lists of German-speaking clusters know a town.

    >>> town_name("Munich", "DE"), town_name("Vienna", "US")
    ('München', 'Vienna')
    """
    known = _towns()
    return next((known[country, one] for one in forms(name) if (country, one) in known), name)
