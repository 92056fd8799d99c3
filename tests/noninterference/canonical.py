"""What two answers may differ in although they say the same.

Orders that nobody asked for, names of blank nodes, the clock. Everything else must be equal.
"""

import io
import json
import re
from collections import Counter
from collections.abc import Iterable
from typing import Any, Final

import networkx as nx
from pyoxigraph import RdfFormat, parse
from werkzeug.test import TestResponse

_LEFT_OUT: Final = frozenset({"date", "set-cookie", "content-length"})
_DRAWN: Final = re.compile(r'(?<=name="nonce" value=")[0-9a-f]+|(?<=/import/plan/)[\w-]{20,}')
"""Drawn at random: nonces of forms, and what uploads are called."""

_CLOCK: Final = re.compile(r"(?<!\d)\d{1,2}:\d\d(:\d\d(\.\d+)?)?\b")
_BLANK: Final = re.compile(r"_:[A-Za-z0-9]+")

Multiset = tuple[tuple[str, int], ...]


def multiset(items: Iterable[object]) -> Multiset:
    """Anything in any order, as text."""
    return tuple(sorted(Counter(map(str, items)).items()))


def response(answer: TestResponse, drawn: Iterable[str] = ()) -> tuple[object, ...]:
    """Status, headers and body of an answer.

    Args:
        answer: as it came.
        drawn: further texts in it that were drawn at random.
    """

    def bare(text: str) -> str:
        for one in drawn:
            text = text.replace(one, "")
        return _CLOCK.sub("", _DRAWN.sub("", text))

    headers = [
        (name, bare(value)) for name, value in answer.headers if name.lower() not in _LEFT_OUT
    ]
    return answer.status_code, sorted(headers), bare(answer.get_data(as_text=True))


def rdf(body: bytes, format: RdfFormat) -> Multiset:
    """Statements in any order; blank nodes without their names."""
    return multiset(_BLANK.sub("_:b", str(quad)) for quad in parse(body, format=format))


def rows(body: bytes) -> tuple[object, ...]:
    """The rows of a SELECT, or the answer of an ASK, in JSON."""
    found = json.loads(body)
    if "boolean" in found:
        return (found["boolean"],)
    bindings = found["results"]["bindings"]
    return found["head"]["vars"], multiset(
        json.dumps(_bare(one), sort_keys=True) for one in bindings
    )


def _bare(binding: dict[str, Any]) -> dict[str, Any]:
    return {name: "_:b" if term["type"] == "bnode" else term for name, term in binding.items()}


def network(body: bytes, format: str) -> tuple[object, ...]:
    """Nodes and edges in any order, without the numbers that the file gives them."""
    read = nx.read_graphml if format == "graphml" else nx.read_gexf
    found = read(io.BytesIO(body))
    edges = (
        (start, end, sorted((k, v) for k, v in values.items() if k != "id"))
        for start, end, values in found.edges(data=True)
    )
    nodes = ((node, sorted(values.items())) for node, values in found.nodes(data=True))
    return multiset(nodes), multiset(edges)
