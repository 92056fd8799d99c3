"""What people say of columns: read from what they type, and remembered by the source itself."""

import json
from collections.abc import Iterable, Sequence
from typing import Final

from pyoxigraph import Literal, NamedNode, Quad

from graph.addresses import Addresses
from graph.errors import KnowledgeError
from graph.folding import fold
from graph.importing.columns import ANEW, SCHEME, WHOLE, ColumnChoice
from graph.importing.problems import shortened
from graph.importing.separators import SEPARATORS
from graph.knowledge import Knowledge
from graph.store import object_of
from ontology import CR, Bilingual

COLUMN_CHOICE: Final = NamedNode(CR + "columnChoice")
"""Says of a source what one of its columns means: a JSON array of four texts."""

_SEPARATORS: Final = {
    **{one: one for one in SEPARATORS},
    ",": ", ",
    "bar": "|",
    "semicolon": ";",
    "comma": ", ",
    "slash": "/",
    "newline": "\n",
    "\\n": "\n",
    WHOLE: WHOLE,
}
"""What people type for a separator."""
_LANGUAGES: Final = ("de", "en")


def read_choice(text: str) -> ColumnChoice:
    """What ``Header=means[:separator]`` says.

    Raises:
        KnowledgeError: there is no equals sign, or no header before it.

    >>> read_choice("Fachgebiete=topics:;")
    ColumnChoice(header='Fachgebiete', means='topics', lang='', separator=';')
    >>> read_choice("Notiz="), read_choice("Art = scheme:Was wir tun:comma")
    (ColumnChoice(header='Notiz', means='', lang='', separator=''), \
ColumnChoice(header='Art', means='scheme:Was wir tun', lang='', separator=', '))
    >>> read_choice("About=description:en")
    ColumnChoice(header='About', means='description', lang='en', separator='')
    """
    header, equals, means = text.rpartition("=")
    if not equals or not header.strip():
        raise KnowledgeError(
            Bilingual(
                "“{text}” does not say what a column is.",
                "„{text}“ sagt nicht, was eine Spalte ist.",
            ).with_(text=shortened(text)),
            Bilingual(
                "Write it like --column “Fields=topics”, or “Notes=” to leave a column out.",
                "So schreiben: --column „Fachgebiete=topics“, oder „Notizen=“, um eine Spalte "
                "auszulassen.",
            ),
        )
    lang = separator = ""
    start, colon, last = means.rpartition(":")
    while colon and start != SCHEME[:-1]:
        if last in _LANGUAGES and not lang:
            lang = last
        elif last.strip(" ") in _SEPARATORS and not separator:
            separator = _SEPARATORS[last.strip(" ")]
        else:
            break
        means = start
        start, colon, last = means.rpartition(":")
    return ColumnChoice(header.strip(), means.strip(), lang, separator)


def check_choices(choices: Iterable[ColumnChoice], header: Sequence[str]) -> None:
    """Refuse what is said of columns that a list does not have.

    Raises:
        KnowledgeError: there is no such column.
    """
    there = {fold(one) for one in header if one}
    for choice in choices:
        if fold(choice.header) not in there:
            raise KnowledgeError(
                Bilingual(
                    "The list has no column “{header}”.", "Die Liste hat keine Spalte „{header}“."
                ).with_(header=shortened(choice.header)),
                Bilingual("Its columns are: {listed}.", "Ihre Spalten sind: {listed}.").with_(
                    listed=shortened(", ".join(filter(None, header)), 500)
                ),
            )


def together(
    told: Iterable[ColumnChoice], earlier: Iterable[ColumnChoice]
) -> tuple[ColumnChoice, ...]:
    """What is said of columns now, and of all others at earlier imports, sorted by header."""
    known = {fold(choice.header): choice for choice in earlier}
    known.update({fold(choice.header): choice for choice in told})
    kept = (choice for choice in known.values() if choice.means != ANEW)
    return tuple(sorted(kept, key=lambda choice: choice.header))


def remembered_choices(
    knowledge: Knowledge, source: str, audience: str
) -> tuple[ColumnChoice, ...]:
    """What was said of the columns of a source at earlier imports.

    Args:
        knowledge: what is known.
        source: its name inside.
        audience: whom it describes itself to.
    """
    subject = NamedNode(knowledge.addresses.source(source))
    graph = NamedNode(knowledge.addresses.source_graph(source, audience))
    said = knowledge.store.match(subject, COLUMN_CHOICE, None, graph)
    return together((_read(object_of(quad).value) for quad in said), ())


def choice_quads(
    addresses: Addresses, source: str, audience: str, choices: Iterable[ColumnChoice]
) -> frozenset[Quad]:
    """What a source says of its columns, so that it is remembered with it."""
    subject = NamedNode(addresses.source(source))
    graph = NamedNode(addresses.source_graph(source, audience))
    return frozenset(
        Quad(subject, COLUMN_CHOICE, Literal(_written(choice)), graph) for choice in choices
    )


def _written(choice: ColumnChoice) -> str:
    parts = [choice.header, choice.means, choice.lang, choice.separator]
    return json.dumps(parts, ensure_ascii=False)


def _read(text: str) -> ColumnChoice:
    return ColumnChoice(*json.loads(text))
