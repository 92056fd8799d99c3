"""The radar's answer as JSON. Its members are a promise to programs; new ones may be added.

An answer has some two hundred suggestions and as many kilobytes, and answers around different
centres share most of their things. So the JSON of each thing and each step is written once and
remembered; what is left is joined.
"""

from collections.abc import Sequence
from functools import lru_cache
from json import JSONEncoder
from typing import Final

from graph import Thing
from recommender import Connection, Node, RadarAnswer, Step, Suggestion
from webapp.addresses import url_radar
from webapp.languages import explicit_lang

_REMEMBERED: Final = 50_000
"""Things and steps whose JSON is kept."""

_json: Final = JSONEncoder(ensure_ascii=False).encode


def to_json(answer: RadarAnswer) -> str:
    """The whole answer as one line of JSON."""
    asked = explicit_lang()
    totals = {wedge: str(total) for wedge, total in answer.totals.items()}
    suggestions = ", ".join([_suggestion(one, asked) for one in answer.suggestions])
    return (
        f'{{"centre": {{{_node(answer.centre, asked)}}}, "viewer": {_json(answer.viewer)}, '
        f'"lens": {_json(answer.lens)}, "lang": {_json(answer.lang)}, '
        f'"totals": {_json(totals)}, "suggestions": [{suggestions}]}}'
    )


def connections_json(one: Thing, other: Thing, found: Sequence[Connection], language: str) -> str:
    """How two things are connected, as one line of JSON."""
    asked = explicit_lang()
    ends = [_node(_as_node(thing, language), asked) for thing in (one, other)]
    told = ", ".join(
        f'{{"text": {_json(way.text)}, "path": [{", ".join(map(_step, way.path))}]}}'
        for way in found
    )
    return (
        f'{{"from": {{{ends[0]}}}, "to": {{{ends[1]}}}, "lang": {_json(language)}, '
        f'"connections": [{told}]}}'
    )


def _as_node(thing: Thing, language: str) -> Node:
    return Node(
        thing.iri,
        thing.kind,
        thing.slug,
        thing.label(language),
        thing.context(language),
        thing.as_of,
        thing.invented,
        thing.historical,
    )


def _suggestion(suggestion: Suggestion, asked: str) -> str:
    path = ", ".join([_step(step) for step in suggestion.reason.path])
    shared = "true" if suggestion.shared_cluster else "false"
    return (
        f'{{{_node(suggestion.node, asked)}, "wedge": "{suggestion.wedge}", '
        f'"ring": {suggestion.ring}, "score": {suggestion.score!r}, "shared_cluster": {shared}, '
        f'"reason": {{"text": {_json(suggestion.reason.text)}, "path": [{path}]}}}}'
    )


@lru_cache(maxsize=_REMEMBERED)
def _node(node: Node, asked: str) -> str:
    """The members of a thing, without braces; ``asked`` is the language in its address."""
    members = {
        "iri": node.iri,
        "kind": node.kind,
        "slug": node.slug,
        "label": node.label,
        "context": node.context,
        "as_of": node.as_of,
        "invented": node.invented,
        "historical": node.historical,
        "url": url_radar(node.kind, node.slug, lang=asked),
    }
    return _json(members)[1:-1]


@lru_cache(maxsize=_REMEMBERED)
def _step(step: Step) -> str:
    return _json(
        {
            "iri": step.node.iri,
            "kind": step.node.kind,
            "label": step.node.label,
            "relation": step.relation,
            "relation_label": step.label,
            "forward": step.forward,
        }
    )
