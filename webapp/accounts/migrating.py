"""The tables as this version of the program wants them: made, brought up to date, or refused.

Every change of a table is one file in ``migrations/versions``. They run at the start, in one
transaction; of several processes that start together one does the work and the others wait.
"""

from pathlib import Path
from typing import Any, Final

from alembic.config import Config
from alembic.runtime.environment import EnvironmentContext
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, text

from graph import KnowledgeError
from ontology import Bilingual

FOLDER: Final = Path(__file__).with_name("migrations")

_LOCK: Final = 0x636C7573
"""The advisory lock that migrations of this program take on PostgreSQL."""


def steps() -> ScriptDirectory:
    """All steps that this version knows."""
    return ScriptDirectory(str(FOLDER))


def migrate(engine: Engine, to: str = "heads") -> None:
    """Take every step that a database has not seen yet.

    Args:
        engine: of the database.
        to: the last step; all, if not given.

    Raises:
        KnowledgeError: it has seen steps that this version does not know.
    """
    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": _LOCK})
        known = steps()
        seen = set(MigrationContext.configure(connection).get_current_heads())
        if newer := seen - {step.revision for step in known.walk_revisions()}:
            raise _too_new(sorted(newer))
        if seen != set(known.get_heads()):
            _take(connection, known, to)


def _take(connection: Connection, known: ScriptDirectory, to: str) -> None:
    def upgrade(revision: Any, _context: MigrationContext) -> Any:
        return known._upgrade_revs(to, revision)

    # Alembic's own documentation runs steps from a program in this way.
    with EnvironmentContext(Config(), known, fn=upgrade) as environment:
        environment.configure(connection=connection)
        environment.run_migrations()


def _too_new(steps_seen: list[str]) -> KnowledgeError:
    names = ", ".join(steps_seen)
    return KnowledgeError(
        Bilingual(
            f"A newer version of clusterradar has worked with these accounts ({names}).",
            f"Mit diesen Konten hat eine neuere Fassung von clusterradar gearbeitet ({names}).",
        ),
        Bilingual(
            "Start that version again, or restore a backup made with this one.",
            "Starten Sie wieder jene Fassung, oder spielen Sie eine Sicherung dieser Fassung ein.",
        ),
    )
