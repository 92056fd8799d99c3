"""Workbooks (XLSX, XLS, ODS), read in a process that may fail alone."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any, Final

from graph.errors import KnowledgeError
from graph.importing.assumed import Grid
from ontology import Bilingual

_SECONDS: Final = 180
_XLS: Final = b"\xd0\xcf\x11\xe0"
_CHILD: Final = Path(__file__).with_name("workbook_child.py")
"""Run as a file: as a module it would import all of its package first, which takes a second."""


def workbook_format(content: bytes) -> str:
    """``xlsx``, ``xls`` or ``ods``; empty where the bytes are no workbook.

    >>> workbook_format(b"id,name")
    ''
    """
    if content.startswith(_XLS):
        return "xls"
    if not content.startswith(b"PK\x03\x04"):
        return ""
    # The first part of an OpenDocument file is its media type, not packed.
    return "ods" if b"opendocument.spreadsheet" in content[:200] else "xlsx"


def read_workbook(content: bytes, name: str, sheet: str = "") -> Grid:
    """The rows of one sheet of a workbook.

    Args:
        content: the file.
        name: what to call it in messages.
        sheet: name of the sheet; empty: the first with rows.

    Raises:
        KnowledgeError: it is damaged, protected, too large, or has no such sheet.
    """
    found = _asked(content, sheet)
    if "missing" in found:
        raise KnowledgeError(
            Bilingual(
                "{name} has no sheet “{sheet}”.", "{name} hat kein Tabellenblatt „{sheet}“."
            ).with_(name=name, sheet=sheet),
            Bilingual("It has: {sheets}.", "Es gibt: {sheets}.").with_(
                sheets=", ".join(found["sheets"]) or "-"
            ),
        )
    if "error" in found:
        raise KnowledgeError(
            Bilingual(
                "{name} cannot be read as a workbook ({why}).",
                "{name} lässt sich nicht als Tabellendatei lesen ({why}).",
            ).with_(name=name, why=found["error"]),
            Bilingual(
                "Open it in a spreadsheet program, take off any password, and save it as XLSX "
                "or as CSV (UTF-8).",
                "In einem Tabellenprogramm öffnen, einen Kennwortschutz entfernen und als XLSX "
                "oder als CSV (UTF-8) speichern.",
            ),
        )
    return Grid(
        tuple((number, cells) for number, cells in found["rows"]),
        format=workbook_format(content),
        sheet=found["sheet"],
        sheets=tuple(found["sheets"]),
        lost=tuple((number, place, shown) for number, place, shown in found["lost"]),
    )


def _asked(content: bytes, sheet: str) -> dict[str, Any]:
    command = [sys.executable, "-P", str(_CHILD), sheet]
    try:
        done = subprocess.run(
            command,
            input=content,
            capture_output=True,
            timeout=_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return {"error": f"> {_SECONDS} s"}
    if done.returncode:
        return {"error": "too large or damaged"}
    found: dict[str, Any] = json.loads(done.stdout)
    return found
