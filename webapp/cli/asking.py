"""Asking the HTTP API about a data folder, whether or not a server has it open.

A folder that is served is asked through its server; any other is opened, and the same application
answers within this process. So a command prints the same either way.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from webapp import create_app
from webapp.cli.beside import Reply, refusal_of, server_of
from webapp.cli.common import open_knowledge, plain_errors, settings_of_existing, typed


def ask_api(
    data_dir: Path | None, path: str, parameters: Mapping[str, str], *, missing: str = ""
) -> dict[str, Any]:
    """The JSON object that the API answers.

    Args:
        data_dir: the folder that the command line named.
        path: an address below ``/api``.
        parameters: its parameters; ``lang`` among them.
        missing: what to say where the thing that was asked for is not there.

    Raises:
        UsageError: the API refuses the question.
        ClickException: it cannot answer now.
    """
    reply = _reply(data_dir, path, {name: typed(value) for name, value in parameters.items()})
    if reply.status == 404 and missing:
        raise click.UsageError(missing)
    if 400 <= reply.status < 500:
        raise click.UsageError(refusal_of(reply))
    if reply.status != 200:
        raise click.ClickException(refusal_of(reply))
    found: dict[str, Any] = json.loads(reply.body)
    return found


def _reply(data_dir: Path | None, path: str, parameters: Mapping[str, str]) -> Reply:
    settings = settings_of_existing(data_dir)
    if (server := server_of(settings.folder)) is not None:
        return server.get(path, parameters)
    with plain_errors(), open_knowledge(settings) as knowledge:
        app = create_app(settings, knowledge=knowledge)
        answer = app.test_client().get(path, query_string=dict(parameters))
        return Reply(answer.status_code, dict(answer.headers), answer.data)
