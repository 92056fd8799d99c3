"""The search of one knowledge: indexes that keep up with it, and answers for one viewer."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from threading import Lock
from typing import TYPE_CHECKING, Final

from graph.audience import ANONYMOUS, Viewer
from graph.folding import Vocabulary, fold, forms
from graph.model import Thing
from graph.search.entries import TEXT, Entry
from graph.search.indexes import Indexes
from graph.search.marks import Marks, Span, marks, whole_tier
from graph.search.matching import MATCH, Tier
from graph.search.question import Question, ask, word_of
from graph.search.ranking import Found, best, find

if TYPE_CHECKING:
    from graph.knowledge import Knowledge, View


_WORD: Final = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class Hit:
    """A thing that a question found.

    Attributes:
        thing: the thing, as the viewer may read it.
        label: its name in the language asked for.
        matched: the name or text that answered the question.
        language: the language of ``matched``, or empty.
        match: how: exact, prefix, word, stem, compound or spelling.
        marks: the letters of ``matched`` that answered, as pairs of start and end.
        label_marks: the same for ``label``; empty where it was found by another text only.
    """

    thing: Thing
    label: str
    matched: str
    language: str
    match: str
    marks: tuple[Span, ...] = ()
    label_marks: tuple[Span, ...] = ()


@dataclass(frozen=True)
class SearchAnswer:
    """What a question found, best first.

    Attributes:
        query: what was typed.
        hits: at most as many as were asked for.
        total: how many there are of the kinds asked for.
        kinds: how many there are of each kind, whichever kinds were asked for; the most first.
        suggestion: what was probably meant, where a word had to be put right; else empty.
        partial: whether nothing has all words, so that these have some of them.
    """

    query: str
    hits: tuple[Hit, ...] = ()
    total: int = 0
    kinds: dict[str, int] = field(default_factory=dict)
    suggestion: str = ""
    partial: bool = False


class SearchService:
    """Search over the names and texts of everything that a viewer may read.

    There is one index an audience, and an answer reads those of the viewer's audiences only:
    what is hidden is filtered before anything is ranked or counted. Safe for many threads.

    Args:
        knowledge: what is searched; its commits are noticed by its generation.
    """

    def __init__(self, knowledge: "Knowledge") -> None:
        self._knowledge = knowledge
        self._indexes = Indexes(knowledge)
        self._lock = Lock()

    def search(
        self,
        q: str,
        *,
        viewer: Viewer = ANONYMOUS,
        kinds: Collection[str] = (),
        limit: int = 20,
        lang: str = "en",
    ) -> SearchAnswer:
        """The things that a question finds, best first.

        Args:
            q: what was typed, finished or not.
            viewer: who asks.
            kinds: only these kinds; none: all.
            limit: how many hits at most.
            lang: language of the labels; a thing is found in every language.
        """
        q = " ".join(q.split())
        if not fold(q):
            return SearchAnswer(q)
        with self._lock:
            # Not before: an older view than the one before would make all be read again.
            view = self._knowledge.view(viewer)
            return self._answer(q, view, frozenset(kinds), max(0, limit), lang)

    def _answer(
        self, q: str, view: "View", kinds: frozenset[str], limit: int, lang: str
    ) -> SearchAnswer:
        indexes = self._indexes
        reading = indexes.reading(view)
        question = ask(q, reading.vocabulary)
        found = find(question, reading, indexes.public)
        kind_of = indexes.numbers.kinds
        counted = Counter(kind_of[thing] for thing in found.things)
        if kinds:
            kept = {thing: t for thing, t in found.things.items() if kind_of[thing] in kinds}
            found = replace(found, things=kept)
        meant = _put_right(question, found, reading.vocabulary)
        hits: list[Hit] = []
        for number in best(found, indexes.places(view, reading), limit):
            thing = view.thing(indexes.numbers.iris[number])
            if thing is not None:
                match = MATCH[found.things[number]]
                entries = reading.entries(number)
                hit = _hit(thing, match, entries, meant, vocabulary=reading.vocabulary, lang=lang)
                hits.append(hit)
        return SearchAnswer(
            query=q,
            hits=tuple(hits),
            total=len(found.things),
            kinds=dict(sorted(counted.items(), key=lambda item: (-item[1], item[0]))),
            suggestion=_suggestion(question, found, hits),
            partial=found.partial and bool(found.things),
        )


def _hit(
    thing: Thing,
    match: str,
    entries: frozenset[Entry],
    question: Question,
    *,
    vocabulary: Vocabulary,
    lang: str,
) -> Hit:
    entry, marked = _answering(entries, question, lang, vocabulary)
    label = thing.label(lang)
    return Hit(
        thing,
        label,
        matched=entry.text,
        language=entry.language,
        match=match,
        marks=marked.spans,
        label_marks=marks(label, lang, question, vocabulary).spans,
    )


def _put_right(question: Question, found: Found, vocabulary: Vocabulary) -> Question:
    """The question with the words that were probably meant, for marking texts."""
    if not found.corrections:
        return question
    words = list(question.words)
    for at, corrected in found.corrections.items():
        words[at : at + 1] = [word_of(text, vocabulary) for text in corrected[:1]]
    return Question(question.whole, tuple(words))


def _suggestion(question: Question, found: Found, hits: Sequence[Hit]) -> str:
    """What was probably typed, each word written as the hits write it."""
    if not found.corrections:
        return ""
    written: dict[str, str] = {}
    for hit in hits:
        for word in _WORD.findall(hit.matched):
            for form in forms(word):
                written.setdefault(form, word)
    corrected = {at: words[0] for at, words in found.corrections.items()}
    return " ".join(
        written.get(corrected[at], corrected[at]) if at in corrected else word.typed
        for at, word in enumerate(question.words)
    )


def _answering(
    entries: Iterable[Entry], question: Question, lang: str, vocabulary: Vocabulary
) -> tuple[Entry, Marks]:
    """The text that answers best: with the most words, in a name, in the reader's language."""

    def badness(pair: tuple[Entry, Marks]) -> tuple[object, ...]:
        entry, marked = pair
        whole = None if entry.field == TEXT else whole_tier(entry.text, question)
        return (
            -marked.words,
            entry.field == TEXT,
            Tier.SPELLING if marked.tier is None else marked.tier if whole is None else whole,
            entry.language not in {lang, ""},
            entry.field,
            entry.text,
        )

    pairs = [(entry, marks(entry.text, entry.language, question, vocabulary)) for entry in entries]
    return min(pairs, key=badness)
