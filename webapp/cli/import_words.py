"""What ``import``, ``batches`` and ``undo`` say to a person, in either language."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from graph import Guess, ImportResult, Plan, Problem
from ontology import Bilingual

SHOWN: Final = 20
"""Changes, and problems, that are printed for a person; a program gets all of them."""
_VALUES: Final = 5
"""Values that one note lists."""

_COUNTED: Final = {
    "new": Bilingual("new", "neu"),
    "changed": Bilingual("changed", "geändert"),
    "unchanged": Bilingual("unchanged", "unverändert"),
    "gone": Bilingual("gone", "verschwunden"),
    "merged": Bilingual("merged", "zusammengeführt"),
    "doubtful": Bilingual("doubtful", "zweifelhaft"),
    "refused": Bilingual("refused", "abgelehnt"),
}
_ROWS: Final = Bilingual("{count} rows", "{count} Zeilen")
_ONE_ROW: Final = Bilingual("1 row", "1 Zeile")
_GONE: Final = Bilingual("gone: {name}", "verschwunden: {name}")
_MORE: Final = Bilingual(
    "and {count} more; --json prints all of them",
    "und {count} weitere; --json gibt alle aus",
)
_DONE: Final = Bilingual(
    "Done: batch {number}. `clusterradar undo {number}` takes it back.",
    "Fertig: Stapel {number}. `clusterradar undo {number}` nimmt ihn zurück.",
)
_DRY: Final = Bilingual(
    "Nothing was written (--dry-run).", "Es wurde nichts geschrieben (--dry-run)."
)
_UNCHANGED: Final = Bilingual(
    "Nothing has changed, so there is nothing to do.",
    "Nichts hat sich geändert; es gibt nichts zu tun.",
)
_LEFT_OUT: Final = Bilingual("(left out)", "(ausgelassen)")
_LINES: Final = Bilingual("line break", "Zeilenwechsel")
_ROW: Final = Bilingual("row {row}", "Zeile {row}")
_COLUMN: Final = Bilingual("column {column}", "Spalte {column}")
_NOTE: Final = Bilingual("note", "Hinweis")
_QUOTED: Final = Bilingual("“{value}”", "„{value}“")
_TAKES_BACK: Final = Bilingual("takes back batch {number}", "nimmt Stapel {number} zurück")
_TAKEN_BACK: Final = Bilingual(
    "[taken back by batch {number}]", "[durch Stapel {number} zurückgenommen]"
)
UNDONE: Final = Bilingual(
    "Batch {number} is taken back (batch {by}).",
    "Stapel {number} ist zurückgenommen (Stapel {by}).",
)
PARTLY_ERASED: Final = Bilingual(
    "Statements of it that were erased since do not come back: {count}.",
    "Seither gelöschte Aussagen daraus kommen nicht wieder: {count}.",
)
_NOT_KEPT: Final = Bilingual("(no longer kept)", "(nicht mehr aufbewahrt)")
_ERASED: Final = Bilingual("({count} erased since)", "(seither gelöscht: {count})")
NO_BATCHES: Final = Bilingual("Nothing was imported yet.", "Noch wurde nichts importiert.")


def result_in_words(result: ImportResult, lang: str, *, dry_run: bool) -> Iterator[str]:
    """The lines that tell a person what an import did or would do."""
    yield from plan_in_words(result.plan, lang, columns=dry_run)
    yield end_in_words(result.batch.number if result.batch else None, lang, dry_run=dry_run)


def plan_in_words(plan: Plan, lang: str, *, columns: bool) -> Iterator[str]:
    """The lines that tell a person what a plan is, with or without its columns."""
    yield f"{plan.info.source}: {counted(plan.counts, lang)}"
    if columns:
        yield from (f"  {line}" for line in _columns(plan.mapping.guesses, lang))
    problems = [*_refusals(plan.problems, lang), *_notes(plan.problems, lang)]
    for lines in (list(_changes(plan, lang)), problems):
        yield from (f"  {line}" for line in lines[:SHOWN])
        if len(lines) > SHOWN:
            yield f"  {_MORE.with_(count=len(lines) - SHOWN)[lang]}"


def end_in_words(batch: int | None, lang: str, *, dry_run: bool) -> str:
    """The last line: the batch that was committed, or why none was."""
    if batch:
        return _DONE.with_(number=batch)[lang]
    return (_DRY if dry_run else _UNCHANGED)[lang]


def counted(counts: Mapping[str, int], lang: str) -> str:
    """Counts in words, those of zero left out.

    >>> counted({"rows": 3, "new": 2, "changed": 0, "refused": 1}, "en")
    '3 rows: 2 new, 1 refused'
    """
    rows = counts.get("rows", 0)
    told = [f"{counts[name]} {words[lang]}" for name, words in _COUNTED.items() if counts.get(name)]
    whole = _ONE_ROW[lang] if rows == 1 else _ROWS.with_(count=rows)[lang]
    return whole + (f": {', '.join(told)}" if told else "")


def _changes(plan: Plan, lang: str) -> Iterator[str]:
    """One line for each property that changes, and for each row that goes."""
    for change in plan.rows_of("changed"):
        for detail in change.details:
            old, new = (", ".join(values) or "-" for values in (detail.old, detail.new))
            yield f"{change.name}: {detail.label(lang)}: {old} -> {new}"
    for change in plan.rows_of("gone"):
        yield _GONE.with_(name=change.name)[lang]


def _columns(guesses: Iterable[Guess], lang: str) -> Iterator[str]:
    """One line for each column: what it is taken as, how sure that is, and why."""
    for guess in guesses:
        means = guess.means or _LEFT_OUT[lang]
        if guess.separator not in ("", "|", "none"):
            means += f" [{guess.separator.strip() or _LINES[lang]}]"
        sure = f" {round(100 * guess.confidence)} %" if guess.means else ""
        yield f"{guess.header} -> {means}{sure}: {guess.why[lang]}"


def _place(problem: Problem, lang: str) -> str:
    parts = [_ROW.with_(row=problem.row)[lang]] if problem.row else []
    parts += [_COLUMN.with_(column=problem.column)[lang]] if problem.column else []
    return ", ".join(parts)


def _refusals(problems: Iterable[Problem], lang: str) -> Iterator[str]:
    """One sentence for each problem for which a row was refused."""
    for problem in problems:
        if problem.refuses:
            value = f" {_QUOTED.with_(value=problem.value)[lang]}" if problem.value else ""
            yield f"{_place(problem, lang)}{value}: {problem.message[lang]}"


def _notes(problems: Iterable[Problem], lang: str) -> Iterator[str]:
    """One sentence for all notes that say the same of one column."""
    together: dict[tuple[str, str], list[str]] = {}
    for problem in problems:
        if not problem.refuses:
            together.setdefault((problem.column, problem.message[lang]), []).append(problem.value)
    for (header, message), values in together.items():
        place = f"{_NOTE[lang]}, {_COLUMN.with_(column=header)[lang]}" if header else _NOTE[lang]
        listed = ", ".join(_QUOTED.with_(value=v)[lang] for v in values[:_VALUES] if v)
        more = f" (+{len(values) - _VALUES})" if len(values) > _VALUES else ""
        yield f"{place}{f' {listed}' if listed else ''}{more}: {message}"


def batch_in_words(batch: Mapping[str, Any], lang: str) -> str:
    """One line of the list of batches."""
    if batch["undoes"] is not None:
        what = _TAKES_BACK.with_(number=batch["undoes"])[lang]
    else:
        title = f"({batch['title']})" if batch["title"] else ""
        what = " ".join(part for part in (batch["kind"], batch["source"], title) if part)
        if batch["counts"]:
            what += f": {counted(batch['counts'], lang)}"
    by = batch["undone_by"]
    undone = f"  {_TAKEN_BACK.with_(number=by)[lang]}" if by else ""
    if batch["erased"]:
        undone += f"  {_ERASED.with_(count=batch['erased'])[lang]}"
    if not batch["kept"]:
        undone += f"  {_NOT_KEPT[lang]}"
    time = batch["time"][:16].replace("T", " ")
    return f"{batch['batch']:>5}  {time}  {what}{undone}"
