"""What requests work with: the knowledge and all that is built over it, once an application.

Each service is made when it is first asked for. What follows the data (radar, search)
looks at the generation itself, so nothing here has to be told of a commit.
"""

from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from flask import Flask, current_app

from graph import ANONYMOUS, Knowledge, View, Viewer
from webapp.settings import Settings

if TYPE_CHECKING:
    from graph import Readers, SearchService
    from recommender import Radar
    from webapp.radar.home import HomeCentres


@dataclass
class Services:
    """The knowledge of one application and the services over it."""

    settings: Settings
    knowledge: Knowledge
    folder: Path | None = None
    closing: ExitStack = field(default_factory=ExitStack)
    """What else ends with the application."""

    def viewer(self) -> Viewer:
        """Who asks; everybody is a visitor until there are accounts."""
        return ANONYMOUS

    def view(self) -> View:
        """What the viewer of this request may read: the door that every page goes through."""
        return self.knowledge.view(self.viewer())

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
    def search(self) -> "SearchService":
        """The search index."""
        from graph import SearchService  # noqa: PLC0415

        return SearchService(self.knowledge)

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
