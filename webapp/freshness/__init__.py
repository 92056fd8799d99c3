"""``/freshness``: for those who manage a cluster, what its members' profiles lack."""

import csv
import io

from flask import Blueprint, current_app, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from webapp.freshness.showing import confirmed_words, freshness_page
from webapp.freshness.states import State, states_of
from webapp.freshness.wanted import Wanted
from webapp.languages import lang
from webapp.services import services
from webapp.signing.reach import managed_cluster, only_managers

blueprint = Blueprint("freshness", __name__)


@blueprint.before_request
def _for_managers() -> None:
    only_managers()


@blueprint.get("/freshness")
def start() -> str:
    """The members of a cluster with what is to be done about each."""
    sent = request.args.get("sent", "")
    return freshness_page(
        managed_cluster(),
        Wanted.sent(request.args),
        sent=int(sent) if sent.isascii() and sent.isdecimal() and len(sent) < 7 else None,
    )


@blueprint.get("/freshness.csv")
def table() -> Response:
    """What the page shows, all pages of it, as a table."""
    cluster = managed_cluster()
    wanted = Wanted.sent(request.args)
    doubtful = wanted.show == "doubtful"
    states = wanted.of(states_of(cluster, services().viewer(), lang(), doubles=doubtful))
    text = io.StringIO()
    # Office software takes it for UTF-8 only with a mark at its beginning.
    text.write("\ufeff")
    writer = csv.writer(text)
    writer.writerow(
        (
            _("Name"),
            _("Address"),
            _("Last confirmed"),
            _("by"),
            _("Lists"),
            _("Last seen"),
            _("Complete (percent)"),
            _("Missing"),
            _("Open words"),
            _("Stale"),
            _("Incomplete"),
            _("Unlinked"),
            _("May be the same as"),
            _("Asked on"),
        )
    )
    writer.writerows(_row(state) for state in states)
    response = current_app.response_class(text.getvalue(), mimetype="text/csv")
    response.headers["Content-Disposition"] = f"attachment; filename=freshness-{cluster.slug}.csv"
    return response


def _row(state: State) -> tuple[str, ...]:
    confirmation, asked = state.confirmation, state.askable.asked
    cells = (
        state.thing.label(lang()),
        state.thing.iri,
        confirmation.time.date().isoformat() if confirmation else "",
        confirmed_words(confirmation) if confirmation else "",
        "; ".join(f"{one.label} ({one.text})" if one.text else one.label for one in state.lists),
        state.seen.isoformat() if state.seen else "",
        str(state.percent),
        ", ".join(field.label[lang()] for field in state.missing),
        ", ".join(word.text for word in state.words),
        *(_("yes") if name in state.problems else "" for name in ("stale", "incomplete")),
        _("yes") if "unlinked" in state.problems else "",
        "; ".join(f"{one.label(lang())} <{one.iri}>" for one in state.doubles),
        asked.date().isoformat() if asked else "",
    )
    return tuple(map(_harmless, cells))


def _harmless(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell[:1] in ("=", "+", "-", "@", "\t", "\r") else cell
