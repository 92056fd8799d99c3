"""What requests work with: the knowledge and all that is built over it, once an application.

Each service is made when it is first asked for. What follows the data (radar, search)
looks at the generation itself, so nothing here has to be told of a commit.
"""

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from flask import Flask, current_app, has_request_context

from graph import ANONYMOUS, Knowledge, View, Viewer
from webapp.secret import key_for, secret_of
from webapp.settings import Settings

if TYPE_CHECKING:
    from graph import Readers, Recogniser, SearchService
    from recommender import Radar
    from webapp.accounts import Accounts
    from webapp.freshness.kept import Kept
    from webapp.mailing import Mailer
    from webapp.radar.home import HomeCentres


@dataclass
class Services:
    """The knowledge of one application and the services over it."""

    settings: Settings
    knowledge: Knowledge
    folder: Path | None = None
    closing: ExitStack = field(default_factory=ExitStack)
    """What else ends with the application."""
    forgetting: list[Callable[[], None]] = field(default_factory=list)
    """Called when somebody is erased: what is remembered in memory may name them."""

    def viewer(self) -> Viewer:
        """Who asks in this request; a visitor where nobody is signed in, or nobody asks."""
        if not has_request_context():
            return ANONYMOUS
        from webapp.accounts.current import current_viewer  # noqa: PLC0415

        return current_viewer()

    def view(self) -> View:
        """What the viewer of this request may read: the door that every page goes through."""
        return self.knowledge.view(self.viewer())

    @cached_property
    def secret(self) -> bytes:
        """The secret of this installation; keys are derived of it (:func:`key_for`)."""
        return secret_of(self.knowledge.folder, self.settings.secret_key)

    @cached_property
    def accounts(self) -> "Accounts":
        """The accounts: beside the knowledge, or where the setting says."""
        from webapp.accounts import Accounts  # noqa: PLC0415

        return Accounts.open(
            self.settings.accounts_address(self.knowledge.folder),
            knowledge=self.knowledge,
            key=key_for("attempts", self.secret),
            stay=timedelta(days=self.settings.session_days),
            rest=timedelta(days=self.settings.session_rest_days),
        )

    @cached_property
    def mailer(self) -> "Mailer":
        """What sends mails."""
        from webapp.mailing import Mailer  # noqa: PLC0415

        return Mailer.of(self.settings.mail_url, self.settings.mail_from, self.knowledge.folder)

    @cached_property
    def radar(self) -> "Radar":
        """The recommender."""
        from recommender import Radar  # noqa: PLC0415

        return Radar(self.knowledge)

    @cached_property
    def home_centres(self) -> "HomeCentres":
        """Which thing the first radar is around."""
        from webapp.radar.home import HomeCentres  # noqa: PLC0415

        return HomeCentres()

    @cached_property
    def upkeep(self) -> "Kept":
        """How well kept the members of clusters are."""
        from webapp.freshness.kept import Kept  # noqa: PLC0415

        return Kept(self.knowledge)

    @cached_property
    def search(self) -> "SearchService":
        """The search index."""
        from graph import SearchService  # noqa: PLC0415

        return SearchService(self.knowledge)

    @cached_property
    def recogniser(self) -> "Recogniser":
        """What texts speak of."""
        from graph import Recogniser  # noqa: PLC0415

        return Recogniser(self.knowledge)

    @cached_property
    def readers(self) -> "Readers":
        """The processes that answer SPARQL queries."""
        from graph import QueryLimits, Readers  # noqa: PLC0415

        limits = QueryLimits(
            time_ms=self.settings.query_time_limit_ms,
            rows=self.settings.max_query_rows,
            size=self.settings.max_query_bytes,
            readers=self.settings.query_readers,
            memory_mb=self.settings.query_memory_mb,
        )
        return Readers(self.knowledge, limits)

    def close(self) -> None:
        """Stop what runs and give the data folder back."""
        if "readers" in self.__dict__:
            self.readers.close()
        if "accounts" in self.__dict__:
            self.accounts.dispose()
        self.closing.close()
        self.knowledge.close()


def services() -> Services:
    """The services of the current application."""
    found = current_app.extensions["services"]
    assert isinstance(found, Services)
    return found


def init_services(app: Flask, made: Services) -> None:
    """Attach the services to the application."""
    app.extensions["services"] = made
    app.extensions["settings"] = made.settings
