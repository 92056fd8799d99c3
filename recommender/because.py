"""Reasons for somebody: what of theirs a suggestion has to do with, and how."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Final

from ontology import Bilingual
from recommender.sentences import LONGEST, Hop, Named, sentence, shown

_LONGEST_NAME: Final = 48
"""Characters of the name of what is theirs, where it stands before the reason."""

_LABELS: Final[Mapping[str, Bilingual]] = MappingProxyType(
    {
        "person": Bilingual(en="you", de="Sie selbst"),
        "organisation": Bilingual(en="your organisation", de="Ihre Organisation"),
        "interest": Bilingual(en="your interest", de="Ihr Interesse"),
        "saved": Bilingual(en="saved by you", de="von Ihnen gemerkt"),
        "more": Bilingual(en="you want more like it", de="Sie wünschen mehr davon"),
        "visited": Bilingual(en="you looked at it", de="von Ihnen angesehen"),
        "text": Bilingual(en="in your text", de="in Ihrem Text"),
    }
)
"""What somebody's things are to them; they follow a reason that names the thing."""

_BEFORE: Final[Mapping[str, Bilingual]] = MappingProxyType(
    {
        "person": Bilingual(en="You: ", de="Sie selbst: "),
        "organisation": Bilingual(en="Your organisation {x}: ", de="Ihre Organisation {x}: "),
        "interest": Bilingual(en="Your interest {x}: ", de="Ihr Interesse {x}: "),
        "saved": Bilingual(en="Because you saved {x}: ", de="Weil Sie {x} gemerkt haben: "),
        "more": Bilingual(en="Like {x}: ", de="Wie {x}: "),
        "visited": Bilingual(en="You looked at {x}: ", de="Sie sahen sich {x} an: "),
        "text": Bilingual(en="Your text names {x}: ", de="Ihr Text nennt {x}: "),
    }
)
"""How a reason begins that does not name the thing it begins with."""

BECAUSE: Final = tuple(_LABELS)
"""What may bring a thing into the middle of somebody's radar."""


def because_label(because: str, lang: str) -> str:
    """What a thing is to whoever has it in the middle: "your interest"."""
    return _LABELS[because][lang]


def with_because(
    because: str, seed: Named, ways: Sequence[Sequence[Hop]], lang: str, *, at: str = ""
) -> str:
    """Say why what the ways lead to is near somebody.

    Args:
        because: one of :data:`BECAUSE`: what the seed is to them.
        seed: where the ways begin.
        ways: as in :func:`recommender.sentences.sentence`.
        lang: ``de`` or ``en``.
        at: the cluster where it is to be had, where the ways do not say it.

    Returns:
        One sentence of at most :data:`recommender.sentences.LONGEST` characters.

    >>> photonics = Named("topic", "Photonics")
    >>> active = [Hop("activeIn", False, Named("cluster", "Optence"))]
    >>> with_because("interest", photonics, [active], "en")
    'Field: Photonics – your interest'
    >>> exchange = Hop("about", False, Named("project", "Exchange"))
    >>> partner = [exchange, Hop("hasPartner", True, Named("cluster", "Optence"))]
    >>> with_because("interest", photonics, [partner], "en")
    'Your interest “Photonics”: partner in the project Exchange'
    """
    behind = f" – {because_label(because, lang)}"
    text = sentence(seed, ways[:1], lang, at=at, longest=LONGEST - len(behind))
    if seed.label in text:
        return text + behind
    before = _BEFORE[because][lang].replace("{x}", shown(seed, lang, _LONGEST_NAME))
    return before + sentence(seed, ways, lang, at=at, longest=LONGEST - len(before), capital=False)
