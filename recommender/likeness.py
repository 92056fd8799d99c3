"""Which things get neighbours for their words: those that hardly a statement joins to others."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Final

from ontology import CR, KINDS
from recommender.relations import NUMBER_OF, SIMILAR
from recommender.texts import Texts, Words, texts_of
from recommender.views import Readable

FEW: Final = 2
"""Links from which on a thing's words are not asked; that it is somewhere is no link."""

_KIND_NAMES: Final = tuple(KINDS)
_CONCEPTS: Final = frozenset({"competence", "sector", "topic"})
_WHERE: Final = frozenset(NUMBER_OF[CR + name] for name in ("locatedIn", "partOf"))

Edge = tuple[str, int, str]


def similar_things(
    edges: Iterable[Edge], kinds: Mapping[str, int], texts: Texts, public: Readable | None
) -> tuple[Words | None, set[Edge]]:
    """Edges from things that ask to what is described alike.

    A described thing with fewer than :data:`FEW` links gets the nearest of all that are
    described, and of the subjects, whose names say what they are. Things that have links
    get none of their own: what is said of them says more than their words.

    Args:
        edges: the statements, between IRIs.
        kinds: the number of the kind of each thing.
        texts: what is written of the things.
        public: what everybody may read, if that is not all that was read here.

    Returns:
        What words are worth, and the edges; None and nothing where nobody needs any.
    """
    links: Counter[str] = Counter()
    for head, relation, tail in edges:
        if relation not in _WHERE:
            links.update((head, tail))
    there = {
        iri: several
        for iri, several in texts.items()
        if (kind := kinds.get(iri)) is not None
        and KINDS[_KIND_NAMES[kind]].wedge
        and (_KIND_NAMES[kind] in _CONCEPTS or any(one.described for one in several))
    }
    subjects = {iri for iri in there if _KIND_NAMES[kinds[iri]] in _CONCEPTS}
    asking = [
        iri
        for iri, several in there.items()
        if links[iri] < FEW and any(one.described for one in several)
    ]
    if not asking:
        return None, set()
    known = texts if public is None else texts_of(public.triples(inferred=False))
    thesaurus = [
        one.text
        for iri in sorted(known)
        if _kind_in_address(iri) in _CONCEPTS
        for one in known[iri]
        if not one.described
    ]
    words = Words(known, thesaurus)
    relation = NUMBER_OF[SIMILAR]
    return words, {(one, relation, other) for one, other in words.similar(there, asking, subjects)}


def _kind_in_address(iri: str) -> str:
    return iri.rsplit("/", 2)[-2] if iri.count("/") > 1 else ""
