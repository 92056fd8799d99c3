"""The formats of answers, and which of them a client wants.

Rows (SELECT, ASK) and triples (CONSTRUCT, DESCRIBE) have formats of their own, so one
``Accept`` header can be answered differently for different queries.
"""

from dataclasses import dataclass
from typing import Final

from graph.sparql.errors import QueryError
from ontology import Bilingual


@dataclass(frozen=True)
class Format:
    """One way to write an answer.

    Attributes:
        name: its short name, as in ``format=csv``.
        media_type: what the answer is called.
        also: other media types that clients ask for it by.
    """

    name: str
    media_type: str
    also: tuple[str, ...] = ()


ROW_FORMATS: Final = (
    Format(
        "json",
        "application/sparql-results+json",
        ("application/json", "text/javascript", "application/javascript"),
    ),
    Format("xml", "application/sparql-results+xml", ("application/xml", "text/xml")),
    Format("csv", "text/csv"),
    Format("tsv", "text/tab-separated-values"),
)
"""Formats for SELECT and ASK, the most liked first."""

TRIPLE_FORMATS: Final = (
    Format("turtle", "text/turtle", ("application/turtle", "application/x-turtle", "text/n3")),
    Format("ntriples", "application/n-triples", ("text/plain",)),
    Format("rdfxml", "application/rdf+xml", ("application/xml", "text/xml")),
    Format("jsonld", "application/ld+json", ("application/json",)),
)
"""Formats for CONSTRUCT and DESCRIBE, the most liked first."""

_NAMES: Final = {
    "ttl": "turtle",
    "nt": "ntriples",
    "n-triples": "ntriples",
    "rdf": "rdfxml",
    "rdf+xml": "rdfxml",
    "json-ld": "jsonld",
}


def formats_of(form: str) -> tuple[Format, ...]:
    """The formats that answers to a form of query come in."""
    return ROW_FORMATS if form in ("SELECT", "ASK") else TRIPLE_FORMATS


def named(form: str, name: str) -> Format:
    """The format with a short name or media type.

    Raises:
        QueryError: ``unknown-format``.

    >>> named("CONSTRUCT", "json").media_type, named("SELECT", "json").media_type
    ('application/ld+json', 'application/sparql-results+json')
    """
    known = formats_of(form)
    word = name.strip().lower().replace(" ", "+")
    word = _NAMES.get(word, word)
    if known is TRIPLE_FORMATS:
        word = {"json": "jsonld", "xml": "rdfxml"}.get(word, word)
    for one in known:
        if word in (one.name, one.media_type, *one.also):
            return one
    names = ", ".join(one.name for one in known)
    raise QueryError(
        "unknown-format",
        Bilingual(
            f"Answers to {form} do not come as “{name[:40]}”.",
            f"Antworten auf {form} gibt es nicht als „{name[:40]}“.",
        ),
        Bilingual(f"Ask for one of {names}.", f"Möglich sind {names}."),
    )


def accepted(form: str, accept: str) -> Format:
    """The format that an ``Accept`` header prefers for a form of query.

    Higher q-values win, then what the client names more exactly, then our own order.

    Raises:
        QueryError: ``not-acceptable``.

    >>> accepted("SELECT", "text/csv;q=0.5, application/sparql-results+xml").name
    'xml'
    """
    ranges = _ranges(accept)
    if not ranges:
        return formats_of(form)[0]
    best: tuple[float, int, int] = (0.0, 0, 0)
    chosen = None
    for position, one in enumerate(formats_of(form)):
        q, exactness = _quality(one, ranges)
        rank = (q, exactness, -position)
        if q > 0 and (chosen is None or rank > best):
            best, chosen = rank, one
    if chosen is None:
        types = ", ".join(one.media_type for one in formats_of(form))
        raise QueryError(
            "not-acceptable",
            Bilingual(
                f"Answers to {form} do not come in a format that you accept.",
                f"Antworten auf {form} gibt es in keinem Format, das Sie annehmen.",
            ),
            Bilingual(f"Accept one of {types}.", f"Möglich sind {types}."),
        )
    return chosen


def _ranges(accept: str) -> list[tuple[str, float]]:
    """The media ranges of an Accept header with their q-values."""
    found = []
    for part in accept.split(","):
        media_type, *parameters = (piece.strip().lower() for piece in part.split(";"))
        if media_type:
            found.append((media_type, _q_value(parameters)))
    return found


def _q_value(parameters: list[str]) -> float:
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip() == "q":
            try:
                return min(1.0, max(0.0, float(value)))
            except ValueError:
                return 0.0
    return 1.0


def _quality(one: Format, ranges: list[tuple[str, float]]) -> tuple[float, int]:
    """(q, exactness) of a format: what names it most exactly decides about it."""
    best = (0.0, -1)
    for media_type, q in ranges:
        if media_type == one.media_type:
            exactness = 3
        elif media_type in one.also:
            exactness = 2
        elif media_type.endswith("/*") and one.media_type.startswith(media_type[:-1]):
            exactness = 1
        elif media_type in ("*/*", "*"):
            exactness = 0
        else:
            continue
        if exactness > best[1] or (exactness == best[1] and q > best[0]):
            best = (q, exactness)
    return best
