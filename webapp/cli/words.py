"""``clusterradar words``: words of lists that mean nothing yet, and what they are to mean."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import click

from graph import (
    Knowledge,
    KnowledgeError,
    ListWord,
    Viewer,
    decide_word,
    decided_words,
    fold,
    list_words,
    new_topic,
    take_back_word,
    whoever_runs_it,
    with_candidates,
)
from ontology import Bilingual
from webapp.cli.common import data_dir_option, lang_option, opened, print_json, typed

OPERATOR: Final = "operator"
SHOWN: Final = 50
"""Words that are printed for a person; a program gets all of them."""

_NONE: Final = Bilingual("Every word means something.", "Jedes Wort meint etwas.")
_MORE: Final = Bilingual(
    "and {count} more; --json prints all of them", "und {count} weitere; --json gibt alle aus"
)
_COUNT: Final = Bilingual("{count}×, {kinds}", "{count}×, {kinds}")
_DONE: Final = Bilingual("Done: “{word}”.", "Erledigt: „{word}“.")
_NO_WORD: Final = Bilingual(
    "No list has the word “{word}” without a meaning.",
    "Keine Liste hat das Wort „{word}“ ohne Bedeutung.",
)
_LOOK: Final = Bilingual(
    "`clusterradar words` lists them; --decided those that were decided.",
    "`clusterradar words` nennt sie; --decided die entschiedenen.",
)
_HOW: Final = Bilingual(
    "Write WORD=kind/slug, WORD=new or WORD= (nothing).",
    "WORT=art/kennung, WORT=new oder WORT= (nichts) schreiben.",
)


@click.command()
@click.option(
    "--decide",
    multiple=True,
    metavar="WORD=MEANS",
    help="What a word means: `Optic=topic/optics`; nothing, on purpose: `Club=`; a new topic: "
    "`Quantum sensing=new`.",
)
@click.option("--take-back", multiple=True, metavar="WORD", help="Forget what was decided.")
@click.option("--decided", is_flag=True, help="List what was decided instead.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@lang_option
@data_dir_option
def words(
    decide: tuple[str, ...],
    take_back: tuple[str, ...],
    decided: bool,
    as_json: bool,
    lang: str,
    data_dir: Path | None,
) -> None:
    """List the words of lists that mean nothing yet, or say what they mean."""
    with opened(data_dir) as knowledge:
        viewer = whoever_runs_it(knowledge, OPERATOR)
        for said in map(typed, decide):
            _decide(knowledge, viewer, said, lang)
        for said in map(typed, take_back):
            word = _found(decided_words(knowledge, viewer), said)
            take_back_word(knowledge, word.terms[0], viewer=viewer, audience=word.audience)
        if (decide or take_back) and not as_json:
            for said in (*decide, *take_back):
                click.echo(_DONE.with_(word=typed(said).rpartition("=")[0] or typed(said))[lang])
            return
        known = decided_words(knowledge, viewer) if decided else list_words(knowledge, viewer)
        shown = known if as_json or decided else known[:SHOWN]
        if not decided:
            shown = with_candidates(knowledge, shown, viewer, datetime.now(UTC))
    if as_json:
        print_json([_as_json(word, lang) for word in shown])
        return
    for word in shown:
        click.echo(_in_words(word, lang))
    if len(known) > len(shown):
        click.echo(_MORE.with_(count=len(known) - len(shown))[lang])
    if not known:
        click.echo(_NONE[lang])


def _decide(knowledge: Knowledge, viewer: Viewer, said: str, lang: str) -> None:
    text, equals, means = said.rpartition("=")
    if not equals or not text:
        raise KnowledgeError(_NO_WORD.with_(word=said), _HOW)
    word = _found(list_words(knowledge, viewer), text)
    now, term = datetime.now(UTC), word.terms[0]
    if means == "new":
        new_topic(
            knowledge,
            term,
            account=OPERATOR,
            viewer=viewer,
            now=now,
            lang=lang,
            audience=word.audience,
        )
        return
    kind, _, slug = means.partition("/")
    thing = knowledge.addresses.thing(kind, slug) if means else ""
    decide_word(
        knowledge, term, thing, account=OPERATOR, viewer=viewer, now=now, audience=word.audience
    )


def _found(known: list[ListWord], text: str) -> ListWord:
    word = next((one for one in known if fold(one.text) == fold(text)), None)
    if word is None:
        raise KnowledgeError(_NO_WORD.with_(word=text), _LOOK)
    return word


def _in_words(word: ListWord, lang: str) -> str:
    if not word.count:
        return f"{word.text} = {_named(word.meant)}"
    told = _COUNT.with_(count=word.count, kinds=" / ".join(word.kinds))[lang]
    proposed = (
        f"  {one.score:4.0%} {_named(one.thing)}: {one.name}. {one.why[lang]}"
        for one in word.candidates
    )
    return "\n".join([f"{word.text} ({told})", *proposed])


def _named(iri: str) -> str:
    """Kind and slug of a thing, as they are typed.

    >>> _named("https://w3id.org/clusterradar/id/topic/optics")
    'topic/optics'
    """
    return iri.partition("/id/")[2]


def _as_json(word: ListWord, lang: str) -> dict[str, Any]:
    return {
        "word": word.text,
        "kinds": list(word.kinds),
        "audience": word.audience,
        "sources": list(word.sources),
        "count": word.count,
        "means": _named(word.meant),
        "candidates": [
            {
                "thing": _named(one.thing),
                "name": one.name,
                "score": one.score,
                "why": one.why[lang],
            }
            for one in word.candidates
        ],
    }
