"""How a value of a statement reads: numbers, dates and codes in the reader's language."""

import re
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Final

from babel.dates import format_date, format_datetime
from babel.numbers import format_decimal
from flask_babel import gettext as _
from pyoxigraph import Literal

from ontology import CR, XSD, code_label

DATES: Final = frozenset(
    CR + name
    for name in ("startDate", "endDate", "published", "deadline", "founded", "year", "asOf")
)
"""Properties whose values are dates, as precise as they are known."""

_PARTIAL: Final = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")
_NUMBERS: Final = frozenset(XSD + name for name in ("integer", "decimal", "double"))


def text_of(value: Literal, prop: str, lang: str) -> str:
    """A literal as a person reads it.

    Args:
        value: what is said.
        prop: of which property, as codes and dates depend on it.
        lang: ``de`` or ``en``.
    """
    text, datatype = value.value, value.datatype.value
    if label := code_label(prop, text, lang):
        return label
    if datatype == XSD + "boolean":
        return str(_("yes") if text in {"true", "1"} else _("no"))
    if datatype in _NUMBERS:
        return number(text, lang)
    if datatype == XSD + "dateTime":
        return _moment(text, lang)
    if prop in DATES or datatype == XSD + "date":
        return partial_date(text, lang)
    return text


def number(text: str, lang: str) -> str:
    """A number with the separators of a language; anything else as it is.

    >>> number("1050", "de"), number("0.5", "en"), number("many", "en")
    ('1.050', '0.5', 'many')
    """
    try:
        value = Decimal(text)
    except InvalidOperation:
        return text
    if not value.is_finite():
        return text
    return format_decimal(value, locale=lang, decimal_quantization=False)


def partial_date(text: str, lang: str) -> str:
    """A date that may lack its day or month; anything else as it is.

    >>> partial_date("2015-03", "de"), partial_date("2015-02-25", "en"), partial_date("2015", "en")
    ('März 2015', 'February 25, 2015', '2015')
    """
    found = _PARTIAL.fullmatch(text)
    if found is None:
        return text
    year, month, day = found.groups()
    try:
        known = date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        return text
    if day:
        return format_date(known, "long", locale=lang)
    return format_date(known, "LLLL y", locale=lang) if month else year


def _moment(text: str, lang: str) -> str:
    try:
        return format_datetime(datetime.fromisoformat(text), "long", locale=lang)
    except ValueError:
        return text
