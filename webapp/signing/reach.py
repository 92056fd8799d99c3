"""Whom a manager may let in: people who act for organisations of the manager's clusters.

Which organisation is of which cluster is what lists say whose owner may say so
(:func:`graph.networks_of`), not what anybody writes about a membership.
"""

from dataclasses import dataclass

from pyoxigraph import NamedNode

from graph import Thing, fold, networks_of
from ontology import CR
from webapp.accounts import Account, Acting
from webapp.languages import lang
from webapp.services import services


@dataclass(frozen=True)
class Actor:
    """Somebody who acts for an organisation, or says so.

    Attributes:
        account: who.
        acting: for which organisation, and whether that is confirmed.
        organisation: its name.
    """

    account: Account
    acting: Acting
    organisation: str


def clusters_of(organisation: str) -> set[str]:
    """IRIs of the clusters and sections that an organisation is in, as lists say that may."""
    knowledge = services().knowledge
    found = set()
    for network in networks_of(knowledge, (organisation,)):
        kind, slash, slug = network.partition(":")[2].partition("/")
        if slash:
            found.add(knowledge.addresses.thing(kind, slug))
    return found


def is_of(organisation: str, cluster: str) -> bool:
    """Whether an organisation is in a cluster, or is that section itself."""
    return cluster == organisation or cluster in clusters_of(organisation)


def members_of(cluster: str) -> list[Thing]:
    """The organisations of a cluster that the viewer may read, by name."""
    view = services().view()
    found: dict[str, Thing] = {}
    for statement in view.statements(predicate=CR + "memberOf", obj=NamedNode(cluster)):
        thing = view.thing(statement.subject)
        if thing is not None and thing.kind == "organisation":
            found[thing.iri] = thing
    return sorted(found.values(), key=lambda thing: (fold(thing.label(lang())), thing.iri))


def actors_of(cluster: str) -> list[Actor]:
    """Who acts for organisations of a cluster, or says so."""
    members = {thing.iri: thing.label(lang()) for thing in members_of(cluster)}
    allowed: dict[str, bool] = {}
    found = []
    for account, acting in services().accounts.actors_of(list(members)):
        iri = acting.organisation
        if iri not in allowed:
            allowed[iri] = is_of(iri, cluster)
        if allowed[iri]:
            found.append(Actor(account, acting, members[iri]))
    return found


def managers_for(account: Account) -> list[Account]:
    """Who may let an account in that waits: managers of its clusters, else administrators."""
    accounts = services().accounts
    found: dict[str, Account] = {}
    for acting in accounts.acting(account.id):
        for cluster in clusters_of(acting.organisation):
            found |= {manager.id: manager for manager in accounts.managers_of(cluster)}
    if not found:
        found = {
            one.id: one for one in accounts.all() if one.administrator and one.status == "active"
        }
    return list(found.values())
