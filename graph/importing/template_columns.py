"""The columns of a template, from the shape of its kind, as a person reads them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Final

from graph.importing.mapping import ID, LOCATED_IN, TOPIC_KINDS
from graph.importing.places import country_names
from graph.importing.template_examples import TYPE, YES_AND_NO, code_words, example
from ontology import CR, KINDS, XSD, Bilingual, PropertyCheck, checks

MEMBERS: Final = "members"
"""The template of a list of members: organisations, a row for each membership."""
TEMPLATE_KINDS: Final = (*(kind for kind in KINDS if kind != "source"), MEMBERS)
"""All that there are templates for."""
TEMPLATE_FORMATS: Final = ("xlsx", "csv")

CHOSEN_FROM: Final = {
    CR + "activeIn": "sector",
    CR + "inSector": "sector",
    CR + "memberOf": "cluster",
}
"""Properties whose values are mostly of one kind with few things, and that kind."""

_IN_LANGUAGE: Final = {"de": Bilingual("German", "deutsch"), "en": Bilingual("English", "englisch")}
_SPOKEN: Final = CR + "role", CR + "note"
_FIRST_COUNTRIES: Final = ("DE", "AT", "CH")


@dataclass(frozen=True)
class TemplateColumn:
    """A column to fill in.

    Attributes:
        name: what programs call it.
        header: what stands above it.
        meaning: what to write there.
        required: whether each new row needs it (or its like in the other language).
        example: what could stand there.
        many: whether one cell may hold several values.
        choices: what may be chosen from a list, in the order in which it is shown.
        closed: whether nothing else may be written.
        is_text: whether a spreadsheet must leave what is typed as it is. Years and dates, too:
            formatted as a date, the year 2015 becomes a day in 1905.
        is_date: whether a year, a month or a day is expected.
    """

    name: str
    header: Bilingual
    meaning: Bilingual
    required: bool = False
    example: Bilingual = field(default_factory=lambda: Bilingual("", ""))
    many: bool = False
    choices: tuple[Bilingual, ...] = ()
    closed: bool = False
    is_text: bool = True
    is_date: bool = False


ID_COLUMN: Final = TemplateColumn(
    ID,
    Bilingual("ID", "Kennung"),
    Bilingual(
        "Names the row for ever, for example the number or short name in your own records. "
        "Without it the name does. Leave it empty, or give it to every row.",
        "Benennt die Zeile auf Dauer, zum Beispiel die Nummer oder das Kürzel in Ihren "
        "Unterlagen. Fehlt sie, tut es der Name. Leer lassen oder in jede Zeile schreiben.",
    ),
    example=Bilingual("muster-optik", "muster-optik"),
)


def template_columns(kind: str, words: Mapping[str, tuple[str, ...]]) -> list[TemplateColumn]:
    """The columns of the template of a kind, those that are required first.

    Args:
        kind: kind of its rows.
        words: kind to the names of things that may be chosen from, in the wanted language.
    """
    if kind == MEMBERS:
        return _of_members(words)
    found = [one for check in checks(kind).properties for one in _columns(kind, check, words)]
    return [ID_COLUMN, *sorted(found, key=lambda column: not column.required)]


_MEMBER_HEADERS: Final = {
    "name": Bilingual("Company name", "Firma"),
    "member_of": Bilingual("Member of", "Mitglied in"),
    "roles": Bilingual("Role", "Rolle"),
    "member_since": Bilingual("Since", "Seit"),
    "city": Bilingual("City", "Ort"),
    "country": Bilingual("Country", "Land"),
    "website": Bilingual("Website", "Website"),
}
_SEVERAL_ROWS: Final = Bilingual(
    "A member of several clusters has a row for each of them, with the same name and place.",
    "Wer in mehreren Clustern Mitglied ist, hat für jedes eine Zeile, mit gleichem Namen und Ort.",
)


def _of_members(words: Mapping[str, tuple[str, ...]]) -> list[TemplateColumn]:
    """Who is a member where, as what and since when."""
    found = [ID_COLUMN]
    for name, header in _MEMBER_HEADERS.items():
        check = checks("organisation").column(name)
        assert check is not None
        column = _column("organisation", check, words, name, "", required=name == "name")
        meaning = _SEVERAL_ROWS if name == "member_of" else column.meaning
        found.append(replace(column, header=header, meaning=meaning))
    return found


def _columns(
    kind: str, check: PropertyCheck, words: Mapping[str, tuple[str, ...]]
) -> Iterator[TemplateColumn]:
    if check.path == CR + "conceptType" and kind in TOPIC_KINDS[1:]:
        return
    needed = check.min_count > 0 and not (check.path == TYPE and kind == "organisation")
    spoken = check.path in _SPOKEN
    languages = sorted({name[-2:] for name in check.columns if name.endswith(("_de", "_en"))})
    if not languages or not (spoken or check.columns[0].endswith(("_de", "_en"))):
        yield _column(kind, check, words, check.columns[0], "", required=needed)
        needed = False
    for lang in languages:
        name = next(one for one in check.columns if one.endswith(f"_{lang}"))
        yield _column(kind, check, words, name, lang, required=needed)


def _column(
    kind: str,
    check: PropertyCheck,
    words: Mapping[str, tuple[str, ...]],
    name: str,
    lang: str,
    *,
    required: bool,
) -> TemplateColumn:
    label = Bilingual(
        *(check.label[one][:1].upper() + check.label[one][1:] for one in ("en", "de"))
    )
    header = _WITH_LANGUAGE.with_(label=label, lang=_IN_LANGUAGE[lang]) if lang else label
    shown = example(kind, name, check)
    choices, closed = _choices(check, name, words)
    return TemplateColumn(
        name,
        header,
        check.comment,
        required,
        Bilingual(shown[lang], shown[lang]) if lang else shown,
        check.many,
        choices,
        closed and not check.many,
        check.datatype not in (XSD + "integer", XSD + "decimal"),
        check.pattern.startswith("^[0-9]{4}(-"),
    )


_WITH_LANGUAGE: Final = Bilingual("{label} ({lang})", "{label} ({lang})")


def _choices(
    check: PropertyCheck, name: str, words: Mapping[str, tuple[str, ...]]
) -> tuple[tuple[Bilingual, ...], bool]:
    """What may be chosen in a column, and whether that is all."""
    if check.in_values:
        return tuple(code_words(check, code) for code in check.in_values), True
    if check.datatype == XSD + "boolean":
        return YES_AND_NO, True
    if check.path == LOCATED_IN and name == "country":
        return _countries(), False
    named = words.get(CHOSEN_FROM.get(check.path, ""), ())
    return tuple(Bilingual(one, one) for one in named), False


@cache
def _countries() -> tuple[Bilingual, ...]:
    """All countries by name, those first that most lists are about."""
    named = country_names()
    rest = sorted(set(named) - set(_FIRST_COUNTRIES), key=lambda code: named[code].en)
    return tuple(named[code] for code in (*_FIRST_COUNTRIES, *rest))
