"""A search over a few plain entries, without a store."""

import csv
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from graph.addresses import Addresses
from graph.folding import Vocabulary
from graph.search.entries import NAME, OTHER_NAME, TEXT, Entry
from graph.search.index import Index, Numbers
from graph.search.indexes import order_of
from graph.search.matching import MATCH, Reading
from graph.search.question import ask
from graph.search.ranking import best, find

Entries = dict[str, frozenset[Entry]]

TOPICS = Path(__file__).parents[2] / "data" / "go-cluster" / "topics.csv"


class PlainSearch:
    """Search over entries by ``kind/slug``; answers are ``kind/slug`` and how it matched."""

    def __init__(
        self,
        entries: Entries,
        hidden: Entries | None = None,
        vocabulary: Vocabulary | None = None,
    ) -> None:
        self.addresses = Addresses()
        self.numbers = Numbers(self.addresses)
        if vocabulary is None:
            vocabulary = Vocabulary(e.text for some in entries.values() for e in some)
        self.public = self._index(entries, vocabulary)
        self.reading = Reading([self.public])
        if hidden is not None:
            self.reading = Reading([self.public, self._index(hidden, vocabulary)])

    def _index(self, entries: Entries, vocabulary: Vocabulary) -> Index:
        index = Index(self.numbers, vocabulary)
        index.update({self._iri(name): some for name, some in entries.items()})
        return index

    def change(self, entries: Entries) -> None:
        """From now on everybody may read these entries."""
        self.public.update({self._iri(name): some for name, some in entries.items()})

    def _iri(self, name: str) -> str:
        kind, _, slug = name.partition("/")
        return self.addresses.thing(kind, slug)

    def __call__(self, q: str, limit: int = 50) -> dict[str, str]:
        found = find(ask(q, self.reading.vocabulary), self.reading, Reading([self.public]))
        places = order_of(self.reading, self.numbers.iris)
        return {
            "/".join(self.addresses.parse(self.numbers.iris[n]) or ()): MATCH[found.things[n]]
            for n in best(found, places, limit)
        }


def named(**names: str | Iterable[str]) -> Entries:
    """Topics by slug: a name, or a name and other names. Underscores become hyphens.

    The language of all of them is German.
    """
    made: Entries = {}
    for slug, given in names.items():
        all_names = [given] if isinstance(given, str) else list(given)
        made["topic/" + slug.replace("_", "-")] = frozenset(
            Entry(NAME if at == 0 else OTHER_NAME, "de", text) for at, text in enumerate(all_names)
        )
    return made


def told(**texts: str) -> Entries:
    """Clusters by slug, each named by its slug, with a German description."""
    return {
        f"cluster/{slug}": frozenset({Entry(NAME, "", slug), Entry(TEXT, "de", text)})
        for slug, text in texts.items()
    }


def go_cluster_topics() -> Entries:
    """The thesaurus of the go-cluster data."""
    made: Entries = {}
    with TOPICS.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            entries = [
                Entry(field, lang, text.strip())
                for lang in ("de", "en")
                for field, column in ((NAME, "label"), (OTHER_NAME, "alt_labels"))
                for text in row[f"{column}_{lang}"].split("|")
                if text.strip()
            ]
            made["topic/" + row["id"]] = frozenset(entries)
    assert Counter(len(e) > 1 for e in made.values())[True] == len(made)
    return made
