"""What figures are called: a table of numbers has no names, but people need some."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Final

from pyoxigraph import Literal

from graph.importing.cells import Reference
from graph.importing.figure_words import MEASURES, UNITS
from graph.importing.mapping import NAMES
from graph.importing.records import Record
from graph.knowledge import View
from ontology import CR

_QUALIFIERS: Final = {
    "about": ("about", "rund"),
    "more than": ("more than", "mehr als"),
    "almost": ("almost", "fast"),
    "up to": ("up to", "bis zu"),
    "average": ("on average", "im Mittel"),
}
"""How a note may begin that qualifies the number."""
_BARE: Final = frozenset({"year", "rank"})
"""Units that are not told: the number speaks for itself."""
_LARGEST_YEAR: Final = 2100


def figure_labels(
    measure: str, value: str, unit: str, note: str, subject: dict[str, str]
) -> dict[str, str]:
    """The names of a figure in English and German.

    Args:
        measure: what is measured, in snake_case.
        value: the number.
        unit: what one of it is; empty for none.
        note: what qualifies it; only its first words count here.
        subject: language to the name of the thing that it is about.

    >>> names = figure_labels("members", "1050", "companies", "about; 2015", {"en": "A", "de": "B"})
    >>> names["en"], names["de"]
    ('Members (A): about 1,050 companies', 'Mitglieder (B): rund 1.050 Unternehmen')
    >>> figure_labels("value_pact_since", "2013", "year", "", {"en": "A"})["en"]
    'Value pact since (A): 2013'
    """
    english, german = MEASURES.get(measure, ("", ""))
    english = english or measure.replace("_", " ").capitalize()
    german = german or english
    opening = note.replace(",", ";").partition(";")[0].strip()
    about = _QUALIFIERS.get(opening, ("", ""))
    words = ("", "") if unit in _BARE else (unit, UNITS.get(unit, unit))
    found: dict[str, str] = {}
    for place, (lang, name, separator) in enumerate((("en", english, ","), ("de", german, "."))):
        whose = subject.get(lang) or next(iter(subject.values()), "")
        said = (about[place], _number(value, separator), words[place])
        # Brackets fit every measure: "Members of A", but "Value pact of A since".
        named = f"{name} ({whose})" if whose else name
        found[lang] = f"{named}: {' '.join(part for part in said if part)}"
    return found


def _number(value: str, separator: str) -> str:
    """A number with its thousands parted, unless it may be a year.

    >>> _number("13000", "."), _number("2013", "."), _number("2.5", ".")
    ('13.000', '2013', '2,5')
    """
    number = Decimal(value)
    point = "," if separator == "." else "."
    if number != number.to_integral_value():
        return format(number.normalize(), "f").replace(".", point)
    if 1800 <= number <= _LARGEST_YEAR:
        return f"{number:f}"
    return f"{int(number):,}".replace(",", separator)


def named(record: Record, resolve: Callable[[Reference], str], view: View) -> Record:
    """A record as it is; a figure that has no name with one, of its measure and its subject.

    Args:
        record: what a row says.
        resolve: the thing that a word means, or empty.
        view: what the importer may read.
    """
    if record.kind != "figure" or record.texts(*NAMES):
        return record
    subject = next((v for _, v in record.said if isinstance(v, Reference)), None)
    thing = view.thing(resolve(subject)) if subject else None
    measure, value, unit, note = (
        next((text.value for text in record.texts(CR + name)), "")
        for name in ("measure", "value", "unitOfMeasure", "note")
    )
    whose = {lang: thing.label(lang) for lang in ("en", "de")} if thing else {}
    names = figure_labels(measure, value, unit, note, whose)
    labels = [(NAMES[0], Literal(name, language=lang)) for lang, name in names.items()]
    return replace(record, said=(*labels, *record.said))
