"""Everything about a person as one document: JSON for reading, Turtle for programs."""

from typing import Any, Final

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, serialize

from graph import Decision, KnownAbout, Origin, Viewer, known_about
from ontology import CR, DCT, FOAF, PREFIXES, RDF
from webapp.accounts import Account
from webapp.accounts.clock import now
from webapp.privacy.rows import rows_about
from webapp.services import Services

_NOTE: Final = {
    "en": "Statements that their owners share with a closed circle which you are not in are left "
    "out. Ask whoever runs this server for them.",
    "de": "Aussagen, die nur ein geschlossener Kreis lesen darf, dem Sie nicht angehören, fehlen "
    "hier. Fragen Sie dafür die Betreiber dieses Servers.",
}


class Told:
    """What is kept about a person.

    Args:
        made: the services of the installation.
        person: IRI of the person; empty where there is none.
        account: the account of the person, if it has one.
        viewer: who is told; None: everything, for who answers for the data.
    """

    def __init__(
        self, made: Services, person: str, account: Account | None, viewer: Viewer | None
    ) -> None:
        self.viewer = viewer
        self.account = account
        self.person = person
        self.known: KnownAbout | None = (
            known_about(made.knowledge, person, viewer) if person else None
        )
        names = [account.id, account.email] if account else []
        with made.accounts.reading() as session:
            self.rows = rows_about(session, [*names, person] if viewer is None or account else [])

    def as_json(self) -> dict[str, Any]:
        """For reading, and for other programs."""
        known = self.known
        return {
            "made": now().isoformat(timespec="seconds"),
            "note": dict(_NOTE) if self.viewer is not None else {},
            "person": self.person or None,
            "account": self.account.id if self.account else None,
            "kept": self.rows,
            "said_about_you": [_origin(one) for one in known.said] if known else [],
            "pointing_at_you": [_origin(one) for one in known.pointing] if known else [],
            "imported_from": [{"source": s, "row": key} for s, key in known.rows] if known else [],
            "decisions": [
                _decision(one, self._author(one)) for one in (known.decisions if known else ())
            ],
        }

    def as_turtle(self) -> bytes:
        """Statements, decisions and the account, for programs that know RDF."""
        triples: list[Triple] = []
        for origin in (*self.known.said, *self.known.pointing) if self.known else ():
            said = origin.statement
            triples.append(Triple(NamedNode(said.subject), NamedNode(said.predicate), said.object))
        for decision in self.known.decisions if self.known else ():
            triples += _decision_triples(decision, self._author(decision))
        if self.account is not None:
            triples += _account_triples(self.account, self.person)
        once = dict.fromkeys(triples)
        return serialize(once, format=RdfFormat.TURTLE, prefixes=PREFIXES) or b""

    def _author(self, decision: Decision) -> str:
        """Who decided: a rule, oneself, or just a member; which one is for administrators."""
        own = self.account is not None and decision.author == self.account.id
        told = decision.author.startswith("rule:") or self.viewer is None or own
        return decision.author if told else "member"


def _origin(origin: Origin) -> dict[str, str]:
    said = origin.statement
    return {
        "subject": said.subject,
        "property": said.predicate,
        "value": said.object.value,
        "source": origin.source,
        "audience": origin.audience,
    }


def _decision(decision: Decision, author: str) -> dict[str, Any]:
    return {
        "decision": decision.name,
        "rows": list(decision.rows),
        "words": list(decision.terms),
        "things": list(decision.things),
        "property": list(decision.properties),
        "source": list(decision.sources),
        "by": author,
        "time": decision.renewed or decision.created,
        "audience": decision.audience,
    }


def _decision_triples(decision: Decision, author: str) -> list[Triple]:
    node = NamedNode(decision.iri)
    joined = (("row", decision.rows), ("term", decision.terms), ("thing", decision.things))
    said: list[tuple[str, NamedNode | Literal]] = [
        (RDF + "type", NamedNode(CR + decision.name)),
        (CR + "author", Literal(author)),
        (DCT + "created", Literal(decision.created)),
        *((CR + name, NamedNode(iri)) for name, iris in joined for iri in iris),
    ]
    return [Triple(node, NamedNode(name), value) for name, value in said]


def _account_triples(account: Account, person: str) -> list[Triple]:
    node = NamedNode(f"urn:clusterradar:account:{account.id}")
    said: list[tuple[str, NamedNode | Literal]] = [
        (RDF + "type", NamedNode(FOAF + "OnlineAccount")),
        (FOAF + "accountName", Literal(account.email)),
        (FOAF + "name", Literal(account.name)),
        (DCT + "created", Literal(account.created.isoformat(timespec="seconds"))),
    ]
    triples = [Triple(node, NamedNode(name), value) for name, value in said]
    if person:
        triples.append(Triple(NamedNode(person), NamedNode(FOAF + "account"), node))
    return triples
