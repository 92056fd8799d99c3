"""A town with accounts, served at an address of its own, and how its people use it."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email import message_from_bytes, policy
from pathlib import Path

from playwright.sync_api import Page
from pyoxigraph import Literal, NamedNode
from werkzeug.serving import WSGIRequestHandler, make_server

from ontology import CR, DCT, FOAF, RDFS, SKOS
from tests.graph.small_knowledge import tell
from tests.webapp.accounts_app import PASSWORD, Town, town


class _Quiet(WSGIRequestHandler):
    def log_request(self, *_given: object) -> None:
        """Say nothing."""


@dataclass
class ServedTown:
    """The application of a town at an address, and the folder that its mails go to."""

    place: Town
    address: str
    mails: Path

    def go(self, page: Page, path: str, language: str = "en") -> None:
        """Open a page by its path."""
        page.goto(f"{self.address}{path}{'&' if '?' in path else '?'}lang={language}")

    def sign_in(self, page: Page, who: str, password: str = PASSWORD) -> None:
        """Sign in with the form; by the name of one of the town's people or an address."""
        self.go(page, "/sign-in")
        main = page.locator("main")
        main.get_by_label("E-mail address").fill(who if "@" in who else f"{who}@optence.example")
        main.get_by_label("Password").fill(password)
        main.get_by_role("button", name="Sign in").click()
        page.wait_for_url(lambda url: "/sign-in" not in url)

    def mailed(self, to: str) -> list[str]:
        """The addresses in the newest mail to somebody, as a reader of mails finds them."""
        found = [message_from_bytes(one.read_bytes(), policy=policy.default) for one in self._eml()]
        mail = next(one for one in reversed(found) if one["To"] == to)
        words = mail.get_content().split()
        return [word for word in words if word.startswith(self.address)]

    def _eml(self) -> list[Path]:
        return sorted(self.mails.glob("*.eml"), key=lambda one: one.stat().st_mtime_ns)


@contextmanager
def served_town(folder: Path) -> Iterator[ServedTown]:
    """Two clusters, a section of one of them, members and a person, served by a thread."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        address = f"http://127.0.0.1:{listening.getsockname()[1]}"
        with town(public_url=address, mail_url=f"folder:{folder}") as place:
            _furnish(place)
            server = make_server(
                "127.0.0.1",
                0,
                place.app,
                threaded=True,
                request_handler=_Quiet,
                fd=listening.fileno(),
            )
            thread = threading.Thread(target=server.serve_forever, daemon=True)
            thread.start()
            yield ServedTown(place, address, folder)
            server.shutdown()
            thread.join()
            server.server_close()


def _furnish(place: Town) -> None:
    tell(
        place.knowledge,
        {
            "organisation/laser": {
                RDFS + "label": Literal("Laser section", language="en"),
                CR + "unitOf": "id/cluster/other",
            },
            "organisation/beta": {CR + "memberOf": "id/organisation/laser"},
            "organisation/alpha": {
                FOAF + "homepage": NamedNode("https://alpha.example"),
                CR + "hasCompetence": "id/topic/metrology",
            },
            "person/mara": {
                RDFS + "label": "Mara Lindqvist",
                CR + "worksFor": "id/organisation/alpha",
            },
            "topic/metrology": {SKOS + "prefLabel": Literal("Metrology", language="en")},
            "topic/optics": {SKOS + "prefLabel": Literal("Optics", language="en")},
            "project/lens": {
                RDFS + "label": "Lens",
                CR + "about": ["id/topic/optics", "id/topic/metrology"],
                CR + "hasParticipant": ["id/organisation/alpha", "id/organisation/beta"],
            },
        },
        source="web",
    )
    for thing, network, text in (
        ("organisation/alpha", "cluster/optence", "We seek a laser"),
        ("project/lens", "organisation/laser", "Only for the section"),
    ):
        said = {thing: {DCT + "description": Literal(text, language="en")}}
        source = f"for-{network.partition('/')[2]}"
        tell(place.knowledge, said, source=source, audience=f"network:{network}")
