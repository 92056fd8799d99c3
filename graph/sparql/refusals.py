"""Why a reader gave no answer, in sentences for people."""

from typing import Any

from graph.sparql.errors import QueryError
from graph.sparql.guard import undeclared_prefixes
from ontology import PREFIXES, Bilingual


def refused(query: str, head: dict[str, Any]) -> QueryError:
    """The engine's own no, as the reader handed it on."""
    detail = _shortened(head["detail"])
    if head["error"] == "syntax":
        return QueryError(
            "syntax",
            Bilingual(
                "The query is not valid SPARQL: {detail}",
                "Die Anfrage ist kein gültiges SPARQL: {detail}",
            ).with_(detail=detail),
            _prefix_advice(query),
        )
    if head["error"] == "evaluation":
        return QueryError(
            "unknown-function",
            Bilingual(
                "The query cannot be evaluated: {detail}",
                "Die Anfrage lässt sich nicht auswerten: {detail}",
            ).with_(detail=detail),
            Bilingual(
                "Use only the functions of SPARQL 1.1.",
                "Nehmen Sie nur die Funktionen von SPARQL 1.1.",
            ),
        )
    return cannot_open()


def _shortened(detail: str) -> str:
    """The engine lists everything it would have liked better; the beginning is enough."""
    line = " ".join(detail.split())
    return line if len(line) <= 200 else line[:199] + "…"


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
