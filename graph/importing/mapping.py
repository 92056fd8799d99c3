"""Which column of a list is which property of a kind, guessed from the header.

Headers are compared folded, so that case, umlauts and punctuation do not matter; a property
is found by the names that its shape gives its columns, and by its label in either language.
"""

from collections.abc import Iterable, Iterator
from typing import Final

from graph.errors import KnowledgeError
from graph.folding import fold, forms, reduce
from graph.importing.columns import Column, ColumnChoice, Guess, Mapping
from graph.importing.places import LEVELS
from graph.importing.problems import NOTE, Problem, shortened
from graph.importing.reading import Table
from ontology import CR, KINDS, RDF, RDFS, SKOS, Bilingual, KindShape, PropertyCheck, checks

ID: Final = "id"
LOCATED_IN: Final = CR + "locatedIn"
NAMES: Final = (RDFS + "label", SKOS + "prefLabel")
"""Properties that are a thing's name."""
OTHER_NAMES: Final = SKOS + "altLabel"
TOPIC_KINDS: Final = ("topic", "competence", "sector")
"""One list holds them all; its column ``kind`` tells which."""

_SPOKEN: Final = (CR + "role", CR + "note")
"""Properties whose texts are in a language although their shapes do not ask for it."""
_ENGLISH_ALIASES: Final = ("label", "description", "profile", "role", "roles", "position")
_ID_WORDS: Final = frozenset({"id", "key", "slug", "kennung", "kurzel", "schlussel"})
_LANGUAGES: Final = {
    **dict.fromkeys(("de", "deu", "deutsch", "german"), "de"),
    **dict.fromkeys(("en", "eng", "englisch", "english"), "en"),
}


def map_columns(table: Table, kind: str, choices: Iterable[ColumnChoice] = ()) -> Mapping:
    """Guess what each column of a list means.

    Args:
        table: the list.
        kind: kind of its rows; ``topic`` also for competences and sectors.
        choices: what a person said of columns; others are guessed.

    Raises:
        KnowledgeError: there is no such kind, a choice means nothing, or no column could be a
            name or an id.
    """
    shape = _shape(kind)
    known = {**_labels(shape), **_aliases(shape), **_column_names(shape)}
    chosen = {fold(choice.header): choice for choice in choices}
    columns: list[Column] = []
    problems: list[Problem] = []
    guesses: list[Guess] = []
    taken: dict[tuple[str, str], str] = {}
    for position, header in enumerate(table.header):
        choice = chosen.get(fold(header)) if header else None
        if not header:
            problems.extend(_nameless(table, position))
            continue
        column = _chosen(position, header, choice, shape) if choice else None
        column = column if choice else _understood(position, header, known)
        guesses.append(_guess(table, position, column, choice))
        if column is None:
            if choice is None:
                problems.append(Problem(0, header, "", _unknown(shape), NOTE))
        elif earlier := taken.get((column.name, column.lang)):
            message = _TWICE.with_(earlier=earlier)
            problems.append(Problem(0, header, "", message, NOTE))
        else:
            taken[column.name, column.lang] = header
            columns.append(column)
    mapping = Mapping(kind, tuple(columns), tuple(problems), tuple(guesses))
    _require_a_name(mapping, shape, table)
    return mapping


def _chosen(position: int, header: str, choice: ColumnChoice, shape: KindShape) -> Column | None:
    """The column that a person chose; None where it is left out."""
    if not choice.means:
        return None
    if choice.means == ID:
        return Column(position, header, ID, None)
    check = shape.column(choice.means)
    if check is None:
        raise KnowledgeError(
            Bilingual(
                "There is no column “{means}” for lists of this kind.",
                "Für Listen dieser Art gibt es keine Spalte „{means}“.",
            ).with_(means=shortened(choice.means)),
            Bilingual("Choose one of: {names}.", "Eine davon wählen: {names}.").with_(
                names=", ".join(dict.fromkeys([ID, *(n for n, _ in _names_of_columns(shape))]))
            ),
        )
    bare, lang = _without_language(fold(choice.means))
    name = bare.replace(" ", "_")
    if name in LEVELS:
        return Column(position, header, name, check, "", choice.separator)
    lang = choice.lang or lang or _language_of(check, fold(header))
    return Column(position, header, name, check, lang, choice.separator)


def _guess(
    table: Table, position: int, column: Column | None, choice: ColumnChoice | None
) -> Guess:
    filled = dict.fromkeys(cell for row in table.rows[:200] if (cell := row.cells[position]))
    samples = tuple(shortened(cell) for cell in list(filled)[:3])
    known = column is not None or choice is not None
    return Guess(
        header=table.header[position],
        position=position,
        means=column.name if column else "",
        lang=column.lang if column else "",
        separator=column.separator if column else "",
        confidence=1.0 if known else 0.0,
        why=_CHOSEN if choice else _BY_HEADER if column else _NOT_KNOWN,
        samples=samples,
        chosen=choice is not None,
    )


_CHOSEN: Final = Bilingual("You said so.", "So haben Sie es gesagt.")
_BY_HEADER: Final = Bilingual("The column is called so.", "Die Spalte heißt so.")
_NOT_KNOWN: Final = Bilingual(
    "Neither its name nor its cells tell what it is.",
    "Weder ihr Name noch ihre Zellen sagen, was sie ist.",
)


def _shape(kind: str) -> KindShape:
    if kind in KINDS and kind != "source":
        return checks("topic" if kind in TOPIC_KINDS else kind)
    listed = ", ".join(name for name in KINDS if name != "source")
    raise KnowledgeError(
        Bilingual("There is no kind “{kind}”.", "Es gibt keine Art „{kind}“.").with_(
            kind=shortened(kind)
        ),
        Bilingual("Choose one of: {listed}.", "Eine davon wählen: {listed}.").with_(listed=listed),
    )


def _names_of_columns(shape: KindShape) -> Iterator[tuple[str, PropertyCheck]]:
    for check in shape.properties:
        for name in check.columns:
            yield name, check


def _column_names(shape: KindShape) -> dict[str, tuple[str, PropertyCheck | None]]:
    """Folded name of a column, without its language, to its name and check."""
    named: dict[str, tuple[str, PropertyCheck | None]] = dict.fromkeys(_ID_WORDS, (ID, None))
    for name, check in _names_of_columns(shape):
        bare, _ = _without_language(fold(name))
        named.setdefault(bare, (bare.replace(" ", "_"), check))
    return named


def _aliases(shape: KindShape) -> dict[str, tuple[str, PropertyCheck | None]]:
    """Folded heading, as people write it, to the name of the column it stands for."""
    named: dict[str, tuple[str, PropertyCheck | None]] = {}
    for check in shape.properties:
        bare, _ = _without_language(fold(check.columns[0]))
        for alias in check.aliases:
            for form in forms(alias):
                named.setdefault(form, (bare.replace(" ", "_"), check))
    return named


def _labels(shape: KindShape) -> dict[str, tuple[str, PropertyCheck | None]]:
    """Folded label of a property to the name of its first column and its check."""
    labelled: dict[str, tuple[str, PropertyCheck | None]] = {}
    for check in shape.properties:
        if not check.columns or check.path == LOCATED_IN:
            continue
        bare, _ = _without_language(fold(check.columns[0]))
        for lang in ("de", "en"):
            labelled.setdefault(fold(check.label[lang]), (bare.replace(" ", "_"), check))
    return labelled


def _without_language(folded: str) -> tuple[str, str]:
    """A folded header without the language at its end, and that language.

    >>> _without_language("description en"), _without_language("beschreibung deutsch")
    (('description', 'en'), ('beschreibung', 'de'))
    """
    words = folded.split()
    if len(words) > 1 and words[-1] in _LANGUAGES:
        return " ".join(words[:-1]), _LANGUAGES[words[-1]]
    return folded, ""


def _understood(
    position: int, header: str, known: dict[str, tuple[str, PropertyCheck | None]]
) -> Column | None:
    folded = fold(header)
    bare, lang = _without_language(folded)
    found = known.get(folded) or known.get(bare) or known.get(reduce(folded))
    if found is None:
        return None
    name, check = found
    if check is None or name in LEVELS:
        return Column(position, header, name, check)
    return Column(position, header, name, check, lang or _language_of(check, folded))


def _language_of(check: PropertyCheck, folded: str) -> str:
    """The language of a column that does not name one but must have one."""
    if check.datatype != RDF + "langString" and check.path not in _SPOKEN:
        return ""
    names = (*check.columns, check.label.en, *_ENGLISH_ALIASES)
    return "en" if folded in {_without_language(fold(name))[0] for name in names} else "de"


def _nameless(table: Table, position: int) -> Iterator[Problem]:
    filled = next((row for row in table.rows if row.cells[position]), None)
    if filled is not None:
        message = Bilingual(
            "Column {number} has no name, so it is left out. Name it in the header.",
            "Spalte {number} hat keinen Namen und bleibt unbeachtet. In der Kopfzeile benennen.",
        ).with_(number=position + 1)
        yield Problem(filled.number, "", shortened(filled.cells[position]), message, NOTE)


_TWICE: Final = Bilingual(
    "This column means the same as “{earlier}”, so it is left out. Keep one of the two.",
    "Diese Spalte bedeutet dasselbe wie „{earlier}“ und bleibt deshalb unbeachtet. Eine behalten.",
)


def _unknown(shape: KindShape) -> Bilingual:
    names = dict.fromkeys([ID, *(name for name, _ in _names_of_columns(shape))])
    return Bilingual(
        "This column is not known here, so it is left out. Known are: {names}.",
        "Diese Spalte ist hier nicht bekannt und bleibt deshalb unbeachtet. Bekannt sind: {names}.",
    ).with_(names=", ".join(names))


def _require_a_name(mapping: Mapping, shape: KindShape, table: Table) -> None:
    """Every list must name its rows, by an id or by a name."""
    if mapping.kind == "figure" and mapping.column("subject") and mapping.column("measure"):
        return
    if mapping.column(ID) or any(c.check and c.check.path in NAMES for c in mapping.columns):
        return
    naming = [name for name, check in _names_of_columns(shape) if check.path in NAMES]
    raise KnowledgeError(
        Bilingual(
            "{table} has no column that names its rows.",
            "{table} hat keine Spalte, die ihre Zeilen benennt.",
        ).with_(table=table.name or "table"),
        Bilingual(
            "Add one of these columns: {names}.", "Eine dieser Spalten ergänzen: {names}."
        ).with_(names=", ".join(dict.fromkeys([ID, *naming]))),
    )
