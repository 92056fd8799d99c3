"""``clusterradar query``: ask the data folder, or an endpoint elsewhere, with SPARQL."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, TextIO

import click

from graph import QueryError, QueryLimits, Readers, sparql
from ontology import PREFIXES
from webapp.cli.beside import Server, refusal_of, server_of
from webapp.cli.common import (
    data_dir_option,
    open_knowledge,
    plain_errors,
    settings_of_existing,
    typed,
)
from webapp.cli.remote import RemoteError, ask
from webapp.cli.speech import spoken_language
from webapp.settings import Settings

_FORMATS: Final = (
    "table",
    *(one.name for one in (*sparql.ROW_FORMATS, *sparql.TRIPLE_FORMATS)),
)
_WIDEST: Final = 60
"""Characters of the widest column of a table."""

_TRY_AGAIN: Final = frozenset(("busy", "too-slow", "too-much-memory"))


@dataclass(frozen=True)
class Printed:
    """What is to be printed: a document, as a table or as it is; after how many rows it was cut."""

    body: bytes
    table: bool
    cut_after: int | None


@click.command()
@click.argument("file", type=click.File("r", encoding="utf-8"), required=False)
@click.option("--query", "text", help="The query itself, instead of a FILE.")
@click.option(
    "--format",
    "name",
    type=click.Choice(_FORMATS),
    help="Default: a table; for CONSTRUCT and DESCRIBE, Turtle.",
)
@click.option("--json", "as_json", is_flag=True, help="The same as --format json.")
@click.option("--endpoint", metavar="URL", help="Ask this SPARQL endpoint instead of the folder.")
@data_dir_option
def query(
    file: TextIO | None,
    text: str | None,
    name: str | None,
    as_json: bool,
    endpoint: str | None,
    data_dir: Path | None,
) -> None:
    """Ask with the SPARQL query in FILE (- is standard input).

    Nothing can be changed by it. A folder that a server has open is asked through that server.
    """
    if (file is None) == (text is None):
        raise click.UsageError("Name a FILE with the query, - for standard input, or --query TEXT.")
    question = typed(text) if text is not None else _read(file)
    name = "json" if as_json else name
    try:
        answer = _asked(question, name, endpoint, data_dir)
    except RemoteError as error:
        raise click.ClickException(str(error)) from error
    _print(answer)


def _asked(question: str, name: str | None, endpoint: str | None, data_dir: Path | None) -> Printed:
    if endpoint:
        return _of_endpoint(endpoint, question, name)
    settings = settings_of_existing(data_dir)
    if (server := server_of(settings.folder)) is not None:
        return _of_server(server, question, name)
    return _of_folder(settings, question, name)


def _read(file: TextIO | None) -> str:
    assert file is not None
    try:
        return file.read()
    except UnicodeDecodeError as error:
        raise click.UsageError("The query is not written in UTF-8. Save it as UTF-8.") from error


def _chosen(form: str, name: str | None) -> tuple[sparql.Format, bool]:
    """The format to ask for, and whether a table is made of it."""
    if name == "table" or (name is None and form in ("SELECT", "ASK")):
        # Tables are made of SPARQL's JSON, whatever the form of the query.
        return sparql.ROW_FORMATS[0], True
    return sparql.named(form, name or sparql.formats_of(form)[0].name), False


def _of_server(server: Server, question: str, name: str | None) -> Printed:
    """Ask the server that has the folder open."""
    with _refusals():
        chosen, table = _chosen(_form(question), name)
    form = {"query": question, "format": chosen.name}
    reply = server.post(f"/sparql?lang={spoken_language()}", form)
    if reply.status != 200:
        refused = click.UsageError if 400 <= reply.status < 500 else click.ClickException
        raise refused(refusal_of(reply))
    cut = "Clusterradar-Cut" in reply.headers
    return Printed(reply.body, table, int(reply.headers["Clusterradar-Rows"]) if cut else None)


def _of_folder(settings: Settings, question: str, name: str | None) -> Printed:
    limits = QueryLimits(
        time_ms=settings.query_time_limit_ms,
        rows=settings.max_query_rows,
        size=settings.max_query_bytes,
        readers=1,
        memory_mb=settings.query_memory_mb,
    )
    with plain_errors(), open_knowledge(settings) as knowledge, _refusals():
        # A wrong query or format is told without starting a process.
        form = sparql.check(question, knowledge.addresses.base).form
        chosen, table = _chosen(form, name)
        readers = Readers(knowledge, limits)
        try:
            answer = readers.answer(question, format=chosen)
        finally:
            readers.close()
        return Printed(answer.body, table, answer.rows if answer.cut else None)


@contextmanager
def _refusals() -> Iterator[None]:
    """A query that can never be answered is wrong usage; one that took too much may be tried."""
    try:
        yield
    except QueryError as error:
        message = error.text(spoken_language())
        if error.code in _TRY_AGAIN:
            raise click.ClickException(message) from error
        raise click.UsageError(message) from error


def _of_endpoint(endpoint: str, question: str, name: str | None) -> Printed:
    form = _form(question)
    with _refusals():
        chosen, table = _chosen(form, name)
    if table and form in ("CONSTRUCT", "DESCRIBE"):
        raise click.UsageError("An endpoint gives no table of triples. Choose another --format.")
    body = ask(endpoint, question, chosen.name)
    return Printed(body, table, None)


def _form(question: str) -> str:
    """The form of a query that another endpoint may understand though we would not."""
    return next(
        (
            token.text.upper()
            for token in sparql.tokens(question)
            if token.kind == "word" and token.text.upper() in sparql.FORMS
        ),
        "SELECT",
    )


def _print(answer: Printed) -> None:
    if answer.table:
        for line in _table(json.loads(answer.body)):
            click.echo(line)
    else:
        click.echo(answer.body, nl=not answer.body.endswith(b"\n"))
    if answer.cut_after is not None:
        click.echo(
            f"The answer was cut after {answer.cut_after} rows. "
            "Use LIMIT and OFFSET, or raise CLUSTERRADAR_MAX_QUERY_ROWS.",
            err=True,
        )


def _table(found: dict[str, Any]) -> Iterator[str]:
    if "boolean" in found:
        yield "true" if found["boolean"] else "false"
        return
    names = found["head"]["vars"]
    rows = [
        [_short(binding[name]) if name in binding else "" for name in names]
        for binding in found["results"]["bindings"]
    ]
    widths = [
        min(_WIDEST, max(len(cell) for cell in column)) for column in zip(names, *rows, strict=True)
    ]
    for row in (names, ["-" * width for width in widths], *rows):
        yield "  ".join(
            cell.ljust(width) for cell, width in zip(map(_fitted, row), widths, strict=True)
        ).rstrip()


def _fitted(cell: str) -> str:
    line = " ".join(cell.split())
    return line if len(line) <= _WIDEST else line[: _WIDEST - 1] + "…"


def _short(term: dict[str, Any]) -> str:
    value = term["value"]
    if term["type"] == "uri":
        for prefix, namespace in PREFIXES.items():
            if value.startswith(namespace):
                return f"{prefix}:{value.removeprefix(namespace)}"
        before, found, thing = value.partition("/id/")
        return thing if found and before.count("/") >= 2 else str(value)
    if term["type"] == "bnode":
        return f"_:{value}"
    return str(value) if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
