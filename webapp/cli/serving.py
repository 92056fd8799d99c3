"""``clusterradar serve`` and ``clusterradar demo``."""

import gc
import logging
import os
import signal
import socket
import threading
import time
from pathlib import Path
from typing import Any, Final

import click
from flask import Flask
from waitress.server import create_server

from graph import Knowledge, load_go_cluster, load_invented, unload_invented
from ontology import Bilingual
from webapp import Settings, create_app
from webapp.cli.beside import leave_note, remove_note
from webapp.cli.common import (
    DEMO_FOLDER,
    data_dir_option,
    open_knowledge,
    plain_errors,
    settings_for,
)
from webapp.cli.speech import spoken_language
from webapp.hosts import is_inside
from webapp.legal import legal_warnings
from webapp.privacy.tidying import tidy_each_day

_NO_ADDRESS: Final = Bilingual(
    "Warning: CLUSTERRADAR_PUBLIC_URL is not set, so no mails with links can be written "
    "(invitations, new passwords). Set it to the address that people use.",
    "Warnung: CLUSTERRADAR_PUBLIC_URL ist nicht gesetzt; es lassen sich also keine Mails mit Links "
    "schreiben (Einladungen, neue Passwörter). Setzen Sie es auf die Adresse, die alle benutzen.",
)


def server_options(command: Any) -> Any:
    """``--host`` and ``--port``."""
    command = click.option("--host", help="Address to listen on (default 127.0.0.1).")(command)
    return click.option(
        "--port", type=click.IntRange(0, 65535), help="Port to listen on; 0 picks a free one."
    )(command)


@click.command()
@data_dir_option
@server_options
def serve(data_dir: Path | None, host: str | None, port: int | None) -> None:
    """Serve the data folder."""
    settings = settings_for(data_dir, host=host, port=port)
    with plain_errors():
        listener = _listen(settings)
        with open_knowledge(settings) as knowledge:
            _run(settings, knowledge, listener)


@click.command()
@data_dir_option
@server_options
@click.option(
    "--invented/--no-invented",
    default=None,
    help="Add (or take away) a layer of invented, marked devices, members and listings.",
)
def demo(data_dir: Path | None, host: str | None, port: int | None, invented: bool | None) -> None:
    """Load the go-cluster data of 2016 into a folder of its own and serve it."""
    settings = settings_for(
        data_dir or Path(os.environ.get("CLUSTERRADAR_DATA_DIR") or DEMO_FOLDER),
        host=host,
        port=port,
        home_centre=os.environ.get("CLUSTERRADAR_HOME_CENTRE") or "cluster/optence",
    )
    with plain_errors():
        listener = _listen(settings)
        with open_knowledge(settings) as knowledge:
            load_go_cluster(knowledge, progress=_progress)
            if invented is True:
                load_invented(knowledge)
            elif invented is False:
                unload_invented(knowledge)
            _run(settings, knowledge, listener)


def _progress(step: str, done: int, whole: int) -> None:
    click.echo(f"  {done}/{whole} {step}")


def _listen(settings: Settings) -> socket.socket:
    """Take the port before the work begins, so that a busy one is said at once."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((settings.host, settings.port))
    except OSError as error:
        listener.close()
        raise click.ClickException(
            f"Cannot listen on {settings.host}:{settings.port} ({error.strerror}). Is another "
            "server running there? Choose another port with --port, or --port 0 for a free one."
        ) from error
    listener.listen(128)
    return listener


def _run(settings: Settings, knowledge: Knowledge, listener: socket.socket) -> None:
    host, port = listener.getsockname()[:2]
    address = f"http://{f'[{host}]' if ':' in host else host}:{port}/"
    for warning in _warnings(settings):
        click.echo(warning[spoken_language()], err=True)
    app = create_app(settings, knowledge=knowledge)
    # A queue of one is a page with its pictures, nothing that the operator could act upon.
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    server = server_of_app(app, listener, settings.threads)
    stop = _stop_signal()
    try:
        _warm(app)
        leave_note(settings.folder, address, app.extensions["own_key"])
        # Signals reach the main thread only; there they must not interrupt work on the store.
        threading.Thread(target=server.run, name="server", daemon=True).start()
        click.echo(f"clusterradar is ready: {address}  (Ctrl-C stops it)")
        made = app.extensions["services"]
        threading.Thread(target=tidy_each_day, args=(made, stop), name="tidy", daemon=True).start()
        stop.wait()
        click.echo("Stopped.")
    finally:
        remove_note(settings.folder)
        server.task_dispatcher.shutdown()
        server.close()
        app.extensions["services"].close()


def server_of_app(app: Flask, listener: socket.socket, threads: int) -> Any:
    """The server that answers at a socket."""
    return create_server(
        app,
        sockets=[listener],
        threads=threads,
        ident="clusterradar",
        # The application decides which proxies it trusts, and sees by these that there is one.
        clear_untrusted_proxy_headers=False,
    )


def _warnings(settings: Settings) -> list[Bilingual]:
    """What an operator should put right before others come."""
    unknown = not settings.public_url and not is_inside(settings.host)
    return ([_NO_ADDRESS] if unknown else []) + legal_warnings(settings)


def _stop_signal() -> threading.Event:
    """What Ctrl-C and SIGTERM set."""
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    return stop


def _warm(app: Any) -> None:
    """Ask for the first radar once, so that the first visitor does not wait for indexes."""
    started = time.perf_counter()
    app.test_client().get("/", follow_redirects=True)
    click.echo(f"  first radar drawn in {time.perf_counter() - started:.1f} s")
    # What is there now stays: looking through it for garbage again and again took a fifth of the
    # time of every answer.
    gc.freeze()
    # The first query would wait for a reader process and the first search for its index (five
    # seconds for 13,000 actors), but nobody need wait for them here.
    readers, search = app.extensions["services"].readers, app.extensions["services"].search

    def warm_others() -> None:
        readers.warm()
        search.search("a")

    threading.Thread(target=warm_others, name="warm", daemon=True).start()
