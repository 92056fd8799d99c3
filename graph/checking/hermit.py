"""HermiT, an OWL 2 DL reasoner in Java, run through owlready2 with a time limit.

It gets a copy of ontology and data made for it: it refuses dates, so they are plain texts; it
has no use for names and descriptions, so they are left out; and clusters are said to be all
different, because to the logic two names may well mean one cluster.
"""

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, parse, serialize

from graph.checking.facts import TYPE, text
from ontology import CR, OWL, RDF, RDFS, XSD, files

_KEPT_TYPES: Final = frozenset(
    XSD + name for name in ("string", "integer", "decimal", "double", "boolean")
)
_BUILT_IN_ANNOTATIONS: Final = frozenset(
    {RDFS + "label", RDFS + "comment", RDFS + "seeAlso", OWL + "versionInfo"}
)
_CHILD: Final = Path(__file__).with_name("hermit_child.py")


class HermitError(RuntimeError):
    """HermiT could not tell: no Java, out of time, or it refused what it got."""


class NoJavaError(HermitError):
    """There is no Java on this machine."""


class TimeOutError(HermitError):
    """HermiT needed longer than it may."""


@dataclass(frozen=True)
class Verdict:
    """What the reasoner says.

    Attributes:
        consistent: whether ontology and statements can all be true.
        unsatisfiable: IRIs of classes that can have no member.
    """

    consistent: bool
    unsatisfiable: tuple[str, ...] = ()


def judge(facts: Iterable[Triple], seconds: float) -> Verdict:
    """Can the ontology and these statements all be true?

    Args:
        facts: statements about things.
        seconds: how long it may take.

    Raises:
        NoJavaError: there is no Java.
        TimeOutError: it took longer.
        HermitError: the reasoner failed; the message says how.
    """
    if shutil.which("java") is None:
        raise NoJavaError
    with TemporaryDirectory(prefix="clusterradar-") as folder:
        path = Path(folder) / "copy.nt"
        with path.open("wb") as file:
            serialize(derived_copy(facts), file, format=RdfFormat.N_TRIPLES)
        return _answer(path, seconds)


def _answer(path: Path, seconds: float) -> Verdict:
    process = subprocess.Popen(
        [sys.executable, "-P", str(_CHILD), str(path)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        start_new_session=True,
    )
    with process:
        try:
            out, err = process.communicate(timeout=max(seconds, 0.1))
        except subprocess.TimeoutExpired as error:
            # The reasoner is a child of the child: the whole group has to go.
            os.killpg(process.pid, signal.SIGKILL)
            raise TimeOutError from error
    if process.returncode != 0:
        raise HermitError(err.strip().splitlines()[-1] if err.strip() else "no answer")
    said = json.loads(out.splitlines()[-1])
    return Verdict(said["consistent"], tuple(said["unsatisfiable"]))


def logical(facts: Iterable[Triple]) -> list[Triple]:
    """The statements that mean something to the logic, names and the like left out."""
    links = _of_type(_ontology(), "ObjectProperty") | {TYPE}
    values = _of_type(_ontology(), "DatatypeProperty")
    # A text in place of a thing, or a thing in place of a text, is no OWL at all.
    return [
        fact
        for fact in facts
        if fact.predicate.value in (values if isinstance(fact.object, Literal) else links)
    ]


def derived_copy(facts: Iterable[Triple]) -> Iterator[Triple]:
    """The ontology and the statements as HermiT can take them."""
    annotations = _of_type(_ontology(), "AnnotationProperty") | _BUILT_IN_ANNOTATIONS
    yield from (fact for fact in _ontology() if fact.predicate.value not in annotations)
    clusters: set[str] = set()
    cluster = NamedNode(CR + "Cluster")
    for fact in logical(facts):
        if fact.predicate.value == TYPE and fact.object == cluster:
            clusters.add(text(fact.subject))
        yield Triple(fact.subject, fact.predicate, _plain(fact.object))
    yield from _all_different([NamedNode(iri) for iri in sorted(clusters)])


@lru_cache(maxsize=1)
def _ontology() -> tuple[Triple, ...]:
    path = str(files()["clusterradar"])
    return tuple(quad.triple for quad in parse(path=path, format=RdfFormat.TURTLE))


def _of_type(ontology: Iterable[Triple], name: str) -> set[str]:
    wanted = NamedNode(OWL + name)
    return {text(fact.subject) for fact in ontology if fact.object == wanted}


def _plain(value: NamedNode | BlankNode | Literal | Triple) -> NamedNode | BlankNode | Literal:
    if isinstance(value, Triple):
        raise HermitError("a statement about a statement")
    if isinstance(value, Literal) and value.datatype.value not in _KEPT_TYPES:
        return Literal(value.value)
    return value


def _all_different(things: list[NamedNode]) -> Iterator[Triple]:
    if len(things) < 2:
        return
    axiom = BlankNode()
    yield Triple(axiom, NamedNode(TYPE), NamedNode(OWL + "AllDifferent"))
    here = BlankNode()
    yield Triple(axiom, NamedNode(OWL + "distinctMembers"), here)
    first, rest, nil = (NamedNode(RDF + name) for name in ("first", "rest", "nil"))
    for thing in things[:-1]:
        following = BlankNode()
        yield Triple(here, first, thing)
        yield Triple(here, rest, following)
        here = following
    yield Triple(here, first, things[-1])
    yield Triple(here, rest, nil)
