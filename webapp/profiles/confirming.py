"""``/confirm``: the link of a mail opens a profile, to say that it is true or to correct it.

No account is needed. Opening the link changes nothing: mail programs look at links too.
"""

from datetime import timedelta
from typing import Any, NoReturn

from flask import Blueprint, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from graph import Viewer, networks_of
from webapp.addresses import url_to
from webapp.errors import abort_with, nothing_here
from webapp.links import read
from webapp.pages import page_of
from webapp.profiles import records
from webapp.profiles.audiences import BY_MAIL
from webapp.profiles.editing import form_page, stored, undone
from webapp.profiles.mails import CONFIRM, STOP, STOP_GOOD_FOR
from webapp.profiles.profile import Editor, Profile
from webapp.profiles.sayings import with_sayings
from webapp.profiles.tables import ProfileMail
from webapp.security import require_own_form
from webapp.services import services

blueprint = Blueprint("confirming", __name__)


@blueprint.before_request
def _own_forms_only() -> None:
    if request.method != "GET":
        require_own_form()


@blueprint.get("/confirm/<token>")
def ask(token: str) -> str:
    """What the profile says, and whether that is still true."""
    profile = _profile(token)
    return _page(profile, token)


@blueprint.post("/confirm/<token>")
def confirm(token: str) -> str:
    """All of it is still true."""
    profile = _profile(token)
    _confirmed(profile)
    return _page(profile, token, done=True)


@blueprint.get("/confirm/<token>/correct")
def correct(token: str) -> str:
    """The form of the profile."""
    profile = _profile(token)
    return form_page(profile, with_sayings(profile), here=_here(token), **_further(token))


@blueprint.post("/confirm/<token>/correct")
def corrected(token: str) -> Response | tuple[str, int]:
    """Save what was corrected."""
    profile = _profile(token)
    answer = stored(profile, _here(token), **_further(token))
    if isinstance(answer, Response) and profile.editor.mail_id:
        records.answered(profile.editor.mail_id)
    return answer


@blueprint.post("/confirm/<token>/undo/<batch>")
def undo(token: str, batch: str) -> Response:
    """Take back what was saved through this very link."""
    profile = _profile(token)
    noted = records.saving(batch)
    if noted is None or noted.mail_id != profile.editor.mail_id:
        nothing_here()
    back = url_to("confirming.correct", token=token, undone=1)
    return undone(batch, noted.thing, profile.editor.viewer, back)


@blueprint.get("/confirm/stop/<token>")
def stop(token: str) -> str:
    """Whether an address really wants no such mails any more."""
    return render_template("profiles/stop.html", email=_address(token), token=token, done=False)


@blueprint.post("/confirm/stop/<token>")
def stopped(token: str) -> str:
    """The address wants no such mails any more, or wants them again."""
    email = _address(token)
    again = bool(request.form.get("again"))
    if again:
        records.allow_mails(email)
    else:
        records.stop_mails(email)
    return render_template("profiles/stop.html", email=email, token=token, done=True, again=again)


def _page(profile: Profile, token: str, *, done: bool = False) -> str:
    return render_template(
        "profiles/confirm.html",
        thing=profile.thing,
        page=page_of(profile.view, profile.thing),
        token=token,
        done=done,
        confirmation=records.confirmation(profile.thing.iri),
    )


def _confirmed(profile: Profile) -> None:
    editor = profile.editor
    records.confirm(profile.thing.iri, "link", editor.account_id)
    if editor.mail_id:
        records.answered(editor.mail_id)


def _profile(token: str) -> Profile:
    """The profile that a link opens, for whoever has it."""
    good_for = timedelta(days=services().settings.confirmation_link_days)
    mail_id = read(CONFIRM, token, good_for)
    mail = records.mail_of(str(mail_id)) if mail_id else None
    editor = _editor(mail) if mail else None
    view = services().knowledge.view(editor.viewer) if editor else None
    iri = mail.organisation if mail else ""
    thing = (view.thing(iri) or view.redirect(iri)) if view and mail else None
    if editor is None or thing is None:
        _too_old(_("Ask your cluster for a new one, or sign in and edit the profile."))
    return Profile(thing, editor)


def _editor(mail: ProfileMail) -> Editor:
    """What a link opens is one profile, and no more of it than its reader may know anyway.

    An account reads as it does when it acts for this organisation; a contact without an account
    reads as the cluster that asked.
    """
    knowledge = services().knowledge
    if mail.account_id is None:
        kind, slug = knowledge.addresses.parse(mail.cluster) or ("", "")
        viewer = Viewer(f"{BY_MAIL}{mail.id}", frozenset({f"network:{kind}/{slug}"}))
        return Editor(viewer, "link", None, mail.id)
    accounts = services().accounts
    own = accounts.viewer_of(accounts.by_id(mail.account_id))
    slug = (knowledge.addresses.parse(mail.organisation) or ("", ""))[1]
    of_it = networks_of(knowledge, (mail.organisation,)) | {f"organisation:{slug}"}
    viewer = Viewer(mail.account_id, own.memberships & of_it)
    return Editor(viewer, "link", mail.account_id, mail.id)


def _address(token: str) -> str:
    mail_id = read(STOP, token, STOP_GOOD_FOR)
    email = records.went_to(str(mail_id)) if mail_id else None
    if email is None:
        _too_old(_("Answer to the mail instead."))
    return email


def _too_old(remedy: str) -> NoReturn:
    abort_with(410, _("This link is not good (any more)."), remedy, code="old-link")


def _here(token: str) -> dict[str, Any]:
    return {"endpoint": "confirming.correct", "token": token}


def _further(token: str) -> dict[str, Any]:
    saved = request.args.get("saved", "")
    undo_at = url_to("confirming.undo", token=token, batch=saved) if saved else ""
    return {"link": url_to("confirming.ask", token=token), "undo_at": undo_at}
