"""Which things get neighbours for their words: those that no statement joins to others."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from ontology import CR, KINDS
from recommender.relations import NUMBER_OF, SIMILAR
from recommender.texts import Text, Texts, Words, texts_of
from recommender.views import Readable

_KIND_NAMES: Final = tuple(KINDS)
_CONCEPTS: Final = frozenset({"competence", "sector", "topic"})
_WHERE: Final = frozenset(NUMBER_OF[CR + name] for name in ("locatedIn", "partOf"))

Edge = tuple[str, int, str]


def similar_things(
    edges: Iterable[Edge], kinds: Mapping[str, int], view: Readable, public: Readable | None
) -> tuple[Words | None, set[Edge]]:
    """Edges from things that ask to what is described alike.

    A described thing without any link gets the nearest of all that are described, and of the
    subjects, whose names say what they are. Things that have links get none of their own: what
    is said of them says more than their words. That something is somewhere is no link.

    Args:
        edges: the statements, between IRIs.
        kinds: the number of the kind of each thing.
        view: where their texts are read, if any thing needs it.
        public: what everybody may read, if that is not all that was read here.

    Returns:
        What words are worth, and the edges; None and nothing where nobody needs any.
    """
    linked = {
        end for head, relation, tail in edges if relation not in _WHERE for end in (head, tail)
    }
    alone = {
        iri for iri, kind in kinds.items() if KINDS[_KIND_NAMES[kind]].wedge and iri not in linked
    }
    if not alone:
        return None, set()
    there = _comparable(texts_of(view), kinds)
    subjects = {iri for iri in there if _KIND_NAMES[kinds[iri]] in _CONCEPTS}
    asking = [
        iri
        for iri, several in there.items()
        if iri in alone and any(one.described for one in several)
    ]
    if not asking:
        return None, set()
    known = there
    if public is not None:
        known = _comparable(texts_of(public), kinds)
    thesaurus = [
        one.text
        for iri in sorted(subjects & known.keys())
        for one in known[iri]
        if not one.described
    ]
    words = Words(known, thesaurus)
    relation = NUMBER_OF[SIMILAR]
    return words, {(one, relation, other) for one, other in words.similar(there, asking, subjects)}


def telling(kind: str, several: Sequence[Text]) -> Sequence[Text]:
    """The texts that say what a thing is: all but the names of people."""
    return [one for one in several if one.described] if kind == "person" else several


def _comparable(texts: Texts, kinds: Mapping[str, int]) -> dict[str, Sequence[Text]]:
    """The texts of what may be suggested and is described, or is a subject with a name."""
    return {
        iri: telling(_KIND_NAMES[kind], several)
        for iri, several in texts.items()
        if (kind := kinds.get(iri)) is not None
        and KINDS[_KIND_NAMES[kind]].wedge
        and (_KIND_NAMES[kind] in _CONCEPTS or any(one.described for one in several))
    }
