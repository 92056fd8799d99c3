"""The tables: every step arrives where the code is, and a newer database is refused."""

import shutil
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from importlib import import_module
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import create_engine, inspect, text

from graph import Knowledge, KnowledgeError
from tests.postgresql import PostgreSQL
from webapp import Settings, create_app
from webapp.accounts import Accounts, AccountsError, Base, migrating
from webapp.accounts.migrating import steps

ROOT = Path(__file__).resolve().parents[2]


def know_all_tables() -> None:
    for path in sorted((ROOT / "webapp").glob("*/tables.py")):
        import_module(f"webapp.{path.parent.name}.tables")


def test_the_steps_make_the_tables_that_the_code_knows(database_url: str) -> None:
    know_all_tables()
    accounts = Accounts.open(database_url)
    with accounts.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []
    accounts.dispose()


def test_the_steps_are_one_line() -> None:
    assert len(steps().get_heads()) == 1
    assert len(steps().get_bases()) == 1


@pytest.mark.parametrize("engine", ["sqlite", "postgresql"])
def test_processes_that_start_together_make_the_tables_once(
    engine: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    with ExitStack() as closing:
        url = f"sqlite:///{tmp_path / 'accounts.sqlite'}"
        if engine == "postgresql":
            server: PostgreSQL = request.getfixturevalue("postgresql")
            url = closing.enter_context(server.new_database())
        with ThreadPoolExecutor(4) as pool:
            opened = list(pool.map(lambda _number: Accounts.open(url), range(4)))
        opened[0].create("ada@x.example", "Ada")
        assert all(one.by_email("ada@x.example") for one in opened)
        for one in opened:
            one.dispose()


def test_opening_again_changes_nothing(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'accounts.sqlite'}"
    first = Accounts.open(url)
    ada = first.create("ada@x.example", "Ada")
    first.dispose()
    second = Accounts.open(url)
    found = second.by_id(ada.id)
    assert found is not None and found.name == "Ada"
    second.dispose()


def test_a_newer_database_is_refused_in_one_sentence(database_url: str) -> None:
    accounts = Accounts.open(database_url)
    try:
        with accounts.engine.begin() as connection:
            connection.execute(text("INSERT INTO alembic_version VALUES ('2999_flying')"))
        with pytest.raises(KnowledgeError, match=r"newer version of clusterradar .*2999_flying"):
            migrating.migrate(accounts.engine)
    finally:
        with accounts.engine.begin() as connection:
            connection.execute(
                text("DELETE FROM alembic_version WHERE version_num = '2999_flying'")
            )
    accounts.dispose()


def test_the_application_does_not_start_on_a_newer_database(tmp_path: Path) -> None:
    file = tmp_path / "accounts.sqlite"
    Accounts.open(f"sqlite:///{file}").dispose()
    with sqlite3.connect(file) as connection:
        connection.execute("INSERT INTO alembic_version VALUES ('2999_flying')")
    connection.close()
    knowledge = Knowledge.open()
    with pytest.raises(KnowledgeError, match="newer version"):
        create_app(Settings(accounts_url=f"sqlite:///{file}"), knowledge=knowledge)
    knowledge.close()


def test_a_step_that_fails_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = tmp_path / "migrations"
    shutil.copytree(migrating.FOLDER, copy, ignore=shutil.ignore_patterns("__pycache__"))
    (copy / "versions" / "v2999_broken.py").write_text(
        "import sqlalchemy as sa\n"
        "from alembic import op\n"
        "revision = '2999_broken'\n"
        f"down_revision = {steps().get_heads()[0]!r}\n"
        "def upgrade():\n"
        "    op.create_table('half', sa.Column('id', sa.Integer, primary_key=True))\n"
        "    op.execute('INSERT INTO nowhere VALUES (1)')\n"
    )
    monkeypatch.setattr(migrating, "FOLDER", copy)
    file = tmp_path / "accounts.sqlite"
    with pytest.raises(AccountsError, match="cannot be opened"):
        Accounts.open(f"sqlite:///{file}")
    engine = create_engine(f"sqlite:///{file}")
    assert inspect(engine).get_table_names() == []
    engine.dispose()


@pytest.mark.parametrize(
    "url", ["nothing", "mysql+nothing://x", "postgresql://nobody@127.0.0.1:1/none"]
)
def test_an_address_without_a_database_is_one_sentence(url: str) -> None:
    with pytest.raises(AccountsError, match="CLUSTERRADAR_ACCOUNTS_URL"):
        Accounts.open(url)


def test_passwords_of_databases_are_not_said() -> None:
    with pytest.raises(AccountsError) as refused:
        Accounts.open("postgresql://ada:sesame@127.0.0.1:1/none")
    assert "sesame" not in str(refused.value)


def test_a_file_that_is_no_database_is_one_sentence(tmp_path: Path) -> None:
    file = tmp_path / "accounts.sqlite"
    file.write_text("no database " * 100)
    with pytest.raises(AccountsError, match="cannot be opened"):
        Accounts.open(f"sqlite:///{file}")
    assert file.read_text().startswith("no database")


def test_what_is_deleted_is_no_longer_in_the_file(tmp_path: Path) -> None:
    file = tmp_path / "accounts.sqlite"
    accounts = Accounts.open(f"sqlite:///{file}")
    ada = accounts.create("ada.lovelace@x.example", "Ada Lovelace")
    assert b"ada.lovelace" in file.read_bytes()
    with accounts.session() as session:
        session.delete(session.merge(ada))
    accounts.dispose()
    assert not any(b"ovelace" in one.read_bytes() for one in tmp_path.iterdir())


def test_addresses_to_ask_at_stay_with_the_cluster_they_were_given_for(tmp_path: Path) -> None:
    engine = create_engine(f"sqlite:///{tmp_path / 'accounts.sqlite'}")
    migrating.migrate(engine, "20261124_visits")
    day = "2026-01-02 00:00:00.000000"
    with engine.begin() as connection:
        columns = [one["name"] for one in inspect(connection).get_columns("account")]
        said = {"id": "a", "email": "a@x.example", "name": "Ada", "language": "de"}
        said |= {"status": "active", "administrator": "0", "created": day}
        needed = {name: said[name] for name in columns if name in said}
        connection.execute(
            text(
                f"INSERT INTO account ({', '.join(needed)}) "
                f"VALUES ({', '.join(f':{name}' for name in needed)})"
            ),
            needed,
        )
        managing = f"INSERT INTO managing (account_id, cluster, since) VALUES ('a', 'one', '{day}')"
        connection.execute(text(managing))
        for name, giver in (("managed", "'a'"), ("mailed", "NULL"), ("nobody", "NULL")):
            row = f"('{name}', '{name}@x.example', 'de', {giver}, '{day}')"
            connection.execute(text(f"INSERT INTO profile_contact VALUES {row}"))
        connection.execute(
            text(
                "INSERT INTO profile_mail (id, organisation, cluster, email, sent) "
                f"VALUES ('m', 'mailed', 'two', 'mailed@x.example', '{day}')"
            )
        )
    migrating.migrate(engine)
    with engine.connect() as connection:
        kept = connection.execute(
            text("SELECT cluster, organisation, email FROM profile_contact ORDER BY cluster")
        ).all()
    engine.dispose()
    assert [tuple(row) for row in kept] == [
        ("one", "managed", "managed@x.example"),
        ("two", "mailed", "mailed@x.example"),
    ]
