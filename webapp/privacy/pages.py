"""``/account/data`` and ``/persons/…``: what is kept about me, or about a person, and its end."""

import json

from flask import Blueprint, Flask, current_app, redirect, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from graph import Thing
from webapp.accounts import Account
from webapp.accounts.current import asks_with_token, current_account, require_account, sign_out
from webapp.accounts.passwords import fits
from webapp.addresses import url_home
from webapp.errors import abort_with, nothing_here
from webapp.languages import lang
from webapp.limits import count_failure, refuse_after_failures
from webapp.privacy.document import Told
from webapp.privacy.erasing import accounts_of, erase_person, finish
from webapp.privacy.reach import may_erase, viewer_for
from webapp.privacy.sayings import sayings_of
from webapp.security import require_own_form
from webapp.services import services
from webapp.signing.filled import Filled
from webapp.signing.going_on import go

blueprint = Blueprint("privacy", __name__)


@blueprint.record_once
def _finish(state: object) -> None:
    """An erasure that a crash interrupted is finished before anybody is answered."""
    app = getattr(state, "app")  # noqa: B009 - Flask's own class is not typed
    assert isinstance(app, Flask)
    finish(app.extensions["services"])


@blueprint.before_request
def _only_in_the_browser() -> None:
    require_account()
    if asks_with_token():
        abort_with(403, _("This is done in the browser only."), _("Sign in there."), code="scope")
    if request.method != "GET":
        require_own_form()


@blueprint.get("/account/data")
def mine() -> str:
    """What is kept about me."""
    account = require_account()
    told = _told_to(account)
    return render_template(
        "privacy/mine.html",
        account=account,
        person=_thing(account.person or ""),
        counts=[len(rows) for rows in told.rows.values()],
        settings=services().settings,
        **_in_words(told),
    )


@blueprint.get("/account/data.<ending>")
def my_file(ending: str) -> Response:
    """What is kept about me, as a file."""
    return _file(_told_to(require_account()), ending, "my-data")


@blueprint.get("/account/erase")
def ask_me() -> str:
    """The question whether I want to be erased."""
    return _ask_me(Filled())


@blueprint.post("/account/erase")
def erase_me() -> Response | tuple[str, int]:
    """Erase me."""
    account = require_account()
    form = _sure(account)
    if account.administrator and not _other_administrators(account):
        form.wrong("", _("You are the only administrator. Make somebody else one first."))
    if not form.fits:
        return _ask_me(form), 400
    made = services()
    sign_out()
    erase_person(made, [account.person] if account.person else [], [account], by=account)
    return redirect(url_home(), 303)


@blueprint.get("/persons/<slug>/data")
def person(slug: str) -> str:
    """What is kept about a person, for those who may erase it."""
    account = require_account()
    thing = _person(slug)
    told = Told(services(), thing.iri, _account_of(account, thing), viewer_for(account))
    return render_template("privacy/person.html", thing=thing, account=account, **_in_words(told))


@blueprint.get("/persons/<slug>/data.<ending>")
def person_file(slug: str, ending: str) -> Response:
    """The same as a file."""
    account = require_account()
    thing = _person(slug)
    told = Told(services(), thing.iri, _account_of(account, thing), viewer_for(account))
    return _file(told, ending, thing.slug)


@blueprint.get("/persons/<slug>/erase")
def ask_person(slug: str) -> str:
    """The question whether a person is to be erased."""
    return _ask_person(_person(slug), Filled())


@blueprint.post("/persons/<slug>/erase")
def erase_other(slug: str) -> Response | tuple[str, int]:
    """Erase a person."""
    account = require_account()
    thing = _person(slug)
    if account.person == thing.iri:
        return go("privacy.ask_me")
    form = _sure(account)
    if not form.fits:
        return _ask_person(thing, form), 400
    gone = accounts_of(services(), thing.iri) if account.administrator else []
    erased = erase_person(services(), [thing.iri], gone, by=account)
    left = [one for iri in erased.left if (one := _thing(iri)) is not None]
    return render_template("privacy/erased.html", erased=erased, left=left), 200


@blueprint.app_template_global()
def may_erase_person(thing: Thing) -> bool:
    """Whether the page of a person leads to what is kept about it."""
    account = current_account()
    return thing.kind == "person" and account is not None and may_erase(account, thing)


def _told_to(account: Account) -> Told:
    return Told(services(), account.person or "", account, services().viewer())


def _account_of(account: Account, thing: Thing) -> Account | None:
    """The account of a person, for administrators; nobody else learns whether there is one."""
    if not account.administrator:
        return account if account.person == thing.iri else None
    return next(iter(accounts_of(services(), thing.iri)), None)


def _person(slug: str) -> Thing:
    account = require_account()
    thing = services().view().find("person", slug)
    if thing is None:
        nothing_here(slug)
    if not may_erase(account, thing):
        abort_with(
            403,
            _("This is not open to you."),
            _("Ask somebody who manages the cluster of this person, or an administrator."),
            code="not-allowed",
        )
    return thing


def _thing(iri: str) -> Thing | None:
    return services().view().thing(iri) if iri else None


def _sure(account: Account) -> Filled:
    form = Filled.sent("password", "sure")
    form.need("sure", _("Tick the box if you are sure."))
    if form.fits and account.password_hash is not None:
        refuse_after_failures("own-password")
        if not fits(form["password"], account.password_hash):
            count_failure("own-password")
            form.wrong("password", _("This is not your password."))
    return form


def _other_administrators(account: Account) -> bool:
    return any(
        one.administrator and one.status == "active" and one.id != account.id
        for one in services().accounts.all()
    )


def _ask_me(form: Filled) -> str:
    account = require_account()
    return render_template(
        "privacy/erase.html", form=form, account=account, thing=_thing(account.person or "")
    )


def _ask_person(thing: Thing, form: Filled) -> str:
    account = require_account()
    if account.person == thing.iri:
        return _ask_me(form)
    return render_template(
        "privacy/erase.html", form=form, account=account, thing=thing, other=True
    )


def _in_words(told: Told) -> dict[str, object]:
    if told.known is None:
        return {"said": [], "pointing": [], "imported": []}
    said, pointing, imported = sayings_of(told.known, told.viewer)
    return {"said": said, "pointing": pointing, "imported": imported}


def _file(told: Told, ending: str, name: str) -> Response:
    if ending == "json":
        body = json.dumps(told.as_json(), ensure_ascii=False, indent=2).encode()
        kind = "application/json"
    elif ending == "ttl":
        body, kind = told.as_turtle(), "text/turtle"
    else:
        nothing_here()
    answer = current_app.response_class(body, mimetype=kind)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}.{ending}"'
    answer.headers["Content-Language"] = lang()
    return answer
