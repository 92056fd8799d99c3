"""Reads RDF in a process of its own: bytes in, N-Quads out.

Some texts of a few kilobytes keep a parser busy for minutes or ask for any amount of memory. Here
that ends this process and nothing else. Run as a file, with the ending of the format as its
argument; nothing is ever fetched: a JSON-LD context that lies elsewhere is an error.
"""

import json
import resource
import sys
from collections.abc import Iterator
from itertools import islice
from typing import Any, BinaryIO, Final
from xml.parsers import expat

from pyoxigraph import Quad, RdfFormat, parse, serialize

MEMORY: Final = 3 << 30
"""Bytes of address space."""
SECONDS: Final = 60
MOST_STATEMENTS: Final = 2_000_000
MAX_DEPTH: Final = 200
"""How deep elements of RDF/XML and objects of JSON-LD may be nested."""
HERE: Final = "http://list.invalid/"
"""What an address without a beginning is relative to; no such host can exist."""


def main() -> None:
    """Read RDF from standard input; the argument is the ending of its format."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    content = sys.stdin.buffer.read()
    try:
        written(content, sys.argv[1], sys.stdout.buffer)
        answer: dict[str, Any] = {"unmapped": unmapped(content) if sys.argv[1] == "jsonld" else []}
    except (SyntaxError, ValueError, OSError, RecursionError, expat.ExpatError) as error:
        answer = {"error": str(error) or type(error).__name__}
    json.dump(answer, sys.stderr)


def written(content: bytes, ending: str, out: BinaryIO) -> None:
    """Write the statements of an RDF text as N-Quads.

    Raises:
        SyntaxError: it is not well formed, nested too deep, or holds too many statements.
    """
    if ending == "rdf":
        _check_depth(content)
    quads = parse(content, RdfFormat.from_extension(ending), base_iri=HERE)
    serialize(_counted(quads), out, RdfFormat.N_QUADS)


def _counted(quads: Iterator[Quad]) -> Iterator[Quad]:
    yield from islice(quads, MOST_STATEMENTS)
    if next(quads, None) is not None:
        raise SyntaxError(f"more than {MOST_STATEMENTS} statements")


def _check_depth(content: bytes) -> None:
    """The RDF/XML parser takes time that grows with the square of the depth."""
    depth = 0

    def enter(_name: str, _attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > MAX_DEPTH:
            raise SyntaxError(f"more than {MAX_DEPTH} elements lie in one another")

    def leave(_name: str) -> None:
        nonlocal depth
        depth -= 1

    reader = expat.ParserCreate()
    reader.StartElementHandler, reader.EndElementHandler = enter, leave
    reader.Parse(content, True)


def unmapped(content: bytes) -> list[str]:
    """The keys of a JSON-LD text that its contexts give no meaning, which JSON-LD passes over."""
    waiting: list[Any] = [json.loads(content)]
    keys: set[str] = set()
    terms: set[str] = set()
    while waiting:
        value = waiting.pop()
        if isinstance(value, list):
            waiting += value
        elif isinstance(value, dict):
            for context in _contexts(value.get("@context")):
                if context.get("@vocab"):
                    return []
                terms |= context.keys()
                waiting += [one for one in context.values() if isinstance(one, dict)]
            keys |= value.keys() - {"@context"}
            waiting += [value[key] for key in value if key != "@context"]
    return sorted(key for key in keys - terms if not key.startswith("@") and ":" not in key)


def _contexts(context: Any) -> list[dict[str, Any]]:
    several = context if isinstance(context, list) else [context]
    return [one for one in several if isinstance(one, dict)]


if __name__ == "__main__":
    main()
