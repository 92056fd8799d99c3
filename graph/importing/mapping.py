"""Which column of a list is which property of a kind, guessed from headers and cells.

What a person said of a column holds; all other columns are taken as what they most likely are, each
meaning once. A column that nothing speaks for is left out, with the reason.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Final

from graph.errors import KnowledgeError
from graph.folding import fold
from graph.importing.columns import (
    ANEW,
    SCHEME,
    WHOLE,
    Column,
    ColumnChoice,
    Guess,
    Mapping,
)
from graph.importing.evidence import Evidence, Meanings, looks_like, means_nothing
from graph.importing.expected import (
    TOPIC_KINDS,
    known_columns,
    require_a_name,
    shape_of,
    unknown_column,
)
from graph.importing.headers import (
    ID,
    LOCATED_IN,
    LOCATION,
    NAMES,
    Headers,
    Meaning,
    is_spoken,
    language_of,
    unkept,
)
from graph.importing.places import LEVELS
from graph.importing.problems import NOTE, Problem, shortened
from graph.importing.reading import Table
from graph.importing.separators import Splitter, find_splitter
from graph.importing.tongues import language_of_texts
from graph.importing.understanding import (
    CONCEPTS,
    LEAST,
    Understand,
    Understanding,
    naming,
    topical_check,
)
from graph.importing.whereabouts import Whereabouts
from ontology import SKOS, Bilingual

__all__ = [
    "ID",
    "LOCATED_IN",
    "NAMES",
    "OTHER_NAMES",
    "TOPIC_KINDS",
    "known_columns",
    "map_columns",
]

OTHER_NAMES: Final = SKOS + "altLabel"
_SAMPLES: Final = 3


def map_columns(
    table: Table,
    kind: str,
    choices: Iterable[ColumnChoice] = (),
    meanings: Meanings = means_nothing,
) -> Mapping:
    """Find out what each column of a list means.

    Args:
        table: the list.
        kind: kind of its rows; ``topic`` also for competences and sectors.
        choices: what a person said of columns; others are guessed.
        meanings: what words mean, so that columns of known things are recognised.

    Raises:
        KnowledgeError: there is no such kind, a choice means nothing, or no column could be a
            name or an id.
    """
    return _Mapper(table, kind, tuple(choices), meanings).mapping()


@dataclass
class _Drawn:
    """A column in the making: what it is taken as, or why it is left out."""

    position: int
    header: str
    evidence: Evidence
    choice: ColumnChoice | None = None
    chances: list[Understanding] = field(default_factory=list)
    taken: Understanding | None = None
    left_out: Bilingual | None = None

    @property
    def best(self) -> float:
        return self.chances[0].confidence if self.chances else 0.0


class _Mapper:
    """Maps one list; each step is a method."""

    def __init__(
        self, table: Table, kind: str, choices: tuple[ColumnChoice, ...], meanings: Meanings
    ) -> None:
        self.table = table
        self.kind = kind
        self.shape = shape_of(kind)
        self.headers = Headers(self.shape)
        self.meanings = meanings
        self.choices = {fold(one.header): one for one in choices if one.means != ANEW}
        self.claimed: dict[tuple[str, str], str] = {}

    def mapping(self) -> Mapping:
        drawn = [self._drawn(at, header) for at, header in enumerate(self.table.header)]
        named = [one for one in drawn if one.header]
        for one in named:
            if one.choice:
                self._choose(one, one.choice)
        open_ones = [one for one in named if not one.choice]
        for one in sorted(open_ones, key=lambda one: (-one.best, one.position)):
            self._take(one)
        self._name_the_rows(open_ones)
        columns: list[Column] = []
        guesses: list[Guess] = []
        found: list[ColumnChoice] = []
        for one in named:
            column = self._column(one) if one.taken else None
            guesses.append(self._guess(one, column))
            if column:
                columns.append(column)
                found += self._found(one, column)
        problems = [problem for one in drawn for problem in self._problems(one)]
        mapping = Mapping(self.kind, tuple(columns), tuple(problems), tuple(guesses), tuple(found))
        require_a_name(mapping, self.shape, self.table)
        return mapping

    def _drawn(self, position: int, header: str) -> _Drawn:
        cells = (row.cells[position] for row in self.table.rows)
        evidence = Evidence.of(header, cells, len(self.table.rows))
        drawn = _Drawn(position, header, evidence, self.choices.get(fold(header)))
        if header and not drawn.choice:
            understand = Understand(self.kind, self.shape, self.headers, self.meanings)
            drawn.chances = understand(evidence)
        return drawn

    # What a person said

    def _choose(self, one: _Drawn, choice: ColumnChoice) -> None:
        if not choice.means:
            return
        is_scheme = choice.means.startswith(SCHEME)
        meaning = self._scheme_meaning(choice) if is_scheme else self._meaning(choice.means)
        lang = choice.lang or _language_in(choice.means)
        one.taken = Understanding(meaning, lang, 1.0, _CHOSEN, is_scheme=is_scheme)
        if not is_scheme:
            self.claimed.setdefault((meaning[0], self._lang(one)), one.header)

    def _meaning(self, means: str) -> Meaning:
        meaning = self.headers.named(means)
        if meaning is None:
            names = known_columns(self.kind)
            raise KnowledgeError(
                Bilingual(
                    "There is no column “{means}” for lists of this kind.",
                    "Für Listen dieser Art gibt es keine Spalte „{means}“.",
                ).with_(means=shortened(means)),
                Bilingual("Choose one of: {names}.", "Eine davon wählen: {names}.").with_(
                    names=", ".join(names)
                ),
            )
        return meaning

    def _scheme_meaning(self, choice: ColumnChoice) -> Meaning:
        check = topical_check(self.shape)
        if check is None or not fold(choice.means.removeprefix(SCHEME)):
            raise KnowledgeError(
                Bilingual(
                    "The column “{header}” cannot become a topic scheme.",
                    "Die Spalte „{header}“ kann kein Themenschema werden.",
                ).with_(header=shortened(choice.header)),
                Bilingual(
                    "Give the scheme a name (scheme:Name), in a list of things that have topics.",
                    "Dem Schema einen Namen geben (scheme:Name), in einer Liste von Dingen, die "
                    "Themen haben.",
                ),
            )
        return check.columns[0], check

    # What is found out

    def _take(self, one: _Drawn) -> None:
        """Take a column as the likeliest thing that no other column is yet."""
        told = unkept(one.header) if one.best < 0.8 else None
        for chance in one.chances if not told else ():
            if chance.confidence < LEAST:
                break
            one.taken = chance
            key = (chance.meaning[0], self._lang(one))
            earlier = self.claimed.get(key)
            if chance.is_scheme or earlier is None:
                if not chance.is_scheme:
                    self.claimed[key] = one.header
                return
            one.taken = None
            one.left_out = one.left_out or _TWICE.with_(earlier=earlier)
            if chance.is_called_so:
                return
        if told or not one.left_out:
            one.left_out = told or looks_like(one.evidence)

    def _name_the_rows(self, drawn: list[_Drawn]) -> None:
        """In a list that names nothing, the first column of distinct words names the rows."""
        taken = [self._meaning(name) for name, _ in self.claimed]
        if any(name == ID or (check and check.path in NAMES) for name, check in taken):
            return
        free = [one for one in drawn if not one.taken and len(one.evidence.cells) > 1]
        likely = next((one for one in free if naming(one.evidence) >= 0.9), None)
        check = next((one for one in self.shape.properties if one.path in NAMES), None)
        meaning = self.headers.named(check.columns[0]) if check else None
        if likely and meaning:
            likely.taken = Understanding(meaning, "", LEAST, _NAMES_ROWS, by_cells=True)
            self.claimed[meaning[0], self._lang(likely)] = likely.header

    # What becomes of it

    def _lang(self, one: _Drawn) -> str:
        """The language of a column's texts: as said, else of the header, else of the cells."""
        assert one.taken is not None
        meaning = one.taken.meaning
        if one.taken.is_scheme:
            return one.taken.lang or language_of_texts(one.evidence.cells) or "en"
        if meaning[1] is None or meaning[0] in LEVELS or meaning[0] == LOCATION:
            return ""
        if one.taken.lang or not is_spoken(meaning):
            return one.taken.lang
        return language_of_texts(one.evidence.cells) or language_of(meaning[1], one.header)

    def _column(self, one: _Drawn) -> Column:
        assert one.taken is not None
        name, check = one.taken.meaning
        scheme = self._scheme(one)
        column = Column(one.position, one.header, name, check, self._lang(one), scheme)
        if check is None or not check.many:
            return column
        if name == LOCATION:
            cells = (row.cells[one.position] for row in self.table.rows)
            read = Whereabouts(cells, lambda text: bool(self.meanings(text, ("place",))))
            return replace(column, locate=read)
        return replace(column, split=self._splitter(one, column))

    def _scheme(self, one: _Drawn) -> str:
        if one.taken is None or not one.taken.is_scheme:
            return ""
        if one.choice:
            return one.choice.means.removeprefix(SCHEME).strip()
        # The name of the file tells best what sorts its rows so.
        stem = self.table.name.rpartition("/")[2].partition(".")[0]
        return " ".join(stem.replace("_", " ").replace("-", " ").split()) or one.header

    def _splitter(self, one: _Drawn, column: Column) -> Splitter:
        check = column.check
        assert check is not None
        kinds = ("place",) if check.path == LOCATED_IN else check.kinds
        subjects = bool(column.scheme) or (bool(kinds) and set(kinds) <= set(CONCEPTS))
        said = one.choice.separator if one.choice else ""

        def known(text: str) -> bool:
            if check.node_kind == "IRI" and not kinds:
                return text.startswith(("http://", "https://", "www."))
            return bool(kinds) and bool(self.meanings(text, kinds))

        cells = (row.cells[one.position] for row in self.table.rows)
        return find_splitter(filter(None, cells), known, subjects=subjects, separator=said)

    def _guess(self, one: _Drawn, column: Column | None) -> Guess:
        means, lang, separator = "", "", ""
        if column and one.taken:
            means = SCHEME + column.scheme if column.scheme else column.name
            lang = column.lang
            split = column.split
            separator = (split.separator or "|") if isinstance(split, Splitter) else WHOLE
        return Guess(
            header=one.header,
            position=one.position,
            means=means,
            lang=lang,
            separator=separator,
            confidence=round(one.taken.confidence if one.taken else 1.0 if one.choice else 0.0, 2),
            why=_CHOSEN if one.choice else one.taken.why if one.taken else _reason(one),
            samples=tuple(shortened(cell) for cell in one.evidence.distinct[:_SAMPLES]),
            chosen=one.choice is not None,
        )

    def _found(self, one: _Drawn, column: Column) -> Iterator[ColumnChoice]:
        """What is to be remembered of a column, because other cells might say otherwise."""
        if one.choice or not one.taken:
            return
        split = column.split if isinstance(column.split, Splitter) else Splitter()
        separator = "" if split.cautious else split.separator
        by_header = language_of(column.check, one.header) if column.check else ""
        spoken = column.lang and not one.taken.lang and column.lang != by_header
        if one.taken.by_cells or separator or spoken:
            means = SCHEME + column.scheme if column.scheme else column.name
            yield ColumnChoice(one.header, means, column.lang, separator)

    def _problems(self, one: _Drawn) -> Iterator[Problem]:
        if not one.header:
            yield from _nameless(self.table, one.position)
        elif not one.taken and not one.choice:
            reason = one.left_out
            message = _LEFT_OUT.with_(reason=reason) if reason else unknown_column(self.shape)
            yield Problem(0, one.header, "", message, NOTE)


def _language_in(means: str) -> str:
    return means[-2:] if means.endswith(("_de", "_en")) else ""


def _reason(one: _Drawn) -> Bilingual:
    if one.choice:
        return _CHOSEN
    return one.left_out or _NOT_KNOWN


def _nameless(table: Table, position: int) -> Iterator[Problem]:
    filled = next((row for row in table.rows if row.cells[position]), None)
    if filled is not None:
        message = Bilingual(
            "Column {number} has no name, so it is left out. Name it in the header.",
            "Spalte {number} hat keinen Namen und bleibt unbeachtet. In der Kopfzeile benennen.",
        ).with_(number=position + 1)
        yield Problem(filled.number, "", shortened(filled.cells[position]), message, NOTE)


_CHOSEN: Final = Bilingual(
    "Somebody said so, now or at an earlier import.",
    "Jemand hat es so gesagt, jetzt oder bei einem früheren Import.",
)
_NOT_KNOWN: Final = Bilingual(
    "Neither its name nor its cells tell what it is.",
    "Weder ihr Name noch ihre Zellen sagen, was sie ist.",
)
_NAMES_ROWS: Final = Bilingual(
    "No column is called a name, and its cells are different words.",
    "Keine Spalte heißt wie ein Name, und ihre Zellen sind verschiedene Wörter.",
)
_TWICE: Final = Bilingual(
    "This column means the same as “{earlier}”.",
    "Diese Spalte bedeutet dasselbe wie „{earlier}“.",
)
_LEFT_OUT: Final = Bilingual(
    "{reason} So it is left out; say what it is if that is wrong.",
    "{reason} Sie bleibt deshalb unbeachtet; falls das nicht stimmt, sagen, was sie ist.",
)
