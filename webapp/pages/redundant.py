"""Which statements need not be shown because a more telling one says the same."""

from functools import lru_cache
from typing import Final

from ontology import CR, SKOS, schema

_FOREIGN_SHOWN: Final = (CR, SKOS, "http://purl.org/dc/terms/", "http://xmlns.com/foaf/0.1/")

TECHNICAL: Final = frozenset({SKOS + "inScheme", SKOS + "topConceptOf", SKOS + "hasTopConcept"})
"""Links that hold the thesaurus together and tell a reader nothing."""


@lru_cache(maxsize=1024)
def wider(prop: str) -> frozenset[str]:
    """All properties that a property is a special case of, over all steps.

    >>> from ontology import CR
    >>> CR + "hasParticipant" in wider(CR + "coordinatedBy")
    True
    """
    direct = schema().subproperties
    found: set[str] = set()
    agenda = [prop]
    for here in agenda:
        new = set(direct.get(here, ())) - found
        found |= new
        agenda += sorted(new)
    return frozenset(found - {prop})


def telling(props: frozenset[str]) -> frozenset[str]:
    """Of the properties that join the same two things, those that no other one implies."""
    implied = frozenset[str]().union(*(wider(prop) for prop in props))
    return props - implied


def shown(prop: str, *, inferred: bool) -> bool:
    """Whether a property is one for readers: ours and what people know, not alignments.

    What a source itself says is always shown, unless it is technical.
    """
    return prop not in TECHNICAL and (not inferred or prop.startswith(_FOREIGN_SHOWN))
