"""The radar's answer as JSON. Its members are a promise to programs; new ones may be added."""

from typing import Any

from graph import View
from recommender import Node, RadarAnswer, Suggestion
from webapp.addresses import url_radar


def to_json(answer: RadarAnswer, view: View) -> dict[str, Any]:
    """The whole answer as plain dictionaries and lists."""
    return {
        "centre": _node(answer.centre, view),
        "viewer": answer.viewer,
        "lens": answer.lens,
        "lang": answer.lang,
        "totals": {wedge: str(total) for wedge, total in answer.totals.items()},
        "suggestions": [_suggestion(one, view) for one in answer.suggestions],
    }


def _node(node: Node, view: View) -> dict[str, Any]:
    thing = view.thing(node.iri)
    return {
        "iri": node.iri,
        "kind": node.kind,
        "slug": node.slug,
        "label": node.label,
        "context": node.context,
        "as_of": node.as_of,
        "invented": node.invented,
        "historical": bool(thing and thing.historical),
        "url": url_radar(node.kind, node.slug),
    }


def _suggestion(suggestion: Suggestion, view: View) -> dict[str, Any]:
    return {
        **_node(suggestion.node, view),
        "wedge": suggestion.wedge,
        "ring": suggestion.ring,
        "score": suggestion.score,
        "shared_cluster": suggestion.shared_cluster,
        "reason": {
            "text": suggestion.reason.text,
            "path": [
                {
                    "iri": step.node.iri,
                    "kind": step.node.kind,
                    "label": step.node.label,
                    "relation": step.relation,
                    "relation_label": step.label,
                    "forward": step.forward,
                }
                for step in suggestion.reason.path
            ],
        },
    }
