"""Reasons in words: one sentence for the strongest one or two ways."""

from collections.abc import Sequence, Set
from typing import Final, NamedTuple

from ontology import Bilingual
from recommender.phrases import (
    BOTH,
    LIKE,
    OBJECT,
    SIMILAR_TEXT,
    SIMILAR_WORDS,
    SUBJECT,
    SUBJECT_MATTER,
    Role,
    phrase,
)

LONGEST: Final = 120
"""Characters that a reason has at most."""

_LONGEST_AT: Final = 40

_WORTH_A_WORD: Final = 0.6
"""Share of the room that whole words have to fill; else a word is cut in two."""
_AT: Final = Bilingual(en=" – at {cluster}", de=" – bei {cluster}")
_QUOTES: Final = {"de": ("„", "“"), "en": ("“", "”")}
_QUOTED: Final = frozenset(
    {"listing", "offer", "need", "event", "training", "publication", "roadmap", "call"}
)
"""Kinds whose names are titles: between quotation marks they cannot run into the sentence."""

_CONCEPTS: Final = frozenset({"competence", "sector", "topic"})
"""Kinds whose names are words that German would decline: marked too, except after a colon."""


_MARKED: Final = _QUOTED | _CONCEPTS

_WHO: Final = frozenset({"cluster", "organisation", "person"})
"""Kinds that do and know things, so that it matters little by which property it is said."""


class Named(NamedTuple):
    """A thing on a way.

    Attributes:
        kind: the word of its address; of listings ``offer`` or ``need`` where that is known.
        label: its name in the language of the sentence.
    """

    kind: str
    label: str


class Hop(NamedTuple):
    """One statement on a way: walked along a property, to a thing.

    Attributes:
        relation: local name of the property.
        forward: whether the statement reads in the direction of the way.
        to: where it arrives.
        words: the words in common, where it is no statement but a similar description.
    """

    relation: str
    forward: bool
    to: Named
    words: tuple[str, ...] = ()

    @property
    def arriving(self) -> Role:
        """What the statement says of where it arrives."""
        return self.relation, OBJECT if self.forward else SUBJECT

    @property
    def leaving(self) -> Role:
        """What the statement says of where it leaves from."""
        return self.relation, SUBJECT if self.forward else OBJECT


class _Clause(NamedTuple):
    """A phrase and the names that fill it."""

    template: Bilingual
    names: tuple[Named, ...]

    def text(self, lang: str, longest: int) -> str:
        """The phrase with its names, none longer than so many characters."""
        return _filled(self.template[lang], self.names, lang, longest)


def sentence(
    centre: Named,
    ways: Sequence[Sequence[Hop]],
    lang: str,
    *,
    at: str = "",
    longest: int = LONGEST,
    capital: bool = True,
) -> str:
    """Say why what the ways lead to is near the centre.

    Args:
        centre: where the ways begin.
        ways: the strongest first, each with one to three hops, all to the same thing.
        lang: ``de`` or ``en``.
        at: the cluster where it is to be had, where the ways do not say it.
        longest: characters that the sentence has at most.
        capital: whether it begins with a capital.

    Returns:
        One sentence of so many characters, without a full stop. Names that
        are too long for it end in an ellipsis.

    >>> project = Named("project", "ClusterBook")
    >>> led, partner = Hop("coordinatedBy", False, project), Named("cluster", "K3")
    >>> way = [led, Hop("hasPartner", True, partner)]
    >>> sentence(Named("cluster", "CyberForum"), [way], "de")
    'Partner im Projekt ClusterBook'
    """
    end = _AT.with_(cluster=cut(at, _LONGEST_AT))[lang] if at else ""
    clauses, text = _why(centre, ways, lang, longest - len(end))
    return (_capital(text, clauses[0].template[lang]) if capital else text) + end


def _why(
    centre: Named, ways: Sequence[Sequence[Hop]], lang: str, room: int
) -> tuple[Sequence[_Clause], str]:
    """What is told, and the words for it."""
    if len(ways) > 1 and (shared := _both_alike(centre, ways)) is not None:
        return [shared], _fitted([shared], lang, room)
    clauses = _clauses(centre, ways[0])
    text = _fitted(clauses, lang, room)
    if len(ways) > 1:
        longer = f"{text}; {_written(_clauses(centre, ways[1])[:1], lang, room)}"
        if len(longer) <= room:
            return clauses, longer
    return clauses, text


def _both_alike(centre: Named, ways: Sequence[Sequence[Hop]]) -> _Clause | None:
    """What two ways say together, where both say the same of different things."""
    if not all(_alike(centre, way) for way in ways):
        return None
    roles = {way[1].arriving for way in ways}
    if len(roles) > 1 and not all(_matter(way) for way in ways):
        return None
    clause = _both(ways)
    return clause if all(clause.template[lang].endswith("{x}") for lang in ("de", "en")) else None


def _clauses(centre: Named, way: Sequence[Hop]) -> list[_Clause]:
    """What one way tells, from its end backwards."""
    if _alike(centre, way):
        return [_both([way])]
    # The reader knows the centre: over a project or over two things, how it is in there is
    # left to the path that is drawn.
    brief = len(way) > 2 or (len(way) == 2 and way[0].to.kind == "project")
    brief = brief and way[0].relation != LIKE
    clauses = []
    for at in range(len(way) - 1, 0 if brief else -1, -1):
        before = way[at - 1].to if at else centre
        told = way[at]
        if told.relation == LIKE:
            clauses.append(_likeness(told.words))
            continue
        aside = at < len(way) - 1
        template = phrase(told.arriving, told.to.kind, before.kind, aside=aside)
        clauses.append(_Clause(template, (before,)))
    return clauses


def _likeness(words: Sequence[str]) -> _Clause:
    """What is said of something that only its words bring near."""
    template = SIMILAR_WORDS if words else SIMILAR_TEXT
    return _Clause(template, tuple([Named("word", word) for word in words]))


def _both(ways: Sequence[Sequence[Hop]]) -> _Clause:
    """What the centre and the suggestion are alike in."""
    return _Clause(BOTH[ways[0][-1].arriving], tuple(way[0].to for way in ways))


def _alike(centre: Named, way: Sequence[Hop]) -> bool:
    """Whether both ends of a way over one thing stand to it in the same way."""
    if len(way) != 2:
        return False
    if way[0].leaving == way[1].arriving:
        return True
    same_sort = {centre.kind, way[1].to.kind} <= _WHO
    return same_sort and _matter(way)


def _matter(way: Sequence[Hop]) -> bool:
    """Whether both ends of a way over one thing have to do with it as a subject matter."""
    return all(
        name in SUBJECT_MATTER and end is SUBJECT for name, end in (way[0].leaving, way[1].arriving)
    )


def _fitted(clauses: Sequence[_Clause], lang: str, room: int) -> str:
    """The clauses as a sentence; where too long, without the last, then with shorter names."""
    for count in range(len(clauses), 0, -1):
        text = _written(clauses[:count], lang, room)
        if len(text) <= room:
            return text
    for longest in range(room, 0, -1):
        text = _written(clauses[:1], lang, longest)
        if len(text) <= room:
            break
    return text


def _written(clauses: Sequence[_Clause], lang: str, longest: int) -> str:
    if len(clauses) == 1:
        return clauses[0].text(lang, longest)
    return ", ".join([clause.text(lang, longest) for clause in clauses])


def _capital(text: str, template: str) -> str:
    """A capital at the beginning, unless a name stands there."""
    return text if template.startswith("{") else text[:1].upper() + text[1:]


def _filled(template: str, names: tuple[Named, ...], lang: str, longest: int) -> str:
    quoted = _QUOTED if template.endswith(": {x}") else _MARKED
    several = ", ".join([shown(named, lang, longest, quoted) for named in names])
    return template.replace("{x}", several)


def shown(named: Named, lang: str, longest: int, quoted: Set[str] = _MARKED) -> str:
    """A name in a sentence: cut to so many characters, and between marks if it needs them."""
    opening, closing = _QUOTES[lang] if named.kind in quoted else ("", "")
    return f"{opening}{cut(named.label, longest)}{closing}"


def cut(text: str, longest: int) -> str:
    """A name of so many characters at most: whole words if that leaves most of it.

    >>> cut("Kapazitätenbörse Photonik und Maschinenbau", 30)
    'Kapazitätenbörse Photonik und…'
    >>> cut("Kapazitätenbörse", 9)
    'Kapazitä…'
    """
    if len(text) <= longest:
        return text
    kept = text[: longest - 1]
    if text[longest - 1 : longest] != " ":
        words = kept.rpartition(" ")[0]
        kept = words if len(words) >= _WORTH_A_WORD * longest else kept
    return kept.rstrip(" ,;:–-(/&") + "…"
