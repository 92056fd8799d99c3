"""How wide a text is, and how a name is broken into lines, without asking a browser.

The widths are the larger ones of common sans-serif fonts, so that a name that fits here
fits on every screen; a browser that has only a wider font squeezes the name (see ``radar.js``).
"""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final

# Thousandths of the font size -> characters of at most that width; regular, then bold.
_REGULAR: Final = {
    250: "'’",
    290: " !,.:;ijl·",
    370: "()-I[]`f“",
    410: "/\\t{}",
    450: '"r„',
    530: "Jcsvyzç",
    570: "*?L_kx|–",
    610: "0123456789$+<=>^ae~äéèà",
    650: "FTZbdghnopquöüßñ",
    690: "#ABEKPSVXYÄ",
    770: "&CDHNRUÜ",
    810: "GOQwÖ",
    970: "%MWm",
    1040: "…@",
}
_BOLD: Final = {
    290: " '’",
    330: ",.ijl·",
    370: "!()-:;[]",
    410: "I`f{}",
    450: "/\\t",
    490: '"r',
    530: "z„“",
    570: "*J_cs|ç–",
    610: "0123456789$+<=>^evxy~éè",
    650: "?FLTZabdgkopqäöà",
    690: "#EPSVXYhnuüñ",
    730: "ß",
    770: "&ABCDKRUÄÜ",
    810: "GHOQÖ",
    890: "Nw",
    970: "%M",
    1040: "@Wm…",
}
_WIDTH: Final = tuple(
    {character: width for width, characters in table.items() for character in characters}
    for table in (_REGULAR, _BOLD)
)
_UNKNOWN: Final = 1050
ELLIPSIS: Final = "…"


@lru_cache(maxsize=20_000)
def width(text: str, size: float, *, bold: bool = False) -> float:
    """An upper bound of the width of a text in a font of that size, in the unit of ``size``.

    >>> width("Zeiss", 10) < width("Zeiss", 10, bold=True) < 34
    True
    """
    table = _WIDTH[bold]
    return sum(table.get(character, _UNKNOWN) for character in text) * size / 1000


def cut(text: str, room: float, size: float, *, bold: bool = False) -> str:
    """The text, or as much of it as fits with an ellipsis.

    >>> cut("Koordinatenmesstechnik", 80, 13)
    'Koordinat…'
    """
    if width(text, size, bold=bold) <= room:
        return text
    while text and width(text + ELLIPSIS, size, bold=bold) > room:
        text = text[:-1]
    return text.rstrip(" -–,.;:/(&") + ELLIPSIS


def wrap(text: str, room: float, size: float, *, bold: bool = False, lines: int = 2) -> list[str]:
    """A name on at most so many lines, none wider than ``room``; what is too long is cut.

    Two lines are balanced where the name allows it.

    >>> wrap("Optische Koordinatenmesstechnik", 180, 13)
    ['Optische', 'Koordinatenmesstechnik']
    >>> wrap("Zeiss", 180, 13)
    ['Zeiss']
    """
    text = " ".join(text.split())
    if lines <= 1 or width(text, size, bold=bold) <= room:
        return [cut(text, room, size, bold=bold)]
    fitting = [
        (first, rest) for first, rest in _splits(text) if width(first, size, bold=bold) <= room
    ]
    if not fitting:
        return [cut(text, room, size, bold=bold)]
    whole = [pair for pair in fitting if width(pair[1], size, bold=bold) <= room]
    if whole:
        return list(min(whole, key=lambda pair: max(width(t, size, bold=bold) for t in pair)))
    first, rest = fitting[-1]
    return [first, *wrap(rest, room, size, bold=bold, lines=lines - 1)]


def is_cut(lines: Iterable[str]) -> bool:
    """Whether lines say less than the whole name.

    >>> is_cut(["Optische", "Koordinatenmess…"])
    True
    """
    return any(line.endswith(ELLIPSIS) for line in lines)


def _splits(text: str) -> Iterator[tuple[str, str]]:
    """Every way to break a text into two: at a space, or after a hyphen or slash."""
    for index, character in enumerate(text[1:-1], start=1):
        if character == " ":
            yield text[:index], text[index + 1 :]
        elif character in "-/" and text[index + 1] != " ":
            yield text[: index + 1], text[index + 1 :]
