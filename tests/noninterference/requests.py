"""Read paths of the web application: what a browser or a program gets at each address."""

from typing import Final
from urllib.parse import urlencode

from tests.noninterference import canonical
from tests.noninterference.cases import TEXTS, Case
from tests.noninterference.knowing import QUERIES, exported
from tests.noninterference.paths import read_path
from tests.noninterference.sides import Side

_ENDINGS: Final = (".ttl", ".jsonld", ".nt", ".rdf", ".json", ".csv")
_LISTED: Final = ("cluster", "topic", "source")
_ORDERED: Final = """
SELECT ?thing ?class (COUNT(?other) AS ?others) WHERE { ?thing a ?class ; ?with ?other }
GROUP BY ?thing ?class ORDER BY ?thing ?class
"""


def _all(side: Side, addresses: list[str], accept: str = "text/html") -> list[object]:
    return [canonical.response(side.get(one, Accept=accept)) for one in addresses]


@read_path("/")
def home(side: Side, _case: Case) -> object:
    """The first radar."""
    return _all(side, ["/"])


@read_path("/radar/<kind>/<slug>")
def radar_pages(side: Side, case: Case) -> object:
    """The radar as a page, with a trail over things that may be hidden."""
    via = ",".join(case.asked[1:])
    return _all(side, [f"/radar/{case.asked[-1]}?via={via}"])


@read_path("/api/v1/radar")
def radar_json(side: Side, case: Case) -> object:
    """The radar for programs."""
    addresses = [f"/api/v1/radar?centre={name}" for name in case.asked[1:]]
    addresses += [f"{address}&lens=beyond&kinds=organisation,topic" for address in addresses]
    return _all(side, addresses)


@read_path("/id/<kind>/<path:slug>")
def identifiers(side: Side, case: Case) -> object:
    """Where the address of a thing leads, and its data documents."""
    hidden_or_not, there = case.asked[0], case.asked[-1]
    addresses = [f"/id/{there}{ending}" for ending in ("", *_ENDINGS)]
    addresses += [f"/id/{hidden_or_not}", f"/id/{hidden_or_not}.ttl"]
    return _all(side, addresses), _all(side, [f"/id/{there}"], "text/turtle")


@read_path("/page/<kind>/<path:slug>")
def pages(side: Side, case: Case) -> object:
    """The pages of things, and of things that are not there."""
    addresses = [f"/page/{name}" for name in (*case.asked[1:], "source/members", "topic/lasr")]
    return _all(side, addresses)


@read_path("/things", "/things/<kind>")
def lists(side: Side, _case: Case) -> object:
    """Lists of things with their counts and first letters."""
    addresses = ["/things", "/things/organisation?starts=l", "/things/topic?page=2"]
    return _all(side, addresses + [f"/things/{kind}" for kind in _LISTED])


@read_path("/search", "/api/v1/search")
def searches(side: Side, case: Case) -> object:
    """Hits with suggestions and counts of kinds, as a page and for programs."""
    asked = [urlencode({"q": word}) for word in case.words]
    narrowed = [f"/search?{words}&kinds=project" for words in asked[:1]]
    pages_and_data = [
        f"{path}?{words}" for words in asked for path in ("/search", "/api/v1/search")
    ]
    return _all(side, pages_and_data + narrowed)


@read_path("/sparql", "POST /sparql")
def sparql(side: Side, _case: Case) -> object:
    """The endpoint: a table for people, rows for programs, errors for both."""
    ordered = "/sparql?" + urlencode({"query": _ORDERED})
    wrong = "/sparql?" + urlencode({"query": QUERIES["mistyped"]})
    data = "application/sparql-results+json"
    sent = side.client.post("/sparql", data={"query": _ORDERED}, headers={"Accept": data})
    asked = _all(side, [ordered, wrong]), _all(side, [ordered, wrong], data)
    return asked, canonical.response(sent)


@read_path("/paste", "POST /paste", "/paste/radar")
def pasting(side: Side, case: Case) -> object:
    """What a paragraph speaks of, and the radar around that."""
    text = f"{TEXTS[0]} {TEXTS[1]} Bob Ampel, Laserwerk und {case.words[0]}."
    about = side.post("/paste", text=text)
    answers = [canonical.response(about)]
    if about.status_code == 303:
        answers.append(canonical.response(side.get(about.location)))
    named = ",".join(case.asked)
    return answers, _all(side, [f"/paste/radar?about={named}&add={case.words[1]}", "/paste"])


@read_path("/.well-known/void")
def description(side: Side, _case: Case) -> object:
    """What the data set says of itself."""
    return _all(side, ["/.well-known/void"])


@read_path("/health")
def health(side: Side, _case: Case) -> object:
    """Whether the server answers."""
    return _all(side, ["/health"])


@read_path("/own/export/<name>")
def exports_for_commands(side: Side, _case: Case) -> object:
    """Exports as the command line gets them from a server."""
    key = side.app.extensions["own_key"]
    answers = {
        name: side.get(f"/own/export/{name}", Clusterradar_Key=key)
        for name in ("nquads", "jsonld", "gexf")
    }
    return {
        name: (answer.status_code, exported(answer.get_data(), name))
        for name, answer in answers.items()
    }
