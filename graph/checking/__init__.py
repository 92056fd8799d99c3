"""Do the data keep the shapes, the ontology's logic and the rules of a thesaurus?"""

from graph.checking.logic import check_logic
from graph.checking.reports import Clash, Finding, LogicReport, ShapeReport
from graph.checking.shapes import check_shapes
from graph.checking.thesaurus import check_concepts, check_thesaurus

__all__ = [
    "Clash",
    "Finding",
    "LogicReport",
    "ShapeReport",
    "check_concepts",
    "check_logic",
    "check_shapes",
    "check_thesaurus",
]
