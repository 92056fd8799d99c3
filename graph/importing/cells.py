"""From the text of a cell to what it says, or to a problem that says what to write instead."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import Final
from urllib.parse import quote, urlsplit

from pyoxigraph import Literal, NamedNode

from graph.folding import fold
from graph.importing.separators import Splitter
from ontology import XSD, Bilingual, PropertyCheck, code_label, code_names


@dataclass(frozen=True)
class Reference:
    """A word for a thing of one of some kinds."""

    kinds: tuple[str, ...]
    text: str


@dataclass(frozen=True)
class Wrong:
    """A text that cannot be taken over, and what to write instead."""

    text: str
    message: Bilingual


Parsed = Literal | NamedNode | Reference | Wrong


def split_values(cell: str) -> list[str]:
    """The values of a cell that may hold several.

    >>> split_values("optics | photonics |optics"), split_values("")
    (['optics', 'photonics'], [])
    """
    return Splitter()(cell)


def parse_value(text: str, check: PropertyCheck, lang: str = "") -> Parsed:
    """What one value says, checked against the shape of its property.

    Args:
        text: one value, not empty.
        check: what the shape of the property allows.
        lang: language of the column; empty: none.
    """
    if wrong := control_character(text):
        return Wrong(text, wrong)
    if check.kinds:
        return Reference(check.kinds, text) if len(text) <= _MAX_WORD else Wrong(text, _LONG_WORD)
    if check.in_values:
        return _code(text, check)
    parser = _PARSERS.get(check.datatype or "")
    if parser is not None:
        value = parser(text)
        if not isinstance(value, Literal | NamedNode):
            return Wrong(text, value)
    elif check.node_kind == "IRI":
        return _web_address(text)
    elif lang:
        value = Literal(text, language=lang)
    else:
        value = Literal(text)
    wrong = _outside(value.value, check)
    return Wrong(text, wrong) if wrong else value


_MAX_WORD: Final = 500
_LONG_WORD: Final = Bilingual(
    "This is too long to name one thing. Write its id or its name, and part several by “ | ”.",
    "Das ist zu lang, um ein Ding zu nennen. Kennung oder Namen schreiben, mehrere durch „ | “ "
    "trennen.",
)
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")


def control_character(text: str) -> Bilingual | None:
    """What is wrong with a text that holds a character nobody can see; None if it holds none."""
    if not _CONTROL.search(text):
        return None
    return Bilingual(
        "This cell contains a character that cannot be seen or printed. Delete it.",
        "Diese Zelle enthält ein Zeichen, das man nicht sehen oder drucken kann. Löschen.",
    )


def _code(text: str, check: PropertyCheck) -> Literal | Wrong:
    wanted = fold(text)
    for value in check.in_values:
        if wanted in _folded_names(check.path, value):
            return Literal(value)
    several = tuple(check.in_values)
    listed = Bilingual(*(_listed(check.path, several, lang) for lang in ("en", "de")))
    return Wrong(
        text,
        Bilingual(
            "“{text}” is not one of the values allowed here. Write one of: {listed}.",
            "„{text}“ gehört nicht zu den hier erlaubten Werten. Einen davon schreiben: {listed}.",
        ).with_(text=text[:60], listed=listed),
    )


@cache
def _folded_names(path: str, value: str) -> frozenset[str]:
    """All that a code may be called, folded."""
    return frozenset(map(fold, code_names(path, value)))


@cache
def _listed(path: str, values: tuple[str, ...], lang: str) -> str:
    """The allowed values as a person of that language would write them."""
    return ", ".join(code_label(path, value, lang) or value for value in values)


def _integer(text: str) -> Literal | Bilingual:
    if re.fullmatch(r"[+-]?[0-9]{1,18}", text):
        return Literal(str(int(text)), datatype=NamedNode(XSD + "integer"))
    return Bilingual(
        "“{text}” is not a whole number. Write digits only, for example 1250.",
        "„{text}“ ist keine ganze Zahl. Nur Ziffern schreiben, zum Beispiel 1250.",
    ).with_(text=text[:60])


def _decimal(text: str) -> Literal | Bilingual:
    try:
        number = Decimal(text) if re.fullmatch(r"[+-]?[0-9]{1,15}(\.[0-9]{1,15})?", text) else None
    except InvalidOperation:
        number = None
    if number is not None:
        return Literal(f"{number:f}", datatype=NamedNode(XSD + "decimal"))
    return Bilingual(
        "“{text}” is not a number. Write digits with a point, for example 2700.5.",
        "„{text}“ ist keine Zahl. Ziffern mit Dezimalpunkt schreiben, zum Beispiel 2700.5.",
    ).with_(text=text[:60])


_TRUE: Final = frozenset({"true", "yes", "ja", "wahr", "1", "x"})
_FALSE: Final = frozenset({"false", "no", "nein", "falsch", "0"})


def _boolean(text: str) -> Literal | Bilingual:
    word = fold(text)
    if word in _TRUE or word in _FALSE:
        return Literal(word in _TRUE)
    return Bilingual(
        "“{text}” is neither yes nor no. Write true or false.",
        "„{text}“ ist weder ja noch nein. true oder false schreiben.",
    ).with_(text=text[:60])


_HOST: Final = re.compile(r"[^\W_](?:[\w-]*[^\W_])?(?:\.[^\W_](?:[\w-]*[^\W_])?)+(?::[0-9]{1,5})?")
_UNSAFE: Final = re.compile(r"[\s<>\"{}|\\^`]")


def _web_address(text: str) -> NamedNode | Wrong:
    """A web address as an IRI; lists often leave out the ``https://``."""
    address = (
        text
        if re.match(r"[a-z][a-z0-9+.-]*:", text, re.IGNORECASE) and "://" in text
        else f"https://{text}"
    )
    try:
        parts = urlsplit(address)
    except ValueError:
        parts = urlsplit("")
    good = parts.scheme.lower() in {"http", "https"} and _HOST.fullmatch(parts.netloc)
    if good and not _UNSAFE.search(address):
        # Anything else that an IRI may not contain is written in percent.
        return NamedNode(quote(address, safe="%/:=&?~#+!$,;'@()*[]-._" + _letters(address)))
    return Wrong(
        text,
        Bilingual(
            "“{text}” is not a web address. Write it like www.example.org or https://example.org/page.",
            "„{text}“ ist keine Webadresse. So schreiben: www.example.org oder https://example.org/seite.",
        ).with_(text=text[:60]),
    )


def _letters(address: str) -> str:
    """Letters and digits of an address that an IRI keeps; ``quote`` only knows ASCII ones."""
    return "".join({char for char in address if char.isascii() and char.isalnum()})


_PARSERS: Final[dict[str, Callable[[str], Literal | NamedNode | Bilingual]]] = {
    XSD + "integer": _integer,
    XSD + "decimal": _decimal,
    XSD + "boolean": _boolean,
}

_DATE_EXAMPLE: Final = Bilingual(
    "“{text}” is not a date. Write 2015, 2015-03 or 2015-03-04.",
    "„{text}“ ist kein Datum. 2015, 2015-03 oder 2015-03-04 schreiben.",
)


def _outside(value: str, check: PropertyCheck) -> Bilingual | None:
    """What is wrong with a value of the right type."""
    if check.pattern and not re.search(check.pattern, value):
        if re.fullmatch(
            r"\d{1,2}\.\d{1,2}\.\d{2,4}|.*\d{4}.*", value
        ) and r"\d" in check.pattern.replace("[0-9]", r"\d"):
            return _DATE_EXAMPLE.with_(text=value[:60])
        return Bilingual(
            "“{text}” does not have the form that this column asks for ({pattern}). Correct it.",
            "„{text}“ hat nicht die Form, die diese Spalte verlangt ({pattern}). Korrigieren.",
        ).with_(text=value[:60], pattern=check.pattern)
    if check.max_length is not None and len(value) > check.max_length:
        return Bilingual(
            "This text has {found} characters; {most} are allowed. Shorten it.",
            "Dieser Text hat {found} Zeichen; erlaubt sind {most}. Kürzen.",
        ).with_(found=len(value), most=check.max_length)
    if check.min_length is not None and len(value) < check.min_length:
        return Bilingual(
            "This text has {found} characters; it needs at least {least}. Complete it.",
            "Dieser Text hat {found} Zeichen; nötig sind mindestens {least}. Ergänzen.",
        ).with_(found=len(value), least=check.min_length)
    return _out_of_range(value, check)


def _out_of_range(value: str, check: PropertyCheck) -> Bilingual | None:
    low, high = check.min_value, check.max_value
    if low is None and high is None:
        return None
    number = Decimal(value)
    if low is not None and number < Decimal(str(low)):
        return Bilingual(
            "{value} is too small: at least {least} is expected. Correct the number.",
            "{value} ist zu klein: Erwartet wird mindestens {least}. Die Zahl korrigieren.",
        ).with_(value=value, least=low)
    if high is not None and number > Decimal(str(high)):
        return Bilingual(
            "{value} is too large: at most {most} is expected. Correct the number.",
            "{value} ist zu groß: Erwartet wird höchstens {most}. Die Zahl korrigieren.",
        ).with_(value=value, most=high)
    return None
