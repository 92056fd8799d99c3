"""Why a reader gave no answer, in sentences for people."""

import re
from typing import Any, Final

from graph.sparql.errors import QueryError
from graph.sparql.guard import undeclared_prefixes
from ontology import PREFIXES, Bilingual

_PLACE: Final = re.compile(r"error at (\d+):(\d+): expected (.*)", re.DOTALL)
_SENTENCE: Final = re.compile(r"(?:^|, |one of )([A-Z][\w*]*(?: [\w*]+){2,})")


def refused(query: str, head: dict[str, Any]) -> QueryError:
    """The engine's own no, as the reader handed it on."""
    detail = head["detail"]
    if head["error"] == "syntax":
        place = _place(query, detail)
        return QueryError(
            "syntax",
            Bilingual(
                f"The query is not valid SPARQL: {place.en}.",
                f"Die Anfrage ist kein gültiges SPARQL: {place.de}.",
            ),
            _prefix_advice(query),
        )
    if head["error"] == "evaluation":
        return QueryError(
            "unknown-function",
            Bilingual(
                f"The query cannot be evaluated: {detail[:200]}.",
                f"Die Anfrage lässt sich nicht auswerten: {detail[:200]}.",
            ),
            Bilingual(
                "Use only the functions of SPARQL 1.1.",
                "Nehmen Sie nur die Funktionen von SPARQL 1.1.",
            ),
        )
    return cannot_open()


def _place(query: str, detail: str) -> Bilingual:
    """Where the engine stopped reading, and the sentence about it that its list may hold.

    The list names every character that would have been right too, which helps nobody.
    """
    found = _PLACE.match(detail)
    if found is None:
        return Bilingual(detail[:200], detail[:200])
    line, column = int(found[1]), int(found[2])
    rows = query.splitlines()
    rest = rows[line - 1][max(0, column - 1) :].strip() if line <= len(rows) else ""
    sentence = _SENTENCE.search(found[3])
    why = f" ({sentence[1]})" if sentence else ""
    if not rest:
        return Bilingual(f"at the end of line {line}{why}", f"am Ende von Zeile {line}{why}")
    return Bilingual(
        f"line {line}, column {column}, at “{rest[:40]}”{why}",
        f"Zeile {line}, Spalte {column}, bei „{rest[:40]}“{why}",
    )


def _prefix_advice(query: str) -> Bilingual:
    missing = undeclared_prefixes(query)
    if not missing:
        return Bilingual(
            "Correct it there and try again.",
            "Berichtigen Sie die Stelle und versuchen Sie es neu.",
        )
    lines = " ".join(f"PREFIX {prefix}: <{PREFIXES.get(prefix, '...')}>" for prefix in missing[:5])
    return Bilingual(
        f"Prefixes are missing; put this before it: {lines}",
        f"Es fehlen Präfixe; stellen Sie dies davor: {lines}",
    )


def too_slow(limit_ms: int) -> QueryError:
    """The time was up."""
    return QueryError(
        "too-slow",
        Bilingual(
            f"The query took longer than {limit_ms / 1000:g} s and was stopped.",
            f"Die Anfrage dauerte länger als {limit_ms / 1000:g} s und wurde abgebrochen.",
        ),
        Bilingual(
            "Narrow it down: name classes and properties, avoid unconnected patterns, use LIMIT.",
            "Grenzen Sie sie ein: nennen Sie Klassen und Eigenschaften, vermeiden Sie unverbundene "
            "Muster, nehmen Sie LIMIT.",
        ),
    )


def too_much_memory(limit_mb: int) -> QueryError:
    """The reader process ended by itself: memory was refused to it."""
    return QueryError(
        "too-much-memory",
        Bilingual(
            f"The query needed more than {limit_mb} MiB of memory and was stopped.",
            f"Die Anfrage brauchte mehr als {limit_mb} MiB Speicher und wurde abgebrochen.",
        ),
        Bilingual(
            "Sort and group less at once, or ask in parts.",
            "Sortieren und gruppieren Sie weniger auf einmal, oder fragen Sie in Teilen.",
        ),
    )


def busy() -> QueryError:
    """No reader became free in time."""
    return QueryError(
        "busy",
        Bilingual(
            "All readers are at work on other queries.",
            "Alle Leser arbeiten gerade an anderen Anfragen.",
        ),
        Bilingual("Try again in a moment.", "Versuchen Sie es gleich noch einmal."),
    )


def cannot_open() -> QueryError:
    """A reader could not open its copy of the data."""
    return QueryError(
        "busy",
        Bilingual(
            "The data could not be opened for reading.",
            "Die Daten ließen sich nicht zum Lesen öffnen.",
        ),
        Bilingual(
            "Try again; if it stays, look whether memory and disk are full.",
            "Versuchen Sie es noch einmal; bleibt es so, prüfen Sie, ob Speicher und Platte voll "
            "sind.",
        ),
    )
