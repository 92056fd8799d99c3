"""What a foreign query must keep to before anything parses it.

The engine's parser is recursive: five kilobytes of nested braces end its process, and some
short texts keep it busy for minutes. So length and nesting are checked on the tokens first.
Queries that would reach out (``SERVICE``), read files or change something are refused with a
sentence that says so, instead of the engine's syntax error.

A query that passes can still be wrong; the engine says so in the reader process.
"""

from dataclasses import dataclass
from itertools import pairwise
from typing import Final
from urllib.parse import urljoin, urlsplit

from graph.sparql.errors import QueryError
from graph.sparql.tokens import Token, in_every_reading, tokens
from ontology import Bilingual

MAX_LENGTH: Final = 300_000
"""Characters that a query may have."""

MAX_DEPTH: Final = 100
"""How deep brackets of any kind may be nested."""

MAX_CHAIN: Final = 1_000
"""How many operators may follow one another without a ``.``, ``;``, ``,`` or ``)`` between."""

MAX_STEPS: Final = 200
"""How many steps (``/``) a path may have: planning them takes the engine cubic time."""

MAX_PARTS: Final = 1_000
"""How many groups (UNION, OPTIONAL, BIND ...) and filters a query may have."""

FORMS: Final = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
_UPDATES: Final = frozenset(
    ("INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD", "WITH")
)
_PARTS: Final = frozenset(
    ("UNION", "OPTIONAL", "MINUS", "FILTER", "BIND", "EXISTS", "GRAPH", "VALUES", "SELECT")
)
_CHAINED: Final = frozenset(("/", "|", "^", "!", "+", "-", "*", "||", "&&", "=", "<", ">", "!="))
_TOO_DEEP: Final = Bilingual(
    "The query is nested too deep or has too many parts.",
    "Die Anfrage ist zu tief verschachtelt oder hat zu viele Teile.",
)
_HOW_DEEP: Final = Bilingual(
    f"At most {MAX_DEPTH} brackets may lie in one another, a path may have {MAX_STEPS} steps, "
    f"{MAX_CHAIN} operators may follow one another, and {MAX_PARTS} groups and filters stand in "
    "one query. Use VALUES or IN instead of long chains.",
    f"Höchstens {MAX_DEPTH} Klammern dürfen ineinander liegen, ein Pfad darf {MAX_STEPS} Schritte "
    f"haben, {MAX_CHAIN} Operatoren dürfen aufeinander folgen und {MAX_PARTS} Gruppen und Filter "
    "in einer Anfrage stehen. Nehmen Sie VALUES oder IN statt langer Ketten.",
)


@dataclass(frozen=True)
class Checked:
    """A query that may be handed to a reader.

    Attributes:
        text: the query.
        form: ``SELECT``, ``ASK``, ``CONSTRUCT`` or ``DESCRIBE``.
        default_graphs: IRIs of its ``FROM`` clauses.
        named_graphs: IRIs of its ``FROM NAMED`` clauses.
        all_variables: for ``SELECT *``, its variables in the order of their first mention.
    """

    text: str
    form: str
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    all_variables: tuple[str, ...] = ()

    @property
    def has_dataset(self) -> bool:
        """Whether the query chooses its graphs itself."""
        return bool(self.default_graphs or self.named_graphs)


def check(query: str, base: str = "") -> Checked:
    """Whether a query may be handed to a reader process.

    Args:
        query: any text.
        base: what relative IRIs are relative to, where the query has no ``BASE``.

    Raises:
        QueryError: ``empty``, ``too-long``, ``too-deep``, ``federated``, ``file``, ``update``
            or ``syntax``.

    >>> check("PREFIX a: <urn:a> SELECT * FROM a:b { ?s ?p 'SERVICE' }").default_graphs
    ('urn:ab',)
    """
    if len(query) > MAX_LENGTH:
        raise _too_long(len(query))
    found = list(tokens(query))
    if not found:
        raise QueryError(
            "empty",
            Bilingual("There is no query.", "Es gibt keine Anfrage."),
            Bilingual(
                "Write one, or take an example.",
                "Schreiben Sie eine, oder nehmen Sie ein Beispiel.",
            ),
        )
    if found[-1].kind == "unfinished":
        raise _unfinished(query, found[-1])
    _check_nesting(found)
    _check_outside(query)
    form = _form(found)
    default_graphs, named_graphs = _dataset(found, base)
    return Checked(query, form, default_graphs, named_graphs, _all_variables(found))


def _check_nesting(found: list[Token]) -> None:
    depth = chain = steps = parts = 0
    for token in found:
        if token.kind == "open":
            depth += 1
        elif token.kind == "word":
            parts += token.text.upper() in _PARTS
        elif token.text in _CHAINED:
            chain += 1
            steps += token.text == "/"
        elif token.kind in ("close", "operator"):
            depth -= token.kind == "close"
            chain = steps = 0
        if depth > MAX_DEPTH or chain > MAX_CHAIN or steps > MAX_STEPS or parts > MAX_PARTS:
            raise QueryError("too-deep", _TOO_DEEP, _HOW_DEEP)


def _check_outside(query: str) -> None:
    if "SERVICE" not in query.upper():
        return
    if any(_calls_out(token) for token in in_every_reading(query)):
        raise QueryError(
            "federated",
            Bilingual(
                "SERVICE is not available here: queries stay within this data.",
                "SERVICE gibt es hier nicht: Anfragen bleiben bei diesen Daten.",
            ),
            Bilingual(
                "Ask the other endpoint yourself and join the answers. Prefixes must not have the "
                "word in their names either.",
                "Fragen Sie den anderen Endpunkt selbst und verbinden Sie die Antworten. Auch "
                "Präfixe dürfen das Wort nicht im Namen haben.",
            ),
        )


def _calls_out(token: Token) -> bool:
    """Whether the engine may take a token, or a part of it, for the word SERVICE.

    It needs no space after true or a number ("trueSERVICE"), nor before an address
    ("SERVICE:x", which looks like a name with a prefix).
    """
    if token.kind == "word":
        return "SERVICE" in token.text.upper()
    return token.kind == "name" and "SERVICE" in token.text.partition(":")[0].upper()


def _form(found: list[Token]) -> str:
    """The query form: the first word after the prologue."""
    skipping = iter(found)
    for token in skipping:
        word = token.text.upper() if token.kind == "word" else ""
        if word in FORMS:
            return word
        if word in _UPDATES:
            raise QueryError(
                "update",
                Bilingual(
                    "This endpoint only reads; it takes no updates.",
                    "Dieser Endpunkt liest nur; Änderungen nimmt er nicht an.",
                ),
                Bilingual(
                    "Data comes in through the import.", "Daten kommen über den Import herein."
                ),
            )
        if word not in ("PREFIX", "BASE") and token.kind not in ("iri", "name"):
            break
    raise QueryError(
        "syntax",
        Bilingual(
            "The query does not begin like a query.", "Die Anfrage beginnt nicht wie eine Anfrage."
        ),
        Bilingual(
            "It begins with SELECT, ASK, CONSTRUCT or DESCRIBE, after any PREFIX and BASE lines.",
            "Sie beginnt mit SELECT, ASK, CONSTRUCT oder DESCRIBE, nach PREFIX- und BASE-Zeilen.",
        ),
    )


def _all_variables(found: list[Token]) -> tuple[str, ...]:
    start = next(index for index, token in enumerate(found) if token.text.upper() in FORMS)
    following = [token.text.upper() for token in found[start + 1 : start + 3]]
    if following[:1] in (["DISTINCT"], ["REDUCED"]):
        del following[0]
    if following[:1] != ["*"]:
        return ()
    names = (token.text[1:] for token in found if token.kind == "variable")
    return tuple(dict.fromkeys(names))


def _dataset(found: list[Token], base: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The IRIs of the FROM and FROM NAMED clauses."""
    base, prefixes = _prologue(found, base)
    default_graphs: list[str] = []
    named_graphs: list[str] = []
    depth = 0
    for index, token in enumerate(found):
        depth += (token.kind == "open") - (token.kind == "close")
        # After the template of a CONSTRUCT, too.
        if depth or not token.is_word("FROM"):
            continue
        rest = found[index + 1 : index + 3]
        named = bool(rest) and rest[0].is_word("NAMED")
        graph = _resolved(rest[-1] if named else rest[0], base, prefixes) if rest else ""
        if urlsplit(graph).scheme.lower() == "file":
            raise QueryError(
                "file",
                Bilingual("FROM reads no files here.", "FROM liest hier keine Dateien."),
                Bilingual(
                    "Leave FROM out: all that you may read is asked then.",
                    "Lassen Sie FROM weg: dann wird alles gefragt, was Sie lesen dürfen.",
                ),
            )
        if graph:
            (named_graphs if named else default_graphs).append(graph)
    return tuple(default_graphs), tuple(named_graphs)


def _prologue(found: list[Token], base: str) -> tuple[str, dict[str, str]]:
    prefixes: dict[str, str] = {}
    for index, token in enumerate(found):
        following = found[index + 1 : index + 3]
        if token.is_word("BASE") and following:
            base = urljoin(base, following[0].text[1:-1])
        elif token.is_word("PREFIX") and len(following) == 2:
            prefixes[following[0].text.partition(":")[0]] = urljoin(base, following[1].text[1:-1])
        elif token.kind == "word" and token.text.upper() in FORMS:
            break
    return base, prefixes


def _resolved(token: Token, base: str, prefixes: dict[str, str]) -> str:
    if token.kind == "iri":
        return urljoin(base, token.text[1:-1])
    if token.kind == "name":
        prefix, _, local = token.text.partition(":")
        return prefixes.get(prefix, "") + local.replace("\\", "")
    return ""


def undeclared_prefixes(query: str) -> list[str]:
    """Prefixes that a query uses and does not declare, in order; for the advice in an error.

    >>> undeclared_prefixes("PREFIX a: <urn:a> ASK { a:b cr:name ?o }")
    ['cr']
    """
    found = list(tokens(query))
    declared = {
        name.text.partition(":")[0] for word, name in pairwise(found) if word.is_word("PREFIX")
    }
    used = (token.text.partition(":")[0] for token in found if token.kind == "name")
    return list(dict.fromkeys(prefix for prefix in used if prefix not in declared))


def _unfinished(query: str, quote: Token) -> QueryError:
    line = query.count("\n", 0, quote.start) + 1
    return QueryError(
        "syntax",
        Bilingual(
            f"The string that begins in line {line} does not end.",
            f"Die Zeichenkette, die in Zeile {line} beginnt, endet nicht.",
        ),
        Bilingual(
            "Close it with the same quotes; only tripled quotes may span lines.",
            "Schließen Sie sie mit denselben Anführungszeichen; nur dreifache dürfen über mehrere "
            "Zeilen gehen.",
        ),
    )


def _too_long(length: int) -> QueryError:
    return QueryError(
        "too-long",
        Bilingual(
            f"The query has {length} characters; {MAX_LENGTH} are allowed.",
            f"Die Anfrage hat {length} Zeichen; {MAX_LENGTH} sind erlaubt.",
        ),
        Bilingual("Split it.", "Teilen Sie sie auf."),
    )
