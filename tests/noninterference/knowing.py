"""Read paths below the web application: views, search, radar, exports, SPARQL."""

import io
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

from pyoxigraph import RdfFormat

from graph import EXPORT_FORMATS, KnowledgeError, QueryError, Thing, export
from recommender import Seed
from tests.noninterference import canonical
from tests.noninterference.cases import ADDRESSES, PAIRS, THINGS, Case
from tests.noninterference.paths import read_path
from tests.noninterference.sides import Side

IRIS: Final = tuple(ADDRESSES.thing(*name.split("/")) for name in THINGS)
QUERIES: Final = {
    path.stem: path.read_text(encoding="utf-8")
    for path in sorted((Path(__file__).parent / "queries").glob("*.rq"))
}
"""Queries of anybody's: patterns, aggregates, negation, paths, graphs, constructed statements."""

_RDF: Final = {
    "trig": RdfFormat.TRIG,
    "nquads": RdfFormat.N_QUADS,
    "turtle": RdfFormat.TURTLE,
    "jsonld": RdfFormat.JSON_LD,
    "ntriples": RdfFormat.N_TRIPLES,
    "rdfxml": RdfFormat.RDF_XML,
}


def card(thing: Thing | None) -> object:
    """All that stands on a thing's card."""
    return thing and (asdict(thing), thing.label("de"), thing.label("en"))


@read_path()
def things_and_counts(side: Side, _case: Case) -> object:
    """Lists of things, and how many there are."""
    return [card(thing) for thing in side.view.things()], side.view.counts()


@read_path()
def statements(side: Side, _case: Case) -> object:
    """What is said and what follows."""
    said = canonical.multiset(side.view.statements())
    return said, canonical.multiset(side.view.triples(inferred=False)), side.view.graphs


@read_path()
def things_by_address(side: Side, _case: Case) -> object:
    """Each thing looked up alone, what it became, and who says what of it."""
    view = side.view
    return [
        (card(view.thing(iri)), card(view.redirect(iri)), view.label(iri, "de"), view.origins(iri))
        for iri in IRIS
    ]


@read_path()
def search(side: Side, case: Case) -> object:
    """Hits, counts by kind, suggestions."""
    find = side.services.search.search
    return [
        find(word, viewer=side.viewer, lang=case.lang, limit=limit, kinds=kinds)
        for word in (*case.words, *PAIRS)
        for limit, kinds in ((20, ()), (1, ("organisation", "topic")))
    ]


@read_path()
def radar(side: Side, case: Case) -> object:
    """Suggestions, totals, scores and reasons around things."""
    seen = [thing.iri for thing in side.view.things()][:6]
    walked = [(iri, lens) for iri in (*asked(case), *seen) for lens in ("nearest", "beyond")]
    by_subjects = [(iri, lens) for iri in asked(case) for lens in ("complementary", "same-field")]
    return [_radar(side, case, iri, lens) for iri, lens in (*walked, *by_subjects)]


def _radar(side: Side, case: Case, iri: str, lens: str) -> object:
    try:
        answer = side.services.radar.answer(
            iri, viewer=side.viewer, lens=lens, lang=case.lang, limit=3
        )
    except KnowledgeError as error:
        return error.text("de"), error.text("en")
    return answer


@read_path()
def radar_of_my_own(side: Side, case: Case) -> object:
    """What lies around somebody with some interests, and what is linked best."""
    reasons = ("organisation", "interest", "saved")
    seeds = [Seed(iri, because) for iri, because in zip(asked(case), reasons, strict=False)]
    mine = side.services.radar.mine(seeds, viewer=side.viewer, lang=case.lang, name="Ada")
    linked = side.services.radar.best_linked(
        ("organisation", "topic"), viewer=side.viewer, lang=case.lang
    )
    return mine, linked


@read_path()
def exports(side: Side, _case: Case) -> object:
    """Everything, in every format."""
    return dict(_exports(side))


def _exports(side: Side) -> Iterator[tuple[str, Any]]:
    for name in EXPORT_FORMATS:
        stream = io.BytesIO()
        export(side.view, name, stream, lang=side.lang)
        yield name, exported(stream.getvalue(), name)


def exported(body: bytes, name: str) -> object:
    """An export in a form of its own, in any order."""
    rdf = _RDF.get(name)
    return canonical.rdf(body, rdf) if rdf else canonical.network(body, name)


@read_path()
def queries(side: Side, _case: Case) -> object:
    """Anybody's SPARQL, answered by the reader processes."""
    return {name: _query(side, query) for name, query in QUERIES.items()}


def _query(side: Side, query: str) -> object:
    try:
        answer = side.services.readers.answer(query, viewer=side.viewer, accept="*/*")
    except QueryError as error:
        return error.text("de"), error.code
    if answer.form in {"CONSTRUCT", "DESCRIBE"}:
        return canonical.rdf(answer.body, RdfFormat.TURTLE), answer.rows, answer.cut
    return canonical.rows(answer.body), answer.rows, answer.cut


def asked(case: Case) -> list[str]:
    """The IRIs of what a case asks for."""
    return [ADDRESSES.thing(*name.split("/")) for name in case.asked]


@read_path("/connect", "/api/v1/connections", "/radar/<kind>/<slug>/why/<other_kind>/<other_slug>")
def connections(side: Side, case: Case) -> object:
    """How two things are connected, of which either may be hidden, and words for an end."""
    one, other = case.asked[0], case.asked[-1]
    addresses = [
        f"/api/v1/connections?from={one}&to={other}",
        f"/radar/{other}/why/{case.asked[1]}",
        f"/connect?from={other}&end=to&q={case.words[0]}",
    ]
    return [canonical.response(side.get(address)) for address in addresses]
