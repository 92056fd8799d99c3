"""What the header of a column says it is, in German or English, as people and programs write it.

Headers are compared folded, so that case, umlauts and punctuation do not matter. A column is found
by the names that its shape gives it, by other headings people use and by its label; where that
fails, by those of its words that are such a heading: ``organization_website``, ``Name der Firma``.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Final

from graph.folding import fold, forms, reduce
from graph.importing.places import LEVELS
from ontology import CR, RDF, RDFS, SKOS, Bilingual, KindShape, PropertyCheck

ID: Final = "id"
LOCATION: Final = "location"
"""A column of addresses in free text: town, region and country in one cell."""
LOCATED_IN: Final = CR + "locatedIn"
NAMES: Final = (RDFS + "label", SKOS + "prefLabel")
"""Properties that are a thing's name."""
SPOKEN: Final = (CR + "role", CR + "note")
"""Properties whose texts are in a language although their shapes do not ask for it."""

Meaning = tuple[str, PropertyCheck | None]
"""Name of a column without its language, and what its cells must keep."""

_ENGLISH: Final = ("label", "description", "profile", "role", "roles", "position")
_ID_WORDS: Final = frozenset({"id", "key", "slug", "kennung", "kurzel", "schlussel"})
_LANGUAGES: Final = {
    **dict.fromkeys(("de", "deu", "deutsch", "german"), "de"),
    **dict.fromkeys(("en", "eng", "englisch", "english"), "en"),
}
_FIELDS: Final = (
    *("arbeitsgebiete", "fachgebiete", "geschaftsfelder", "schwerpunkte", "tatigkeitsfelder"),
    *("themen", "technologien", "topics", "fields", "fields of work", "focus areas", "keywords"),
)
_ALSO: Final[Mapping[str, tuple[str, ...]]] = {
    "name": ("full name", "offizieller name", "display name", "anzeigename"),
    "alt_names": ("user name", "username", "acronym", "akronym", "short name", "abbreviation"),
    "website": ("homepage url", "website url", "www", "internetseite", "internetadresse"),
    "kind": ("form", "organisationsform", "category of organisation"),
    "employees": ("anzahl mitarbeiter", "number of employees", "headcount"),
    "description": ("about", "kurzbeschreibung", "short description", "summary", "uber uns"),
    LOCATION: ("location", "address", "adresse", "anschrift", "headquarters", "hauptsitz"),
    "country": ("nation",),
    "sectors": _FIELDS,
    "fields": _FIELDS,
    "topics": _FIELDS,
}
"""Column to headings that are too vague for the shapes, but tell enough where cells agree."""
_CATEGORIES_TEXT: Final = (
    "category categories classification kategorie kategorien klassifikation rubrik rubriken "
    "subcategory subcategories tag tags themenbereich themenbereiche themenfeld themenfelder "
    "themengebiet themengebiete unterkategorie unterkategorien"
)
_CATEGORIES: Final = frozenset(_CATEGORIES_TEXT.split()) | {
    "sub category",
    "sub categories",
    "sub kategorie",
    "subject area",
    "subject areas",
}
_OF_KIND_TEXT: Final = (
    "actor cluster company entity firma firmen institution member mitglied mitglieder netzwerk "
    "org organisation organisations organization organizations unternehmen "
    "person persons project projects projekt event device listing training call topic"
)
_OF_KIND: Final = frozenset(_OF_KIND_TEXT.split())
_FILLERS_TEXT: Final = (
    "a aktuell aktuelle an das de der des die for full haupt im in main listed of official "
    "offizielle offizieller primary the und and pflichtfeld current"
)
_FILLERS: Final = frozenset(_FILLERS_TEXT.split())


@dataclass(frozen=True)
class HeaderGuess:
    """What a header may mean.

    Attributes:
        meaning: the column.
        lang: the language that the header itself names; empty: none.
        sure: 1.0 where the column is called exactly so; less the more words are left over.
    """

    meaning: Meaning
    lang: str
    sure: float


class Headers:
    """The headings of one kind.

    Args:
        shape: of the kind.
    """

    def __init__(self, shape: KindShape) -> None:
        self._exact = {**_labels(shape), **_aliases(shape), **_column_names(shape)}
        names = {name: (name, check) for name, check in self._exact.values()}
        city = next((one for name, one in names.items() if name == "city"), None)
        if city:
            names[LOCATION] = (LOCATION, city[1])
        self._vague = {
            heading: names[name]
            for name, several in _ALSO.items()
            if name in names
            for heading in several
        }

    def named(self, name: str) -> Meaning | None:
        """The column of a name as templates write it, with or without a language."""
        bare = without_language(fold(name))[0].replace(" ", "_")
        both = (*self._exact.values(), *self._vague.values())
        return next((one for one in both if one[0] in (name, bare)), None)

    def guesses(self, header: str) -> list[HeaderGuess]:
        """What a header may mean, the likeliest first."""
        folded = fold(header)
        bare, lang = without_language(folded)
        found = self._exact.get(folded) or self._exact.get(bare) or self._exact.get(reduce(folded))
        if found:
            return [HeaderGuess(found, lang, 1.0)]
        guesses: dict[str, HeaderGuess] = {}
        for meaning, sure in self._parts(bare):
            known = guesses.get(meaning[0])
            if known is None or known.sure < sure:
                guesses[meaning[0]] = HeaderGuess(meaning, lang, sure)
        return sorted(guesses.values(), key=lambda guess: (-guess.sure, guess.meaning[0]))

    def _parts(self, folded: str) -> Iterator[tuple[Meaning, float]]:
        """The columns that some words of a header name, and how sure that is."""
        words = folded.split()
        whole = _telling(words)
        if whole != folded and (meaning := self._exact.get(whole) or self._vague.get(whole)):
            yield meaning, 0.9
        for start in range(len(words)):
            for end in range(len(words), start, -1):
                text = " ".join(words[start:end])
                meaning = self._exact.get(text) or self._vague.get(text)
                if meaning is None or meaning[0] == ID:
                    continue
                rest = [w for w in words[:start] + words[end:] if w not in _OF_KIND | _FILLERS]
                sure = 0.95 if len(words) == end - start else 0.9
                yield meaning, max(0.1, sure - 0.2 * len(rest))


def is_category(header: str) -> bool:
    """Whether a header says that its words sort things.

    >>> is_category("organization_sub_category"), is_category("Name")
    (True, False)
    """
    return _telling(fold(header).split()) in _CATEGORIES


def _telling(words: list[str]) -> str:
    """The words of a header without those that only say what a row is."""
    return " ".join(word for word in words if word not in _OF_KIND and word not in _FILLERS)


@cache
def _unkept() -> dict[str, Bilingual]:
    told: dict[str, Bilingual] = {}
    for listed, why in _UNKEPT.items():
        told.update(dict.fromkeys(listed.split(), why))
    return told


def unkept(header: str) -> Bilingual | None:
    """Why a column is left out although it is plain what it is; None where it may be kept.

    >>> unkept("organization_created_at").en, unkept("Ort")
    ('This only says when the entry was made or changed.', None)
    """
    words = fold(header).split()
    several = (*words, *(" ".join(pair) for pair in pairwise(words)))
    joined = (word.replace(" ", "-") for word in several)
    return next((_unkept()[word] for word in joined if word in _unkept()), None)


_UNKEPT: Final = {
    "created-at updated-at created modified updated timestamp zeitstempel erstellt geandert "
    "erstellt-am geandert-am anderungsdatum erstelldatum letzte-anderung last-update": Bilingual(
        "This only says when the entry was made or changed.",
        "Das sagt nur, wann der Eintrag angelegt oder geändert wurde.",
    ),
    "mail email e-mail mailadresse emailadresse": Bilingual(
        "Addresses for mail are not kept here.",
        "Mailadressen werden hier nicht geführt.",
    ),
    "telefon telefonnummer phone telephone tel fax mobil mobile handy": Bilingual(
        "Telephone numbers are not kept here.",
        "Telefonnummern werden hier nicht geführt.",
    ),
    "plz postleitzahl postcode zip zipcode zip-code postal-code "
    "strasse street hausnummer": Bilingual(
        "Of addresses only town, region and country are kept.",
        "Von Adressen werden nur Ort, Region und Land geführt.",
    ),
    "anzahl count counts total zahl number-of nr lfd lfdnr": Bilingual(
        "This is a number for which there is no column here.",
        "Das ist eine Zahl, für die es hier keine Spalte gibt.",
    ),
}
"""Words of headers, and why such a column is left out."""


def columns_of(shape: KindShape) -> Iterator[tuple[str, PropertyCheck]]:
    """All names of columns of a kind, as templates write them."""
    for check in shape.properties:
        for name in check.columns:
            yield name, check


def without_language(folded: str) -> tuple[str, str]:
    """A folded header without the language at its end, and that language.

    >>> without_language("description en"), without_language("beschreibung deutsch")
    (('description', 'en'), ('beschreibung', 'de'))
    """
    words = folded.split()
    if len(words) > 1 and words[-1] in _LANGUAGES:
        return " ".join(words[:-1]), _LANGUAGES[words[-1]]
    return folded, ""


def is_spoken(meaning: Meaning) -> bool:
    """Whether the texts of a column are in a language."""
    name, check = meaning
    if check is None or name in LEVELS or name == LOCATION:
        return False
    return check.datatype == RDF + "langString" or check.path in SPOKEN


def language_of(check: PropertyCheck, header: str) -> str:
    """The language of a column that does not name one but must have one."""
    folded = f" {without_language(fold(header))[0]} "
    names = (*check.columns, check.label.en, *_ENGLISH)
    return "en" if any(f" {without_language(fold(name))[0]} " in folded for name in names) else "de"


def _bare(column: str) -> str:
    return without_language(fold(column))[0].replace(" ", "_")


def _column_names(shape: KindShape) -> dict[str, Meaning]:
    """Folded name of a column, without its language, to its meaning."""
    named: dict[str, Meaning] = dict.fromkeys(_ID_WORDS, (ID, None))
    for name, check in columns_of(shape):
        named.setdefault(without_language(fold(name))[0], (_bare(name), check))
    return named


def _aliases(shape: KindShape) -> dict[str, Meaning]:
    """Folded heading, as people write it, to the meaning of the column it stands for."""
    named: dict[str, Meaning] = {}
    for check in shape.properties:
        for alias in check.aliases:
            for form in forms(alias):
                named.setdefault(form, (_bare(check.columns[0]), check))
    return named


def _labels(shape: KindShape) -> dict[str, Meaning]:
    """Folded label of a property to the meaning of its first column."""
    labelled: dict[str, Meaning] = {}
    for check in shape.properties:
        if check.columns and check.path != LOCATED_IN:
            for lang in ("de", "en"):
                labelled.setdefault(fold(check.label[lang]), (_bare(check.columns[0]), check))
    return labelled
