"""JSON lists: objects become rows, and what is nested in them columns with dotted names."""

import json
from collections.abc import Iterator, Mapping
from typing import Any, Final

from graph.errors import KnowledgeError
from graph.importing.assumed import Grid
from graph.importing.problems import shortened
from ontology import Bilingual

_DEEPEST: Final = 6
"""Objects within objects that become columns; deeper ones are kept as JSON text."""


def looks_like_json(text: str) -> bool:
    """Whether a text begins like JSON."""
    return text.lstrip()[:1] in ("{", "[")


def read_json(text: str, name: str, encoding: str) -> Grid:
    """The rows of a list of objects, of an object that holds one, or of one object a line.

    The first row is the header. Rows count from 2, as they would in a spreadsheet.

    Args:
        text: the JSON.
        name: what to call it in messages.
        encoding: how the bytes were decoded.

    Raises:
        KnowledgeError: it is no JSON, or holds no list of objects.

    >>> text = '[{"id": "a", "at": {"city": "Bonn"}, "topics": ["x", "y"]}]'
    >>> read_json(text, "list.json", "utf-8").records
    ((1, ['id', 'at.city', 'topics']), (2, ['a', 'Bonn', 'x | y']))
    """
    try:
        return _grid_of(_objects(_parsed(text, name)), name, encoding)
    except RecursionError as error:
        raise KnowledgeError(
            Bilingual("{name} is nested too deep.", "{name} ist zu tief verschachtelt.").with_(
                name=name
            ),
            Bilingual(
                "Export it anew with flatter objects, or save it as CSV.",
                "Mit flacheren Objekten neu ausgeben oder als CSV speichern.",
            ),
        ) from error


def _grid_of(objects: list[Mapping[str, Any]], name: str, encoding: str) -> Grid:
    if not objects:
        raise KnowledgeError(
            Bilingual(
                "{name} holds no list of objects.", "{name} enthält keine Liste von Objekten."
            ).with_(name=name),
            Bilingual(
                'Expected is [{"id": ..., "name": ...}, ...], or an object that holds such a list.',
                'Erwartet wird [{"id": ..., "name": ...}, ...] oder ein Objekt, das eine solche '
                "Liste enthält.",
            ),
        )
    flat = [_columns_of(one, name) for one in objects]
    header = list(dict.fromkeys(column for one in flat for column in one))
    rows = (
        (number, [one.get(column, "").strip() for column in header])
        for number, one in enumerate(flat, 2)
    )
    records = ((1, header), *((number, cells) for number, cells in rows if any(cells)))
    return Grid(records, format="json", encoding=encoding)


def _columns_of(one: Mapping[str, Any], name: str) -> dict[str, str]:
    """The columns of an object; where two are called the same, one would be lost silently."""
    found: dict[str, str] = {}
    for column, text in _flat(one):
        if column in found:
            raise KnowledgeError(
                Bilingual(
                    "{name}: “{column}” is there twice in one object.",
                    "{name}: „{column}“ steht zweimal in einem Objekt.",
                ).with_(name=name, column=shortened(column)),
                Bilingual("Rename one of the two keys.", "Einen der beiden Schlüssel umbenennen."),
            )
        found[column] = text
    return found


def _parsed(text: str, name: str) -> Any:
    try:
        return json.loads(text, object_pairs_hook=_once)
    except ValueError as error:
        lines = _lines(text)
        if lines is not None:
            return lines
        place = f" ({error})"
    raise KnowledgeError(
        Bilingual(
            "{name} is not valid JSON{place}.", "{name} ist kein gültiges JSON{place}."
        ).with_(name=name, place=place),
        Bilingual("Export it anew, or save it as CSV.", "Neu ausgeben oder als CSV speichern."),
    )


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object; of a key that is there twice one value would be lost silently."""
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a key is there twice in one object")
    return found


def _lines(text: str) -> list[Any] | None:
    """One object a line; None where it is not that."""
    try:
        found = [
            json.loads(line, object_pairs_hook=_once) for line in text.splitlines() if line.strip()
        ]
    except ValueError:
        return None
    return found if len(found) > 1 else None


def _objects(value: Any) -> list[Mapping[str, Any]]:
    """The longest list of objects, at the top or in an object, the outermost first."""
    if isinstance(value, list):
        # A list of which not all are objects is no list of rows: none may get lost.
        return value if all(isinstance(one, dict) for one in value) else []
    if not isinstance(value, dict):
        return []
    lists = [_objects(one) for one in value.values() if isinstance(one, list)]
    best = max(lists, key=len, default=[])
    if best:
        return best
    inner = [_objects(one) for one in value.values() if isinstance(one, dict)]
    return max(inner, key=len, default=[])


def _flat(one: Mapping[str, Any], before: str = "", depth: int = 0) -> Iterator[tuple[str, str]]:
    for key, value in one.items():
        column = f"{before}{key}".strip()
        if isinstance(value, dict) and depth < _DEEPEST:
            yield from _flat(value, f"{column}.", depth + 1)
        elif isinstance(value, list) and not any(isinstance(v, (dict, list)) for v in value):
            yield column, " | ".join(text for v in value if (text := _text(v)))
        else:
            yield column, _text(value)


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False)
