"""From a cell that names places to countries, regions and towns, or to what is wrong with it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from graph.folding import fold
from graph.importing.cells import control_character, split_values
from graph.importing.columns import Column
from graph.importing.places import country_code
from graph.importing.problems import shortened
from graph.importing.whereabouts import Names, is_nowhere, without_postcode
from ontology import Bilingual

MOST_LETTERS: Final = 200


@dataclass(frozen=True)
class Remark:
    """What is to be said of one name of a place.

    Attributes:
        text: the name.
        message: what is wrong, and what to do.
        refuses: whether the row is refused because of it.
    """

    text: str
    message: Bilingual
    refuses: bool


def read_places(
    column: Column, cell: str, countries: Iterable[str] = ()
) -> tuple[Names, list[Remark]]:
    """The places that a cell names.

    Args:
        column: for countries, regions, towns or addresses.
        cell: not empty.
        countries: ISO codes that the row names elsewhere.
    """
    if column.locate:
        return _address(column, cell, countries)
    names: list[str] = []
    remarks: list[Remark] = []
    for name in (column.split or split_values)(cell):
        if is_nowhere(name):
            remarks.append(Remark(name, _EVERYWHERE, refuses=False))
            continue
        remarks += _wrong(column, name)
        read = {"country": country_code, "city": without_postcode}.get(column.name)
        names.append(read(name) if read else name)
    return {column.name: tuple(dict.fromkeys(names))}, remarks


def _wrong(column: Column, name: str) -> Iterator[Remark]:
    if column.name == "country":
        if not country_code(name):
            yield Remark(name, _NO_COUNTRY.with_(text=shortened(name)), refuses=True)
    elif wrong := control_character(name):
        yield Remark(name, wrong, refuses=True)
    elif len(name) > MOST_LETTERS or not fold(without_postcode(name)):
        yield Remark(name, _NO_PLACE, refuses=True)


def _address(column: Column, cell: str, countries: Iterable[str]) -> tuple[Names, list[Remark]]:
    assert column.locate is not None
    if wrong := control_character(cell):
        return {}, [Remark(cell, wrong, refuses=True)]
    found = column.locate(cell, countries)
    message = _EVERYWHERE if is_nowhere(cell) else _NOWHERE
    return found, [] if found else [Remark(cell, message, refuses=False)]


_NO_COUNTRY: Final = Bilingual(
    "“{text}” is not a country. Write two letters of ISO 3166-1, for example DE, AT or CH.",
    "„{text}“ ist kein Land. Zwei Buchstaben nach ISO 3166-1 schreiben, zum Beispiel DE, AT, CH.",
)
_EVERYWHERE: Final = Bilingual(
    "This names no one place, so none is said.",
    "Das nennt keinen bestimmten Ort; deshalb wird keiner gesagt.",
)
_NOWHERE: Final = Bilingual(
    "No town, region or country is plain here, so no place is said. Write the town, and the "
    "country beside it.",
    "Hier ist weder Ort noch Region noch Land eindeutig; deshalb wird kein Ort gesagt. Den Ort "
    "schreiben und das Land daneben.",
)
_NO_PLACE: Final = Bilingual(
    "This is not the name of a place. Write the name only, without postcode or street.",
    "Das ist kein Name eines Ortes. Nur den Namen schreiben, ohne Postleitzahl und Straße.",
)
