"""``--kinds``: words of kinds, separated by commas."""

from typing import Final

import click

from ontology import Bilingual

_UNKNOWN: Final = Bilingual(
    "There is no kind '{kind}' here. The kinds: {known}.",
    "Die Art „{kind}“ gibt es hier nicht. Die Arten: {known}.",
)


def chosen_kinds(text: str, known: tuple[str, ...], lang: str) -> tuple[str, ...]:
    """The kinds that somebody typed.

    Raises:
        UsageError: one of them is not among those that may be chosen.

    >>> chosen_kinds("cluster, topic", ("cluster", "topic"), "en")
    ('cluster', 'topic')
    """
    chosen = tuple(word.strip() for word in text.split(",") if word.strip())
    for kind in chosen:
        if kind not in known:
            raise click.UsageError(_UNKNOWN.with_(kind=kind, known=", ".join(known))[lang])
    return chosen
