"""Rows of a list that would bring back somebody who was erased are refused."""

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Final

from graph.erasing.marks import ErasedMarks
from graph.importing.cells import Reference
from graph.importing.problems import Problem, shortened
from graph.importing.records import Record, Validated
from ontology import CR, Bilingual

WORKS_FOR: Final = CR + "worksFor"
_MAIL: Final = re.compile(r"[^\s<>()\"',;:]+@[^\s<>()\"',;:]+")

Called = Callable[[Reference], Iterable[str]]
"""All that an organisation is called which a list means by a word."""


def stop(validated: Validated, source: str, marks: ErasedMarks, called: Called) -> Validated:
    """The accepted rows without those that speak of, or name, somebody who was erased.

    Args:
        validated: the rows of a list.
        source: the name of the list.
        marks: of those who were erased.
        called: knows what organisations are called.
    """
    if not marks.marks:
        return validated
    problems = [
        (record, problem)
        for record in validated.records
        if (problem := _problem(record, source, marks, called)) is not None
    ]
    if not problems:
        return validated
    stopped = {record.number for record, _ in problems}
    every = sorted((*validated.problems, *(one for _, one in problems)), key=lambda p: p.row)
    return replace(
        validated,
        records=tuple(one for one in validated.records if one.number not in stopped),
        problems=tuple(every),
        refused=validated.refused | {record.key for record, _ in problems},
    )


def _problem(record: Record, source: str, marks: ErasedMarks, called: Called) -> Problem | None:
    if record.kind == "person" and _is_about(record, source, marks, called):
        return Problem(record.number, "", shortened(record.name), _ABOUT)
    for _, value in record.said:
        text = value.text if isinstance(value, Reference) else value.value
        named = isinstance(value, Reference) and "person" in value.kinds and marks.has_name(text)
        if named or any(map(marks.has_mail, _MAIL.findall(text) if "@" in text else ())):
            return Problem(record.number, "", shortened(text), _NAMES)
    return None


def _is_about(record: Record, source: str, marks: ErasedMarks, called: Called) -> bool:
    if marks.has_row(source, record.key):
        return True
    works_for = [
        value for path, value in record.said if path == WORKS_FOR and isinstance(value, Reference)
    ]
    organisations = {name for one in works_for for name in (one.text, *called(one))}
    return any(marks.has_person(name, organisations) for name in {*record.names, record.id} - {""})


_ABOUT: Final = Bilingual(
    "This row is about a person who was erased and must not come back. Delete the row. If it is "
    "somebody else of the same name, write in the column “works_for” where that person works.",
    "Diese Zeile handelt von einer Person, die gelöscht wurde und nicht zurückkehren darf. Die "
    "Zeile entfernen. Ist es jemand anderes gleichen Namens, in der Spalte „works_for“ angeben, wo "
    "diese Person arbeitet.",
)
_NAMES: Final = Bilingual(
    "This row names a person who was erased and must not come back. Delete the name.",
    "Diese Zeile nennt eine Person, die gelöscht wurde und nicht zurückkehren darf. Den Namen "
    "entfernen.",
)
