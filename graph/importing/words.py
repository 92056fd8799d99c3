"""The words of lists that mean nothing yet: what they may mean, and what people decide.

A decision is made about a word once, for its audience: it links the word in all lists there are,
and is remembered for those to come. It can be taken back.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from typing import Final

from pyoxigraph import Literal, NamedNode, Quad

from graph import decisions
from graph.audience import PLATFORM, PUBLIC, Viewer, readable
from graph.decisions import AUTHOR, TERM
from graph.editing import PropertyChange, Said, create
from graph.errors import KnowledgeError
from graph.folding import reduce
from graph.importing.called import ThingsThere
from graph.importing.cells import Reference
from graph.importing.likely import Candidate
from graph.importing.linking import Linker, means_nothing, word_of
from graph.importing.naming import Names
from graph.importing.problems import shortened
from graph.importing.statements import link_properties
from graph.knowledge import About, Batch, Change, Knowledge
from graph.knowledge.reading import on_demand
from graph.source_names import EDITS, WORDS
from graph.store import graph_of, object_of, subject_of
from ontology import CR, RDFS, Bilingual

_LABEL: Final = NamedNode(RDFS + "label")
_BY_WORD: Final = Literal("rule:word")
NEW_TOPIC_KINDS: Final = ("topic", "competence", "sector")


@dataclass(frozen=True)
class ListWord:
    """A word of lists, however spelled, for one audience.

    Attributes:
        id: names it in a form; the same as long as audience, kinds and letters are.
        text: as most lists spell it.
        kinds: the kinds of things that it may mean.
        audience: who reads it.
        terms: IRIs of its spellings in the lists.
        sources: names of the lists, sorted.
        count: how many statements it stands in.
        candidates: what it may mean, the likeliest first.
        meant: what people decided that it means; empty where they did not, or it is nothing.
        author: who decided it.
    """

    id: str
    text: str
    kinds: tuple[str, ...]
    audience: str
    terms: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    count: int = 0
    candidates: tuple[Candidate, ...] = ()
    meant: str = ""
    author: str = ""

    @property
    def reference(self) -> Reference:
        """The word as lists refer with it."""
        return Reference(self.kinds, self.text)


def list_words(
    knowledge: Knowledge, viewer: Viewer, is_own: Callable[[str], bool] = lambda _source: True
) -> list[ListWord]:
    """The words of lists that mean nothing yet, those of most statements first.

    Args:
        knowledge: what is known.
        viewer: who asks; only what this viewer may read is told.
        is_own: whether a list, by its name inside, is one whose words are asked for.
    """
    found: dict[str, ListWord] = {}
    for audience in readable(viewer):
        resolver = on_demand(knowledge.store, knowledge.addresses).resolver(audience)
        for iri in knowledge.unresolved(link_properties(), audience):
            parsed = knowledge.addresses.parse_term(iri)
            if parsed is None or parsed[0] in (EDITS, WORDS) or not is_own(parsed[0]):
                continue
            word = _word(audience, parsed[1], parsed[2])
            about = word_of(knowledge.addresses, word.reference)
            if not means_nothing(resolver, iri) and not means_nothing(resolver, about):
                found[word.id] = _with_term(knowledge, found.get(word.id, word), iri, parsed)
    return sorted(found.values(), key=lambda word: (-word.count, word.text, word.id))


def whoever_runs_it(knowledge: Knowledge, account: str) -> Viewer:
    """Whoever runs the platform, who reads the lists of all audiences."""
    places = map(knowledge.addresses.parse_source_graph, knowledge.store.graphs())
    audiences = {place[1] for place in places if place} - {PUBLIC}
    return Viewer(account, frozenset({PLATFORM, *audiences}))


def _word(audience: str, kinds: str, text: str) -> ListWord:
    mark = sha256("\n".join((audience, kinds, reduce(text))).encode()).hexdigest()[:16]
    return ListWord(mark, text, tuple(kinds.split("+")), audience)


def _with_term(
    knowledge: Knowledge, word: ListWord, iri: str, parsed: tuple[str, str, str]
) -> ListWord:
    """A word with one more of its spellings."""
    said = knowledge.store.match(None, None, NamedNode(iri))
    count = sum(1 for quad in said if _is_for(knowledge, quad, word.audience))
    return replace(
        word,
        text=parsed[2] if count > word.count else word.text,
        terms=tuple(sorted({*word.terms, iri})),
        sources=tuple(sorted({*word.sources, parsed[0]})),
        count=word.count + count,
    )


def _is_for(knowledge: Knowledge, quad: Quad, audience: str) -> bool:
    place = knowledge.addresses.parse_source_graph(graph_of(quad).value)
    return place is not None and place[1] == audience


def with_candidates(
    knowledge: Knowledge, words: Iterable[ListWord], viewer: Viewer, now: datetime
) -> list[ListWord]:
    """Words with what they may mean, among what everybody of their audience reads."""
    linkers: dict[str, Linker] = {}
    found = []
    for word in words:
        linker = linkers.get(word.audience)
        if linker is None:
            linker = linkers[word.audience] = _linker(knowledge, word.audience, viewer, now)
        found.append(replace(word, candidates=tuple(linker.candidates(word.reference))))
    return found


def _linker(knowledge: Knowledge, audience: str, viewer: Viewer, now: datetime) -> Linker:
    view = knowledge.view(viewer, within=audience)
    names = Names(ThingsThere(knowledge, view))
    return Linker(knowledge, on_demand(knowledge.store, knowledge.addresses), names, now, audience)


def decide_word(
    knowledge: Knowledge,
    term: str,
    thing: str,
    *,
    account: str,
    viewer: Viewer,
    now: datetime,
    audience: str = "",
) -> Batch:
    """Decide what a word means, for all lists of its audience, now and later.

    Args:
        knowledge: what is known.
        term: IRI of the word, of any list.
        thing: what it means; empty: nothing, on purpose.
        account: who decides.
        viewer: what the one who decides may read.
        now: when.
        audience: whose word it is; empty: the widest audience that the word is said to.

    Raises:
        KnowledgeError: there is no such word or thing, or the word cannot mean such a thing.
    """
    with knowledge.alone():
        word = _spoken(knowledge, term, viewer, audience)
        _check(knowledge, word, thing, viewer)
        linker = _linker(knowledge, word.audience, viewer, now)
        memory = word_of(knowledge.addresses, word.reference)
        add: set[Quad] = set()
        remove = set(_decided(knowledge, word))
        for iri in {memory, *_open_terms(knowledge, word), *word.terms}:
            add |= _decision(knowledge, word, iri, thing, account, now)
            if thing:
                for old, new in linker.restated(NamedNode(iri), thing):
                    remove.add(old)
                    add.add(new)
        change = Change(frozenset(add), frozenset(remove - add))
        return knowledge.commit(change, About("word", "", word.text, {}, word.audience))


def _decision(
    knowledge: Knowledge, word: ListWord, iri: str, thing: str, account: str, now: datetime
) -> frozenset[Quad]:
    """What is decided of one spelling; by the person for all lists, by the rule for each."""
    addresses, audience = knowledge.addresses, word.audience
    is_memory = iri == word_of(addresses, word.reference)
    author = account if is_memory else _BY_WORD.value
    if thing:
        made = decisions.term_means(addresses, iri, thing, author, now, audience)
    elif is_memory:
        made = decisions.term_means_nothing(addresses, iri, author, now, audience)
    else:
        return frozenset()
    one = next(iter(made))
    # The word itself has lost its umlauts and capitals.
    spelled = Quad(one.subject, _LABEL, Literal(word.text), one.graph_name)
    return made | {spelled} if is_memory else made


def new_topic(
    knowledge: Knowledge,
    term: str,
    *,
    account: str,
    viewer: Viewer,
    now: datetime,
    lang: str,
    audience: str = "",
) -> Batch:
    """Make a new topic that a word means from now on; arguments as for :func:`decide_word`."""
    word = _spoken(knowledge, term, viewer, audience)
    kind = next((one for one in NEW_TOPIC_KINDS if one in word.kinds), "")
    if not kind:
        raise _not_meant(word.text)
    code = Literal({"topic": "cross_topic"}.get(kind, kind))
    made = create(
        knowledge,
        kind,
        Literal(word.text, language=lang),
        [PropertyChange(CR + "conceptType", (Said(code, word.audience),))],
        account=account,
        viewer=viewer,
        now=now,
        audience=word.audience,
        nonce=f"word {word.id}",
    )
    return decide_word(
        knowledge,
        term,
        made.iri,
        account=account,
        viewer=viewer,
        now=now,
        audience=word.audience,
    )


def take_back_word(
    knowledge: Knowledge, term: str, *, viewer: Viewer, audience: str = ""
) -> Batch | None:
    """Take back what people decided about a word; None where they decided nothing.

    Raises:
        KnowledgeError: there is no such word.
    """
    with knowledge.alone():
        word = _spoken(knowledge, term, viewer, audience)
        decided = frozenset(_decided(knowledge, word))
        if not decided:
            return None
        about = About("word", "", word.text, {}, word.audience)
        return knowledge.commit(Change(frozenset(), decided), about)


def decided_words(knowledge: Knowledge, viewer: Viewer) -> list[ListWord]:
    """The words that people decided about, sorted by their letters."""
    start = knowledge.addresses.term(WORDS, "x", "x").removesuffix("x/x")
    found: dict[str, ListWord] = {}
    for audience in readable(viewer):
        graph = NamedNode(knowledge.addresses.decision_graph(audience))
        resolver = on_demand(knowledge.store, knowledge.addresses).resolver(audience)
        for quad in knowledge.store.match(None, TERM, None, graph):
            iri = object_of(quad).value
            parsed = knowledge.addresses.parse_term(iri) if iri.startswith(start) else None
            if parsed is None:
                continue
            meant = resolver.resolve(NamedNode(iri))
            told = {
                one.predicate: object_of(one).value
                for one in knowledge.store.match(subject_of(quad), None, None, graph)
            }
            found_word = replace(
                _word(audience, parsed[1], parsed[2]),
                text=told.get(_LABEL, parsed[2]),
                terms=(iri,),
                meant=meant.value if meant else "",
                author=told.get(AUTHOR, ""),
            )
            found[found_word.id] = found_word
    return sorted(found.values(), key=lambda word: (word.text, word.id))


def _spoken(knowledge: Knowledge, term: str, viewer: Viewer, audience: str) -> ListWord:
    """The word of an IRI that the viewer may know of.

    Raises:
        KnowledgeError: there is none.
    """
    parsed = knowledge.addresses.parse_term(term)
    known = readable(viewer)
    if parsed:
        heard = [
            place[1]
            for quad in knowledge.store.match(None, None, NamedNode(term))
            if (place := knowledge.addresses.parse_source_graph(graph_of(quad).value))
        ]
        heard += [
            one
            for quad in knowledge.store.match(None, TERM, NamedNode(term))
            if (one := knowledge.addresses.parse_decision_graph(graph_of(quad).value))
        ]
        among = [one for one in known if one in heard and audience in ("", one)]
        if among:
            return replace(_word(among[0], parsed[1], parsed[2]), terms=_real(term, parsed))
    raise KnowledgeError(
        Bilingual(
            "There is no such word in your lists.", "In Ihren Listen gibt es kein solches Wort."
        ),
        Bilingual("Look at the list of words again.", "Die Liste der Wörter neu ansehen."),
    )


def _real(term: str, parsed: Sequence[str]) -> tuple[str, ...]:
    return () if parsed[0] == WORDS else (term,)


def _check(knowledge: Knowledge, word: ListWord, thing: str, viewer: Viewer) -> None:
    """A word may only mean what everybody of its audience reads, of a kind that it is for."""
    if not thing:
        return
    found = knowledge.view(viewer, within=word.audience).thing(thing)
    if found is None or found.kind not in word.kinds:
        raise _not_meant(word.text)


def _not_meant(text: str) -> KnowledgeError:
    return KnowledgeError(
        Bilingual("“{text}” cannot mean that.", "„{text}“ kann das nicht meinen.").with_(
            text=shortened(text)
        ),
        Bilingual(
            "Choose something of the right kind that all readers of the list may read.",
            "Etwas von der richtigen Art wählen, das alle Leser der Liste lesen dürfen.",
        ),
    )


def _open_terms(knowledge: Knowledge, word: ListWord) -> Iterator[str]:
    """The spellings of a word in all lists of its audience that mean nothing yet."""
    for iri in knowledge.unresolved(link_properties(), word.audience):
        if _is_spelling(knowledge, iri, word):
            yield iri


def _is_spelling(knowledge: Knowledge, iri: str, word: ListWord) -> bool:
    parsed = knowledge.addresses.parse_term(iri)
    return (
        parsed is not None
        and parsed[0] != EDITS
        and tuple(parsed[1].split("+")) == word.kinds
        and reduce(parsed[2]) == reduce(word.text)
    )


def _decided(knowledge: Knowledge, word: ListWord) -> Iterator[Quad]:
    """The quads of what was decided about a word: by people, and by the rule that follows them."""
    store, addresses = knowledge.store, knowledge.addresses
    graph = NamedNode(addresses.decision_graph(word.audience))
    about = {word_of(addresses, word.reference), *word.terms}
    subjects = {
        subject_of(quad) for iri in about for quad in store.match(None, TERM, NamedNode(iri), graph)
    }
    for quad in store.match(None, AUTHOR, _BY_WORD, graph):
        for term in store.match(subject_of(quad), TERM, None, graph):
            if _is_spelling(knowledge, str(getattr(term.object, "value", "")), word):
                subjects.add(subject_of(quad))
    for subject in subjects:
        yield from store.match(subject, None, None, graph)
