"""Whom a manager may let in: people who act for organisations of the manager's clusters.

Which organisation is of which cluster is what lists say whose owner may say so
(:func:`graph.networks_of`), not what anybody writes about a membership.
"""

from dataclasses import dataclass

from flask import request
from flask_babel import gettext as _
from pyoxigraph import NamedNode

from graph import Thing, fold, networks_of
from ontology import CR
from webapp.accounts import Account, Acting
from webapp.accounts.current import asks_with_token, manages, require_account
from webapp.errors import abort_with
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


def only_managers() -> None:
    """Refuse whoever neither manages a cluster nor is an administrator, and programs."""
    if not require_account().administrator and not manages():
        abort_with(
            403,
            _("This page is for those who manage a cluster."),
            _("Ask an administrator to make you one of them."),
            code="not-allowed",
        )
    if asks_with_token():
        abort_with(403, _("This is done in the browser only."), _("Sign in there."), code="scope")


def managed_cluster() -> Thing:
    """The cluster that this request is about, among those that the account manages."""
    asked = request.values.get("cluster", "")
    found = next((one for one in managed_clusters() if asked in ("", place_of(one))), None)
    if found is None:
        abort_with(
            404,
            _("There is no such cluster among those that you manage."),
            _("Choose one of yours."),
            code="not-found",
        )
    return found


def managed_clusters() -> list[Thing]:
    """The clusters and sections that the account manages; for an administrator then all others."""
    view = services().view()
    own = [thing for iri in manages() if (thing := view.thing(iri)) is not None]
    if not require_account().administrator:
        return own
    others = (thing for thing in view.things("cluster") if thing not in own)
    return own + sorted(others, key=lambda thing: (fold(thing.label(lang())), thing.iri))


def place_of(thing: Thing) -> str:
    """What a thing is called in parameters: ``cluster/optence``."""
    return f"{thing.kind}/{thing.slug}"


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
