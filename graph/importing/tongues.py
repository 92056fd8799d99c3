"""Which language texts are in, told by their commonest words: German, English or neither."""

from collections.abc import Iterable
from typing import Final

from graph.folding import words

_DE_TEXT: Final = (
    "aller als am an auch auf aus bei beim das dem den der des die diese durch ein eine einem "
    "einen einer eines für gegen ihre im in ist ihrer mit nach nicht oder sein seine sich sie "
    "sind sowie und uns unser unsere unter vom von vor werden wie wir wird zu zum zur "
    "zwischen über"
)
_DE: Final = frozenset(_DE_TEXT.split())
_EN_TEXT: Final = (
    "a about all and are as at based be been by for from has have in into is it its of on open or "
    "our that the their these this to was we were which who with within you your"
)
_EN: Final = frozenset(_EN_TEXT.split())
_LEAST: Final = 5
"""Common words that must have been seen before anything is said."""
_CLEARLY: Final = 3
"""How many times more common words of one language there must be than of the other."""


def language_of_texts(texts: Iterable[str]) -> str:
    """``de`` or ``en``, where most of the common words are of that language; else empty.

    >>> language_of_texts(["Wir entwickeln Messtechnik für die Optik und den Maschinenbau."])
    'de'
    >>> language_of_texts(["The network for optics and for all of photonics in the south"])
    'en'
    >>> language_of_texts(["Optik", "Laser", "Photonics"])
    ''
    """
    german = english = 0
    for text in texts:
        for word in words(text):
            german += word in _DE
            english += word in _EN
    if max(german, english) < _LEAST:
        return ""
    if german >= _CLEARLY * english:
        return "de"
    return "en" if english >= _CLEARLY * german else ""
