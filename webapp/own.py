"""``/own/…``: what the commands of this program ask the server that has their folder open.

A data folder is worked with by one process. While a server has it, the command line reads through
that server; what the public addresses do not offer is here, for whoever knows the key that the
server wrote into the folder when it started.
"""

import hmac
import secrets
import tempfile
from collections.abc import Callable
from dataclasses import asdict
from typing import IO, Any, Final

from flask import Blueprint, Flask, current_app, jsonify, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from graph import EXPORT_FORMATS, Batch, KnowledgeError, export
from webapp.errors import abort_with, bad_parameter
from webapp.languages import lang
from webapp.services import services

blueprint = Blueprint("own", __name__)

KEY_HEADER: Final = "Clusterradar-Key"
"""The header of a request that carries the key."""

_CHOICES: Final = {"": None, "yes": True, "no": False}
_CHUNK: Final = 1 << 16


def init_own(app: Flask) -> None:
    """Make the key of this server."""
    app.extensions["own_key"] = secrets.token_urlsafe(32)


def knows_key() -> bool:
    """Whether this request carries the key of this very server."""
    given = request.headers.get(KEY_HEADER, "")
    known: str = current_app.extensions["own_key"]
    return hmac.compare_digest(given.encode("utf-8", "replace"), known.encode())


@blueprint.before_request
def only_own() -> None:
    """Refuse whoever does not know the key."""
    if not knows_key():
        abort_with(
            403,
            _("This address is only for the commands on the machine of this server."),
            _("Use “clusterradar export” or “clusterradar batches” there."),
            code="own-only",
        )


@blueprint.get("/own/batches")
def batches() -> Response:
    """What was committed, newest first."""
    return jsonify([batch_as_json(batch) for batch in services().knowledge.batches()])


@blueprint.post("/own/undo")
def undo() -> Response:
    """Take a ``batch`` back, by its number."""
    given = request.form.get("batch", "")
    if not given.isdecimal() or len(given) > 12:
        bad_parameter("batch", given, ("1", "2", "…"))
    number = int(given)
    try:
        made = services().knowledge.undo(number)
    except KnowledgeError as error:
        abort_with(409, error.message[lang()], error.remedy[lang()], code="not-undone")
    known = services().knowledge.batches()
    gone = next(one.erased for one in known if one.number == number)
    return jsonify({**batch_as_json(made), "not_restored": gone})


@blueprint.get("/own/export/<name>")
def exported(name: str) -> Response:
    """All that anybody may read, in one format; ``inferred`` is ``yes``, ``no`` or left out."""
    if name not in EXPORT_FORMATS:
        bad_parameter("format", name, tuple(EXPORT_FORMATS))
    asked = request.args.get("inferred", "")
    if asked not in _CHOICES:
        bad_parameter("inferred", asked, ("yes", "no"))
    inferred = _CHOICES[asked]
    return _as_file(
        lambda file: export(services().view(), name, file, inferred=inferred, lang=lang())
    )


@blueprint.get("/own/backup")
def backup() -> Response:
    """Everything as one file."""
    from webapp.backup.archive import write_backup  # noqa: PLC0415

    return _as_file(lambda file: write_backup(services(), file))


@blueprint.post("/own/erase")
def erase() -> Response:
    """Erase the thing of a ``kind`` and ``slug``, and the account of a person."""
    from webapp.privacy.erasing import accounts_of, erase_person  # noqa: PLC0415

    kind, slug = request.form.get("kind", ""), request.form.get("slug", "")
    iri = services().knowledge.addresses.thing(kind, slug)
    erased = erase_person(services(), [iri], accounts_of(services(), iri))
    return jsonify(asdict(erased))


@blueprint.post("/own/freshness")
def fresh() -> Response:
    """How fresh profiles are; ``cluster`` is one of them, ``speak`` the language."""
    from webapp.freshness.report import report  # noqa: PLC0415

    speak = request.form.get("speak", "")
    return jsonify(report(request.form.get("cluster", ""), speak if speak == "de" else "en"))


@blueprint.post("/own/tidy")
def tidied() -> Response:
    """Throw away what was kept long enough."""
    from webapp.privacy.tidying import tidy  # noqa: PLC0415

    return jsonify(asdict(tidy(services())))


def _as_file(write: Callable[[IO[bytes]], None]) -> Response:
    # Written before it is sent, so that an error is an answer and not half a file.
    file: IO[bytes] = tempfile.TemporaryFile(prefix="clusterradar-")  # noqa: SIM115
    try:
        write(file)
        size = file.tell()
        file.seek(0)
    except BaseException:
        file.close()
        raise
    response = current_app.response_class(
        iter(lambda: file.read(_CHUNK), b""), mimetype="application/octet-stream"
    )
    response.content_length = size
    response.call_on_close(file.close)
    return response


def batch_as_json(batch: Batch) -> dict[str, Any]:
    """A batch for programs."""
    return {
        "batch": batch.number,
        "time": batch.time.isoformat(timespec="seconds"),
        "kind": batch.about.kind,
        "source": batch.about.source,
        "title": batch.about.title,
        "counts": dict(batch.about.counts),
        "added": batch.added,
        "removed": batch.removed,
        "undoes": batch.undoes,
        "undone_by": batch.undone_by,
        "erased": batch.erased,
        "kept": batch.kept,
    }
