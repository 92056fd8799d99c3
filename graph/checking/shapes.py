"""The full SHACL validator over all data, with its findings in words."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Final

import pyshacl
import rdflib
from pyoxigraph import RdfFormat, Triple, serialize

from graph.checking.facts import Wording, asserted
from graph.checking.reports import Finding, ShapeReport
from graph.knowledge import Knowledge
from ontology import SH, Bilingual, files

_SH: Final = rdflib.Namespace(SH)
_IN_WORDS: Final[dict[str, Bilingual]] = {
    "MinCount": Bilingual("there are too few values", "es sind zu wenige Werte"),
    "MaxCount": Bilingual("there are too many values", "es sind zu viele Werte"),
    "Datatype": Bilingual("the value is of the wrong type", "der Wert ist von der falschen Art"),
    "Class": Bilingual(
        "the thing is of another kind than belongs here",
        "das Ding ist von einer anderen Art, als hierher gehört",
    ),
    "Or": Bilingual(
        "the thing is of none of the kinds that belong here",
        "das Ding ist von keiner der Arten, die hierher gehören",
    ),
    "NodeKind": Bilingual(
        "a thing stands where a text belongs, or the other way round",
        "ein Ding steht, wo ein Text hingehört, oder umgekehrt",
    ),
    "In": Bilingual("the value is none of those allowed", "der Wert gehört nicht zu den erlaubten"),
    "Pattern": Bilingual("the value has the wrong form", "der Wert hat die falsche Form"),
    "MinInclusive": Bilingual("the number is too small", "die Zahl ist zu klein"),
    "MaxInclusive": Bilingual("the number is too large", "die Zahl ist zu groß"),
    "MinLength": Bilingual("the text is too short", "der Text ist zu kurz"),
    "MaxLength": Bilingual("the text is too long", "der Text ist zu lang"),
    "LanguageIn": Bilingual(
        "the text is in a language that is not allowed here",
        "der Text ist in einer Sprache, die hier nicht erlaubt ist",
    ),
    "UniqueLang": Bilingual(
        "there are several texts in one language", "es gibt mehrere Texte in einer Sprache"
    ),
}
"""What each constraint of the shapes says when it is not kept."""


def check_shapes(knowledge: Knowledge) -> ShapeReport:
    """Does all that is said, whoever may read it, keep the shapes?

    What only follows is left out: it is as good as what it follows from, and nobody could
    put it right.
    """
    facts = asserted(knowledge)
    findings = tuple(validate(facts))
    return ShapeReport(len({fact.subject for fact in facts}), findings)


def validate(facts: Iterable[Triple]) -> list[Finding]:
    """What the validator finds in some statements, sorted by thing and property."""
    facts = list(facts)
    wording = Wording(facts)
    data = rdflib.Graph()
    data.parse(data=serialize(facts, format=RdfFormat.N_TRIPLES), format="nt")
    _, results, _ = pyshacl.validate(data, shacl_graph=_shapes(), inference="none")
    found = results.subjects(rdflib.RDF.type, _SH.ValidationResult)
    return sorted(
        (_finding(results, result, wording) for result in found),
        key=lambda finding: (finding.thing, finding.property, finding.value),
    )


@lru_cache(maxsize=1)
def _shapes() -> rdflib.Graph:
    return rdflib.Graph().parse(files()["shapes"], format="turtle")


def _finding(results: rdflib.Graph, result: rdflib.term.Node, wording: Wording) -> Finding:
    thing = str(results.value(result, _SH.focusNode))
    value = results.value(result, _SH.value)
    shape = results.value(result, _SH.sourceShape)
    component = str(results.value(result, _SH.sourceConstraintComponent))
    constraint = component.removeprefix(SH).removesuffix("ConstraintComponent")
    labels = {
        name.language: str(name)
        for name in _shapes().objects(shape, _SH.name)
        if isinstance(name, rdflib.Literal)
    }
    name = wording.name(thing)
    said = "" if value is None else f" ({value})"
    message = Bilingual("“{name}”: {field}: {wrong}{said}.", "„{name}“: {field}: {wrong}{said}.")
    return Finding(
        thing=thing,
        name=name,
        property=str(results.value(result, _SH.resultPath)),
        value="" if value is None else str(value),
        message=message.with_(
            name=name,
            field=Bilingual(labels["en"], labels["de"]),
            wrong=_IN_WORDS[constraint],
            said=said,
        ),
    )
