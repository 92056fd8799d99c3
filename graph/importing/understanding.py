"""What one column of a list may be, by its header and by its cells, each with a reason."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from graph.importing.cells import Wrong, parse_value
from graph.importing.evidence import Evidence, Meanings
from graph.importing.headers import (
    LOCATED_IN,
    LOCATION,
    NAMES,
    Headers,
    Meaning,
    is_category,
)
from graph.importing.separators import BAR, find_splitter
from ontology import CR, DCT, FOAF, RDF, SKOS, XSD, Bilingual, KindShape, PropertyCheck

LEAST: Final = 0.5
"""Confidence from which a guess is taken without asking."""
CONCEPTS: Final = ("competence", "sector", "topic")
TOPICAL: Final = (CR + "about", CR + "activeIn", CR + "interestedIn", CR + "enables")
"""Properties that words of any subject may be said with, the fittest first."""

NO_LABEL: Final = Bilingual("", "")
_NEVER_BY_CELLS: Final = frozenset({CR + "invented", CR + "asOf", CR + "status", CR + "rating"})
_CODES: Final = 0.9


@dataclass(frozen=True)
class Understanding:
    """One thing that a column may be.

    Attributes:
        meaning: the column.
        lang: the language that its header names; empty: none.
        confidence: how sure that is, 0 to 1.
        why: the reason.
        by_cells: whether the cells said so, and other cells might not.
        is_called_so: whether its header says exactly this.
        is_scheme: whether its words are to become a topic scheme.
    """

    meaning: Meaning
    lang: str
    confidence: float
    why: Bilingual
    by_cells: bool = False
    is_called_so: bool = False
    is_scheme: bool = False


class Understand:
    """Finds what columns of lists of one kind may be.

    Args:
        kind: kind of the rows.
        shape: of the kind.
        headers: its headings.
        meanings: what words mean.
    """

    def __init__(self, kind: str, shape: KindShape, headers: Headers, meanings: Meanings) -> None:
        self._kind = kind
        self._shape = shape
        self._headers = headers
        self._meanings = meanings

    def __call__(self, evidence: Evidence) -> list[Understanding]:
        """What a column may be, the likeliest first."""
        found: dict[str, Understanding] = {}
        for one in (*self._by_header(evidence), *self._by_cells(evidence)):
            known = found.get(one.meaning[0])
            if known is None or known.confidence < one.confidence:
                found[one.meaning[0]] = one
        return sorted(found.values(), key=lambda one: (-one.confidence, one.meaning[0]))

    def _by_header(self, evidence: Evidence) -> Iterator[Understanding]:
        for guess in self._headers.guesses(evidence.header):
            meaning, lang, sure = guess.meaning, guess.lang, guess.sure
            if meaning[0] == "city" and evidence.addresses >= 0.3:
                if located := self._headers.named(LOCATION):
                    yield Understanding(located, "", 0.85, _ADDRESSES, by_cells=True)
                continue
            fit = fitting(meaning, evidence)
            if sure == 1.0:
                yield Understanding(meaning, lang, 0.8 + 0.2 * fit, _CALLED_SO, is_called_so=True)
            else:
                yield Understanding(meaning, lang, sure * fit * fit, _CALLED_LIKE)
        if is_category(evidence.header) and (topical := topical_check(self._shape)):
            meaning = (topical.columns[0], topical)
            if self._known(evidence, CONCEPTS) < 0.5 and evidence.words > 0.9:
                yield Understanding(meaning, "", 0.7, _SORTS_ANEW, by_cells=True, is_scheme=True)
            else:
                yield Understanding(meaning, "", 0.7, _SORTS, by_cells=True)

    def _by_cells(self, evidence: Evidence) -> Iterator[Understanding]:
        if not evidence.cells:
            return
        for check in self._shape.properties:
            yield from self._codes(check, evidence)
        for name, share, why, sure in (
            ("website", evidence.web, _WEB, 0.75),
            ("country", evidence.countries, _COUNTRIES, 0.85),
            ("legal_form", evidence.legal_forms, _LEGAL_FORMS, 0.85),
        ):
            meaning = self._headers.named(name)
            if meaning and share >= _CODES and len(evidence.cells) > 1:
                yield self._likely(meaning, sure, why, share)
        yield from self._places(evidence)
        yield from self._things(evidence)
        if evidence.texts >= 0.5 and (texts := self._of_path(DCT + "description")):
            yield self._likely(texts, 0.75, _TEXTS, evidence.texts)

    def _codes(self, check: PropertyCheck, evidence: Evidence) -> Iterator[Understanding]:
        if not check.in_values or check.path in _NEVER_BY_CELLS or len(evidence.distinct) < 2:
            return
        meaning = self._headers.named(check.columns[0])
        share = fitting(meaning, evidence) if meaning else 0.0
        if meaning and share >= _CODES and len(evidence.cells) >= 3:
            yield self._likely(meaning, 0.8, _ALLOWED, share, check.label)

    def _places(self, evidence: Evidence) -> Iterator[Understanding]:
        located, city = self._headers.named(LOCATION), self._headers.named("city")
        if located and evidence.addresses >= 0.5:
            yield self._likely(located, 0.75, _ADDRESSES, evidence.addresses)
        if city and evidence.words > 0.9:
            share = self._known(evidence, ("place",))
            if share >= 0.6 and evidence.countries < 0.5:
                yield self._likely(city, 0.75, _TOWNS, share)

    def _things(self, evidence: Evidence) -> Iterator[Understanding]:
        """Columns for things that the cells name."""
        if evidence.words < 0.8 or evidence.texts > 0.3:
            return
        named = Counter(
            kind
            for text in evidence.distinct
            for part in BAR.split(text)
            for kind in self._meanings(part, CONCEPTS)
        )
        share = self._known(evidence, CONCEPTS)
        if share >= 0.5 and named and self._kind not in CONCEPTS:
            kind = named.most_common(1)[0][0]
            if check := self._check_for(kind):
                meaning = (check.columns[0], check)
                yield self._likely(meaning, 0.8, _SUBJECTS, share, check.label)
        members = self._headers.named("member_of")
        if members and (share := self._known(evidence, ("cluster",))) >= 0.6:
            yield self._likely(members, 0.75, _CLUSTERS, share)

    def _check_for(self, kind: str) -> PropertyCheck | None:
        """The property that things of one kind of subject are said with."""
        if kind == "competence":
            wanted: tuple[str, ...] = (CR + "hasCompetence", CR + "enables", *TOPICAL)
        else:
            wanted = TOPICAL
        by_path = {check.path: check for check in self._shape.properties}
        return next((by_path[path] for path in wanted if path in by_path), None)

    def _known(self, evidence: Evidence, kinds: Sequence[str]) -> float:
        """How many of the different words of a column mean something."""
        split = find_splitter(
            evidence.distinct, lambda text: bool(self._meanings(text, kinds)), subjects=True
        )
        parts = {part for cell in evidence.distinct for part in split(cell)}
        if len(parts) < 2:
            return 0.0
        return sum(1 for part in parts if self._meanings(part, kinds)) / len(parts)

    def _of_path(self, path: str) -> Meaning | None:
        check = next((one for one in self._shape.properties if one.path == path), None)
        return self._headers.named(check.columns[0]) if check else None

    @staticmethod
    def _likely(
        meaning: Meaning, sure: float, why: Bilingual, share: float, label: Bilingual = NO_LABEL
    ) -> Understanding:
        told = why.with_(percent=round(100 * share), label=label)
        return Understanding(meaning, "", sure * min(1.0, share), told, by_cells=True)


def topical_check(shape: KindShape) -> PropertyCheck | None:
    """The property that words of any subject are said with; None where a kind has none."""
    by_path = {check.path: check for check in shape.properties}
    return next((by_path[path] for path in TOPICAL if path in by_path), None)


def fitting(meaning: Meaning, evidence: Evidence) -> float:
    """How many of the cells a column of some meaning could have, 0 to 1."""
    name, check = meaning
    if not evidence.cells:
        return 1.0
    if check is None:
        return evidence.unique
    if name == LOCATION:
        plain = evidence.addresses + evidence.countries
        return min(1.0, 2 * plain) if plain else 0.5 * evidence.words
    if check.path == LOCATED_IN:
        return evidence.countries if name == "country" else evidence.words
    if check.kinds:
        return evidence.words
    if check.path in (*NAMES, SKOS + "altLabel"):
        return evidence.words
    if check.path == FOAF + "homepage":
        return evidence.web
    if check.in_values or check.datatype not in ("", XSD + "string", RDF + "langString"):
        return evidence.share(lambda cell: _fits(cell, check))
    if check.pattern:
        return evidence.share(lambda cell: _fits(cell, check))
    return max(0.0, 1.0 - evidence.web - evidence.mail - evidence.numbers)


def _fits(cell: str, check: PropertyCheck) -> bool:
    parts = BAR.split(cell) if check.many else [cell]
    return not any(isinstance(parse_value(part, check), Wrong) for part in parts if part)


def naming(evidence: Evidence) -> float:
    """How much a column looks like the names of the rows, 0 to 1."""
    full = evidence.filled / evidence.rows if evidence.rows else 0.0
    return evidence.unique * evidence.words * full


_CALLED_SO: Final = Bilingual("The column is called so.", "Die Spalte heißt so.")
_CALLED_LIKE: Final = Bilingual(
    "The column is called nearly so, and its cells agree.",
    "Die Spalte heißt fast so, und ihre Zellen passen dazu.",
)
_SORTS_ANEW: Final = Bilingual(
    "Its words sort the rows, and most of them are new here: they become a topic scheme.",
    "Ihre Wörter ordnen die Zeilen, und die meisten sind hier neu: Sie werden ein Themenschema.",
)
_SORTS: Final = Bilingual(
    "Its words sort the rows, and many of them are known here.",
    "Ihre Wörter ordnen die Zeilen, und viele davon sind hier bekannt.",
)
_WEB: Final = Bilingual(
    "{percent} % of its cells are web addresses.", "{percent} % ihrer Zellen sind Webadressen."
)
_COUNTRIES: Final = Bilingual(
    "{percent} % of its cells are countries.", "{percent} % ihrer Zellen sind Länder."
)
_LEGAL_FORMS: Final = Bilingual(
    "{percent} % of its cells are legal forms.", "{percent} % ihrer Zellen sind Rechtsformen."
)
_ALLOWED: Final = Bilingual(
    "{percent} % of its cells are among the values of “{label}”.",
    "{percent} % ihrer Zellen gehören zu den Werten von „{label}“.",
)
_ADDRESSES: Final = Bilingual(
    "Many of its cells are towns with their country or region.",
    "Viele ihrer Zellen sind Orte mit ihrem Land oder ihrer Region.",
)
_TOWNS: Final = Bilingual(
    "{percent} % of its words are places that are known here.",
    "{percent} % ihrer Wörter sind Orte, die hier bekannt sind.",
)
_SUBJECTS: Final = Bilingual(
    "{percent} % of its words are subjects that are known here (“{label}”).",
    "{percent} % ihrer Wörter sind Begriffe, die hier bekannt sind („{label}“).",
)
_CLUSTERS: Final = Bilingual(
    "{percent} % of its words are clusters that are known here.",
    "{percent} % ihrer Wörter sind Cluster, die hier bekannt sind.",
)
_TEXTS: Final = Bilingual(
    "{percent} % of its cells are texts of many words.",
    "{percent} % ihrer Zellen sind Texte aus vielen Wörtern.",
)
