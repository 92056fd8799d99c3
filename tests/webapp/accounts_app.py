"""An application with accounts: an administrator, a manager, members; and browsers that sign in."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from graph import Knowledge
from ontology import CR, RDFS
from tests.graph.small_knowledge import tell
from webapp import Settings, create_app
from webapp.accounts import Account, Accounts

PASSWORD = "correct horse battery"


@dataclass
class Town:
    """The application, its accounts, and short names for what lies in it."""

    app: Flask
    knowledge: Knowledge
    optence: str
    other: str
    alpha: str
    beta: str
    people: dict[str, Account] = field(default_factory=dict)

    @property
    def accounts(self) -> Accounts:
        """The accounts of the application."""
        found: Accounts = self.app.extensions["services"].accounts
        return found

    @property
    def sent(self) -> list[EmailMessage]:
        """All mails so far."""
        found: list[EmailMessage] = self.app.extensions["services"].mailer.post.sent
        return found

    def browser(self, who: str = "") -> "Browser":
        """A browser, perhaps signed in."""
        made = Browser(self.app.test_client())
        if who:
            assert made.sign_in(f"{who}@optence.example").status_code == 303
        return made

    def link(self, to: str) -> str:
        """The path of the first link in the last mail to an address."""
        mail = next(one for one in reversed(self.sent) if one["To"] == to)
        found = re.search(r"http://localhost(/\S+)", mail.get_content())
        assert found
        return found[1]


@dataclass
class Browser:
    """A browser that sends forms as people do: from a page, with its hidden fields."""

    client: FlaskClient
    token: str = ""

    def get(self, path: str, **options: Any) -> TestResponse:
        """Look at a page in English, and keep the token of its forms."""
        headers = {"Accept": "text/html", "Accept-Language": "en", **options.pop("headers", {})}
        answer = self.client.get(path, headers=headers, **options)
        found = re.search(r'name="form_token" value="([^"]+)"', answer.text)
        self.token = found[1] if found else self.token
        return answer

    def post(self, path: str, **fields: str) -> TestResponse:
        """Send a form."""
        if not self.token:
            self.get("/sign-in")
        return self.client.post(
            path,
            data={"form_token": self.token, **fields},
            headers={"Accept": "text/html", "Accept-Language": "en"},
        )

    def sign_in(self, email: str, password: str = PASSWORD, **fields: str) -> TestResponse:
        """Sign in with the form."""
        self.get("/sign-in")
        return self.post("/sign-in", email=email, password=password, **fields)


@contextmanager
def town(**chosen: Any) -> Iterator[Town]:
    """Two clusters, two members, and somebody of every role."""
    knowledge = Knowledge.open()
    thing = knowledge.addresses.thing
    tell(
        knowledge,
        {
            "cluster/optence": {RDFS + "label": "Optence"},
            "cluster/other": {RDFS + "label": "Other cluster"},
            "organisation/alpha": {
                RDFS + "label": "Alpha GmbH",
                CR + "memberOf": "id/cluster/optence",
            },
            "organisation/beta": {RDFS + "label": "Beta AG", CR + "memberOf": "id/cluster/other"},
        },
    )
    settings = Settings(**{"attempts_per_minute": 50, "mails_per_hour": 50, **chosen})
    made = Town(
        create_app(settings, knowledge=knowledge),
        knowledge,
        thing("cluster", "optence"),
        thing("cluster", "other"),
        thing("organisation", "alpha"),
        thing("organisation", "beta"),
    )
    made.app.testing = True
    accounts = made.accounts
    for name in ("admin", "manager", "member", "stranger"):
        made.people[name] = accounts.create(
            f"{name}@optence.example", name.title(), PASSWORD, administrator=name == "admin"
        )
    accounts.manage(made.people["manager"].id, made.optence)
    accounts.confirm_acting(made.people["member"].id, made.alpha, how="manager")
    accounts.confirm_acting(made.people["stranger"].id, made.beta, how="manager")
    yield made
    made.app.extensions["services"].close()
