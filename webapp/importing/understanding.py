"""What the columns of an uploaded list are taken as, and what a person says instead."""

from collections.abc import Mapping as Form
from dataclasses import dataclass
from functools import cache
from typing import Final

from graph import (
    ColumnChoice,
    Guess,
    Knowledge,
    ListInfo,
    Mapping,
    Table,
    Viewer,
    template_columns,
    understand_columns,
)
from ontology import KINDS, Bilingual
from webapp.importing.remembering import Prepared

SURE: Final = 0.8
"""Confidence from which on nobody need look at a column."""
SCHEME: Final = "scheme:"
LOCATION: Final = "location"
SEPARATORS: Final = {
    "": "",
    "bar": "|",
    "semicolon": ";",
    "comma": ",",
    "slash": "/",
    "none": "none",
}
"""What forms call that which parts several values in a cell; empty: found out."""
_SAMPLES: Final = 3
_ADDRESS: Final = Bilingual("Address or place in free text", "Adresse oder Ort als freier Text")


@dataclass(frozen=True)
class Meaning:
    """What a column may be taken as: the name that forms send, and what a person calls it."""

    name: str
    label: Bilingual


def understood(knowledge: Knowledge, table: Table, info: ListInfo, viewer: Viewer) -> Mapping:
    """What the columns of a list are taken as.

    Raises:
        KnowledgeError: no column names the rows, or the list cannot be imported at all.
    """
    return understand_columns(knowledge, table, info, viewer=viewer)


def guesses_of(prepared: Prepared) -> tuple[Guess, ...]:
    """What is known of each column; where that failed at least its name and its cells."""
    if prepared.mapping is not None:
        return prepared.mapping.guesses
    if prepared.table is None:
        return ()
    return tuple(
        Guess(header, at, "", "", "", 0.0, _NOT_YET, _samples(prepared.table, at))
        for at, header in enumerate(prepared.table.header)
        if header
    )


def is_sure(prepared: Prepared) -> bool:
    """Whether no column needs that a person looks at it."""
    return prepared.trouble is None and all(map(is_settled, guesses_of(prepared)))


def is_settled(guess: Guess) -> bool:
    """Whether a column is understood without doubt, or a person said what it is."""
    return guess.chosen or (bool(guess.means) and guess.confidence >= SURE)


@cache
def meanings(kind: str) -> tuple[Meaning, ...]:
    """What a column of a list of a kind may be taken as, in the order of its template."""
    if kind not in KINDS:
        return ()
    found = [Meaning(one.name, one.header) for one in template_columns(kind, {})]
    if any(one.name == "city" for one in found):
        found.append(Meaning(LOCATION, _ADDRESS))
    return tuple(found)


def chosen(
    form: Form[str, str], guesses: tuple[Guess, ...], earlier: tuple[ColumnChoice, ...]
) -> tuple[ColumnChoice, ...]:
    """What a person said of columns: earlier, and now where the form differs from what it showed.

    Whoever sends what is shown of a column that was not sure has agreed to it.

    Args:
        form: ``means-3``, ``scheme-3``, ``lang-3`` and ``separator-3`` for the column at place 3.
        guesses: what the form showed.
        earlier: what the person said before.
    """
    kept = {one.header: one for one in earlier}
    for guess in guesses:
        said = _said(form, guess)
        agreed = not is_settled(guess) and guess.why is not _NOT_YET
        if said and (agreed or (said.means, said.lang, said.separator) != _shown(guess)):
            kept[guess.header] = said
    return tuple(kept.values())


def _said(form: Form[str, str], guess: Guess) -> ColumnChoice | None:
    if f"means-{guess.position}" not in form:
        return None

    def field(name: str) -> str:
        return form.get(f"{name}-{guess.position}", "").strip()

    means = field("means")
    if means == SCHEME:
        means += field("scheme") or guess.header
    lang = field("lang") if field("lang") in ("de", "en") else ""
    # Of a column that is taken as something else its old language and separator say nothing.
    if means != guess.means:
        unchanged = (lang, SEPARATORS.get(field("separator"), "")) == _shown(guess)[1:]
        return ColumnChoice(
            guess.header, means, *(("", "") if unchanged else (lang, _sign(form, guess)))
        )
    return ColumnChoice(guess.header, means, lang, _sign(form, guess))


def _sign(form: Form[str, str], guess: Guess) -> str:
    return SEPARATORS.get(form.get(f"separator-{guess.position}", ""), "")


def _shown(guess: Guess) -> tuple[str, str, str]:
    known = guess.separator if guess.separator in SEPARATORS.values() else ""
    return guess.means, guess.lang, known


def _samples(table: Table, at: int) -> tuple[str, ...]:
    cells = dict.fromkeys(row.cells[at] for row in table.rows[:200] if row.cells[at])
    return tuple(cell[:80] for cell in list(cells)[:_SAMPLES])


_NOT_YET: Final = Bilingual(
    "Nobody said yet what the columns are.", "Noch hat niemand gesagt, was die Spalten sind."
)
