"""Who may import in the browser, and for whom.

As long as there are no accounts, whoever sits at the machine of the server works as the operator,
as on the command line (setting ``import_in_browser``); from then on an administrator does, from
anywhere. A manager imports the lists of the own clusters, and is told of their batches alone.
"""

from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import urlsplit

from flask import Blueprint, g, request
from flask_babel import gettext as _

from graph import ANONYMOUS, PLATFORM, PUBLIC, Batch, Source, Viewer, owner_of
from webapp.accounts.current import current_account, manages, require_account
from webapp.errors import abort_with
from webapp.security import require_own_form
from webapp.services import services


@dataclass(frozen=True)
class Importer:
    """Who imports.

    Attributes:
        account: its id; empty for the operator at the machine.
        owners: whose lists it may import: ``<kind>/<slug>``; empty text: the operator's.
        viewer: as whom it reads; for batches of the operator None: all is told.
    """

    account: str
    owners: tuple[str, ...]
    viewer: Viewer

    @property
    def operates(self) -> bool:
        """Whether it is told everything, as whoever runs the platform is."""
        return "" in self.owners

    def audiences(self) -> tuple[str, ...]:
        """Who may be let read a list, widest first."""
        return (PUBLIC, PLATFORM, *(f"network:{owner}" for owner in self.owners if owner))

    def sources(self) -> list[Source]:
        """The lists that it may import anew."""
        known = services().knowledge.sources(None if self.operates else self.viewer)
        return [one for one in known if owner_of(one.name, one.owner) in self.owners]

    def batches(self) -> list[Batch]:
        """What was committed of its lists, newest first."""
        batches = services().knowledge.batches(None if self.operates else self.viewer)
        if self.operates:
            return batches
        return [one for one in batches if one.about.source and self._owns(one.about.source)]

    def _owns(self, source: str) -> bool:
        return owner_of(source) in self.owners

    def batch(self, name: str) -> Batch | None:
        """A batch by what :meth:`name` calls it."""
        return next((one for one in self.batches() if self.name(one) == name), None)

    def name(self, batch: Batch) -> str:
        """What a batch is called in addresses."""
        return str(batch.number) if self.operates else batch.id

    def undo(self, batch: Batch) -> Batch:
        """Take a batch back.

        Raises:
            KnowledgeError: it cannot be taken back.
        """
        knowledge = services().knowledge
        if self.operates:
            return knowledge.undo(batch.number)
        return knowledge.undo(batch.id, viewer=self.viewer)


def operator_for(owner: str, audience: str) -> Viewer:
    """Who the operator is while it imports a list of somebody else, or for few readers.

    >>> operator_for("", "")
    Viewer(account=None, memberships=frozenset())
    """
    if not owner and audience in ("", PUBLIC):
        return ANONYMOUS
    own = {f"network:{owner}"} if owner else set()
    return Viewer("operator", frozenset(own | ({audience} - {"", PUBLIC, PLATFORM})))


def only_importers(blueprint: Blueprint) -> None:
    """Let only those who import use the pages of a concern, and change things from there only."""

    @blueprint.before_request
    def _only_importers() -> None:
        importer()
        if request.method != "GET":
            require_own_form()


def importer() -> Importer:
    """Who imports in this request; everybody else is told what to do instead."""
    if "importer" not in g:
        g.importer = _importer()
    found: Importer = g.importer
    return found


def _importer() -> Importer:
    account = current_account()
    if services().settings.import_in_browser == "off":
        abort_with(
            403,
            _("Importing in the browser is switched off."),
            _("Use “clusterradar import” on the command line, or ask whoever runs this server."),
            code="import-closed",
        )
    if account is None and (not _is_local() or services().accounts.are_there()):
        require_account()
    viewer = services().viewer()
    if account is None:
        return Importer("", ("",), viewer)
    parse = services().knowledge.addresses.parse
    owned = tuple("/".join(found) for iri in manages() if (found := parse(iri)))
    if account.administrator:
        return Importer(account.id, ("", *owned), viewer)
    if not owned:
        abort_with(
            403,
            _("Lists are imported by those who manage a cluster."),
            _("Ask the manager of your cluster, or edit the profile of your organisation."),
            code="import-closed",
        )
    return Importer(account.id, owned, viewer)


def _is_local() -> bool:
    """Whether the request comes from this machine, and not through a proxy on it."""
    if any(name in request.headers for name in ("Forwarded", "X-Forwarded-For", "X-Real-Ip")):
        return False
    # A foreign name that points here (DNS rebinding) is not this machine.
    host = urlsplit(f"//{request.host}").hostname or ""
    return _is_loopback(request.remote_addr or "") and (host == "localhost" or _is_loopback(host))


def _is_loopback(address: str) -> bool:
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return False
