"""What is said of a match: a shared field, or what two could do for each other."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Final

from ontology import Bilingual
from recommender.complement import SUBJECT
from recommender.sentences import LONGEST, Named, cut, shown


def _two(de: str, en: str) -> Bilingual:
    return Bilingual(en=en, de=de)


_FIELD: Final = _two("Gleiches Feld: {x}", "Same field: {x}")
_FIELD_NEAR: Final = _two("Benachbartes Feld: {x}, nahe bei {m}", "Close field: {x}, near {m}")
_NEAR: Final = _two("{x}, nahe bei {m}", "{x}, near {m}")

_THEIRS: Final[Mapping[str, Bilingual]] = MappingProxyType(
    {
        "offer": _two("Bietet, {was}: {x}", "Offers {was}: {x}"),
        "machine": _two("Hat ein Gerät für das, {was}: {x}", "Has a machine for {was}: {x}"),
        "device": _two("Ermöglicht, {was}: {x}", "Makes possible {was}: {x}"),
        "able": _two("Kann, {was}: {x}", "Can do {was}: {x}"),
        "active": _two("Tätig in dem, {was}: {x}", "Active in {was}: {x}"),
        "need": _two("Sucht, {was}: {x}", "Seeks {was}: {x}"),
        "interest": _two("Interessiert sich für das, {was}: {x}", "Interested in {was}: {x}"),
    }
)
"""How the suggestion has or seeks it; ``{was}`` is :data:`_MINE` with the name of whose it is."""

_MINE: Final[Mapping[str, Bilingual]] = MappingProxyType(
    {
        "offer": _two("was {c} anbietet", "what {c} offers"),
        "machine": _two("was {c} mit einem Gerät kann", "what {c} has a machine for"),
        "device": _two("was {c} ermöglicht", "what {c} makes possible"),
        "able": _two("was {c} kann", "what {c} can do"),
        "active": _two("was Arbeitsfeld von {c} ist", "what {c} is active in"),
        "need": _two("was {c} sucht", "what {c} seeks"),
        "interest": _two("was {c} interessiert", "what interests {c}"),
    }
)

_ALONE: Final[Mapping[str, Bilingual]] = MappingProxyType(
    {
        "offer": _two("Angebot: {x}", "Offer: {x}"),
        "machine": _two("Gerät für: {x}", "Machine for: {x}"),
        "device": _two("Ermöglicht: {x}", "Makes possible: {x}"),
        "able": _two("Kompetenz: {x}", "Competence: {x}"),
        "active": _two("Arbeitsfeld: {x}", "Field: {x}"),
        "need": _two("Gesucht: {x}", "Sought: {x}"),
        "interest": _two("Interessiert an: {x}", "Interested in: {x}"),
    }
)
"""What is said where a subject itself is in the middle."""


def field_sentence(subject: Named, mine: Named, also: Named | None, lang: str, room: int) -> str:
    """Why a thing is in the same field.

    Args:
        subject: what it has to do with.
        mine: the same, or the subject of the middle that is close to it.
        also: another subject in common.
        lang: ``de`` or ``en``.
        room: characters that the sentence has at most.

    >>> optics = Named("topic", "Optics")
    >>> field_sentence(optics, optics, Named("sector", "Photonics"), "en", 120)
    'Same field: Optics, Photonics'
    >>> field_sentence(optics, Named("sector", "Photonics"), None, "en", 120)
    'Close field: Optics, near Photonics'
    """
    if subject != mine:
        return _fitted(_FIELD_NEAR[lang], {"x": subject.label, "m": mine.label}, room)
    if also is not None:
        both = _FIELD[lang].replace("{x}", f"{subject.label}, {also.label}")
        if len(both) <= room:
            return both
    return _fitted(_FIELD[lang], {"x": subject.label}, room)


def complement_sentence(
    own: str, whose: Named, theirs: str, subject: Named, mine: Named, lang: str, room: int = LONGEST
) -> str:
    """Why a thing fits.

    Args:
        own: how the middle has or seeks it.
        whose: the middle, or what speaks for it.
        theirs: how the suggestion has or seeks it.
        subject, mine, lang, room: as for :func:`field_sentence`.

    >>> optics, optence = Named("topic", "Optics"), Named("cluster", "Optence")
    >>> complement_sentence("need", optence, "offer", optics, optics, "de")
    'Bietet, was Optence sucht: Optics'
    >>> complement_sentence("able", optence, "need", optics, optics, "en")
    'Seeks what Optence can do: Optics'
    """
    names = {"x": subject.label, "c": shown(whose, lang, LONGEST), "m": mine.label}
    if own == SUBJECT:
        text = _ALONE[theirs][lang]
    else:
        own = "device" if whose.kind == "device" else own
        text = _THEIRS[theirs][lang].replace("{was}", _MINE[own][lang])
    if subject != mine:
        text = text.replace("{x}", _NEAR[lang])
    return _fitted(text, names, room)


def _fitted(template: str, names: Mapping[str, str], room: int) -> str:
    """A template with its names; the longest of them are cut until all has room."""
    used: Sequence[str] = [name for name in names if f"{{{name}}}" in template]
    longest = max(len(names[name]) for name in used)
    while True:
        text = template
        for name in used:
            text = text.replace(f"{{{name}}}", cut(names[name], longest))
        if len(text) <= room or longest <= 1:
            return text
        longest -= 1
