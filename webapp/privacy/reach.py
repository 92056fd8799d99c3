"""Whose data somebody may look at as a whole, and erase."""

from pyoxigraph import NamedNode

from graph import Thing, Viewer, networks_of
from ontology import CR
from webapp.accounts import Account
from webapp.accounts.current import manages
from webapp.services import services


def may_erase(account: Account, person: Thing) -> bool:
    """Whether an account may look at and erase a person.

    It may where it is that person, or an administrator's, or where it manages a cluster and all
    organisations that the person works for, as far as it can see, are of its clusters.
    """
    if account.administrator or account.person == person.iri:
        return True
    managed = set(manages())
    works_for = {
        statement.object.value
        for statement in services().view().statements(person.iri, CR + "worksFor", inferred=False)
        if isinstance(statement.object, NamedNode)
    }
    return bool(managed and works_for) and all(_is_of(one, managed) for one in works_for)


def viewer_for(account: Account) -> Viewer | None:
    """With whose eyes an account is told about a person; None: with all, as administrators are.

    An administrator answers for everything that is kept, also where its owners share it with a
    closed circle only, and weighs what of it may be handed on.
    """
    return None if account.administrator else services().viewer()


def _is_of(organisation: str, managed: set[str]) -> bool:
    if organisation in managed:
        return True
    knowledge = services().knowledge
    places = map(knowledge.addresses.parse, managed)
    networks = {f"network:{place[0]}/{place[1]}" for place in places if place}
    return bool(networks & networks_of(knowledge, (organisation,)))
