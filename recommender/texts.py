"""Similar descriptions: a thing that is only a paragraph has neighbours too.

Things are compared by the words of their names and descriptions, folded as the search folds
them, compounds taken apart at the words of the thesaurus, and weighed by TF-IDF. German and
English words stand side by side in one space: what is described in both languages meets both,
and names and loanwords meet across. Words are weighed by public texts alone, so that how often
a word stands in closed texts shows nowhere; a word that no public text has counts nothing.
"""

import re
from collections.abc import Iterable, Mapping, Sequence, Set
from functools import cached_property
from typing import Any, Final, NamedTuple

import numpy as np
from pyoxigraph import Literal

from graph import Vocabulary, terms
from ontology import DCT, RDFS, SKOS
from recommender.engine.walk import Integers
from recommender.views import Readable

NEAREST: Final = 5
"""Neighbours that a thing gets for its words."""

LEAST: Final = 0.2
"""Cosine below which two descriptions have nothing to do with each other."""

WORDS: Final = 3
"""Words that a reason names at most."""

_BLOCK: Final = 256
"""Things that are compared with all others at once: a block's products fit in memory."""

_COMMON: Final = 10
"""A word that stands in more than one of so many texts tells nothing."""

_DESCRIPTION: Final = DCT + "description"
_NAMES: Final = frozenset({RDFS + "label", SKOS + "prefLabel", SKOS + "altLabel"})
READ: Final = tuple(sorted({*_NAMES, _DESCRIPTION}))
FILLERS: Final = {
    "de": (
        "aber alle allem allen andere anderen auch beide beispiel beispielsweise bereits besonders "
        "bestehen bieten bietet bis da dabei damit dank daran dazu deren diese dieser dieses etwa "
        "gemeinsam genannt gibt gute haben hat hier ihr ihre ihren ihrer jede jeder kann können "
        "mehr mehrere möglich neben neu noch nur ob ohne rund schon sehr sein seine seit sind "
        "sowie statt über unter verschieden viel viele vor war waren weiter weitere wenn werden "
        "wird wo wurde wurden zwei zwischen"
    ),
    "en": (
        "available based between both different example existing further including involve joint "
        "many more named new offer offers other possible provide provides several such together "
        "use used using various well who within work"
    ),
}
"""Words that are in every other description and bring nothing together."""

_TOKEN: Final = re.compile(r"[^\W_]+(?:-[^\W_]+)*")


class Text(NamedTuple):
    """A name or description, as it was written."""

    lang: str
    text: str
    described: bool


Texts = Mapping[str, Sequence[Text]]
"""What is written of each thing, by its IRI."""


def texts_of(view: Readable, subject: str = "") -> dict[str, list[Text]]:
    """All texts that a view has, or those of one thing."""
    found: dict[str, list[Text]] = {}
    for predicate in READ:
        for said in view.statements(subject, predicate, inferred=False):
            if isinstance(said.object, Literal):
                lang = (said.object.language or "").partition("-")[0]
                text = Text(lang, said.object.value, predicate == _DESCRIPTION)
                found.setdefault(said.subject, []).append(text)
    return found


class Words:
    """What words are worth.

    Args:
        public: the texts that say how common a word is.
        thesaurus: names of subjects; compounds are taken apart at their words.
    """

    def __init__(self, public: Texts, thesaurus: Iterable[str]) -> None:
        # Loading it takes a second, which only those wait for who have something to compare.
        from sklearn.feature_extraction.text import (  # noqa: PLC0415
            ENGLISH_STOP_WORDS,
            TfidfVectorizer,
        )

        self._fillers = {term for lang in FILLERS for term in terms(FILLERS[lang], lang)}
        self._fillers.update(terms(" ".join(ENGLISH_STOP_WORDS), "en"))
        self._vocabulary = Vocabulary(thesaurus)
        self._known: dict[tuple[str, str], tuple[str, ...]] = {}
        self._vectorizer: Any = TfidfVectorizer(
            analyzer=self._terms, max_df=max(_COMMON, len(public) // _COMMON), sublinear_tf=True
        )
        try:
            rows = self._vectorizer.fit_transform([public[iri] for iri in sorted(public)])
            self._weighed: tuple[Texts, Any] | None = (public, rows)
            self._empty = False
        except ValueError:  # there is not one word in all texts, or none that tells anything
            self._weighed = None
            self._empty = True

    def _terms(self, texts: Sequence[Text]) -> list[str]:
        return [
            term
            for one in sorted(texts)
            for token in _TOKEN.findall(one.text)
            for term in self._terms_of(token, one.lang)
        ]

    def _terms_of(self, token: str, lang: str) -> tuple[str, ...]:
        """The terms of one written word; the same few thousand come again and again."""
        found = self._known.get((token, lang))
        if found is None:
            found = self._known[token, lang] = tuple(
                term
                for term in terms(token, lang, self._vocabulary)
                if not term.isdigit() and term not in self._fillers
            )
        return found

    @cached_property
    def _term_names(self) -> Sequence[str]:
        names: Sequence[str] = self._vectorizer.get_feature_names_out()
        return names

    def vectors(self, texts: Iterable[Sequence[Text]]) -> Any:
        """One row of length 1 (or 0) for each thing, sparse."""
        return self._vectorizer.transform(texts)

    def similar(
        self, texts: Texts, asking: Iterable[str], named: Set[str] = frozenset()
    ) -> set[tuple[str, str]]:
        """Pairs of one who asks and a thing that is described alike.

        Args:
            texts: of everything that may be a neighbour.
            asking: the IRIs of those who need neighbours, all in ``texts``.
            named: those of which one word tells enough: subjects, whose names say what they
                are. All others have at least two in common with who asks.
        """
        iris = sorted(texts)
        number = {iri: at for at, iri in enumerate(iris)}
        rows: Integers = np.array(sorted(number[iri] for iri in asking), np.int64)
        if self._empty or not len(rows):
            return set()
        weighed, self._weighed = self._weighed, None
        if weighed is not None and weighed[0] is texts:
            vectors = weighed[1]
        else:
            vectors = self.vectors([texts[iri] for iri in iris])
        across, counting = vectors.T.tocsr(), _ones(vectors)
        counted = counting.T.tocsr()
        enough = np.array([1 if iri in named else 2 for iri in iris])
        found = set()
        for start in range(0, len(rows), _BLOCK):
            block = rows[start : start + _BLOCK]
            products, common = vectors[block] @ across, counting[block] @ counted
            products.sort_indices()
            common.sort_indices()
            for row, node in enumerate(block.tolist()):
                inside = slice(*products.indptr[row : row + 2])
                others, cosines = products.indices[inside], products.data[inside].round(9)
                kept = (others != node) & (cosines >= LEAST)
                kept &= common.data[inside] >= enough[others]
                order = np.lexsort((others[kept], -cosines[kept]))[:NEAREST]
                found |= {(iris[node], iris[other]) for other in others[kept][order].tolist()}
        return found

    def shared(self, ours: Sequence[Text], theirs: Sequence[Text], lang: str) -> tuple[str, ...]:
        """The words that bring two descriptions together, as ``theirs`` writes them.

        The weightiest first; of other languages only where there are none of the one asked for.
        """
        if self._empty:
            return ()
        product = self.vectors([ours])[0].multiply(self.vectors([theirs])[0]).tocoo()
        weights = zip(product.data.round(9).tolist(), product.coords[-1].tolist(), strict=True)
        heaviest = [
            self._term_names[column]
            for _, column in sorted(weights, key=lambda one: (-one[0], one[1]))
        ]
        in_language = [one for one in theirs if one.lang in {lang, ""}]
        for texts in (in_language, theirs):
            written = self._written(texts)
            found = {word.casefold(): word for term in heaviest if (word := written.get(term))}
            if found:
                return tuple(found.values())[:WORDS]
        return ()

    def _written(self, texts: Sequence[Text]) -> dict[str, str]:
        """For each term a word that it came from."""
        found: dict[str, str] = {}
        for one in sorted(texts):
            for token in _TOKEN.findall(one.text):
                for term in self._terms_of(token, one.lang):
                    found.setdefault(term, token)
        return found


def _ones(vectors: Any) -> Any:
    """The same with 1 wherever a word stands, so that products count words in common."""
    ones = vectors.copy()
    ones.data = np.ones_like(ones.data)
    return ones
