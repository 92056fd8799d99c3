"""The example queries: one ``.rq`` file each, with titles in both languages in its head.

# en: Clusters with the most members
# de: Cluster mit den meisten Mitgliedern
PREFIX ...
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from ontology import Bilingual

FOLDER: Final = Path(__file__).parent / "examples"


@dataclass(frozen=True)
class Example:
    """A query that people can start from.

    Attributes:
        name: the name of its file.
        title: what it asks.
        query: its text, without the head.
    """

    name: str
    title: Bilingual
    query: str


@cache
def examples() -> tuple[Example, ...]:
    """All examples, in the order of their files' names."""
    return tuple(_read(path) for path in sorted(FOLDER.glob("*.rq")))


def _read(path: Path) -> Example:
    english, german, query = path.read_text(encoding="utf-8").split("\n", 2)
    title = Bilingual(english.removeprefix("# en: "), german.removeprefix("# de: "))
    return Example(path.stem, title, query.strip() + "\n")
