"""Where the ontology's files lie, in a checkout as in an installed copy."""

from functools import lru_cache
from pathlib import Path
from typing import Final

HERE: Final = Path(__file__).resolve().parent

_FILES: Final = ("clusterradar", "codes", "shapes", "thesaurus")


@lru_cache(maxsize=1)
def files() -> dict[str, Path]:
    """The Turtle files that stand beside this module, by name.

    ``clusterradar`` is the ontology, ``codes`` the names of coded values, ``shapes`` the
    SHACL shapes, ``thesaurus`` the concept schemes.

    >>> sorted(files())
    ['clusterradar', 'codes', 'shapes', 'thesaurus']
    """
    return {name: HERE / f"{name}.ttl" for name in _FILES}


def rule_files() -> list[Path]:
    """The files of the named derivation rules, sorted by name."""
    return sorted((HERE / "rules").glob("*.rq"))
