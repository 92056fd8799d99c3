"""How one comes to an account or back into it: registration, invitation, forgotten password.

None of these pages tells whether an address has an account: the page is the same, and a mail to
the address says which of them it is.
"""

import secrets
from typing import Any, NoReturn

from flask import Blueprint, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from webapp.accounts import Account, AccountsError, Invitation
from webapp.accounts.mail_addresses import could_be_address
from webapp.errors import abort_with
from webapp.languages import lang
from webapp.limits import count_attempt, may_send_mail
from webapp.links import read
from webapp.security import require_own_form
from webapp.services import services
from webapp.signing import mails
from webapp.signing.entering import let_in
from webapp.signing.filled import Filled
from webapp.signing.organisations import Meant, meant_by
from webapp.signing.reach import managers_for

blueprint = Blueprint("joining", __name__)


@blueprint.get("/register")
def register() -> str:
    """The form of a registration."""
    return _register_page(Filled(), Meant())


@blueprint.post("/register")
def registering() -> str | tuple[str, int]:
    """Note a registration, and write to its address."""
    require_own_form()
    count_attempt("register")
    form = Filled.sent("name", "email", "organisation", "which")
    form.need("name", _("Type your name."))
    _need_address(form)
    meant = meant_by(form, required=False)
    if not form.fits:
        return _register_page(form, meant), 400
    accounts = services().accounts
    # Nobody knows this password: the real one is chosen by whoever reads the mail.
    unknown = secrets.token_urlsafe(32)
    account = accounts.register(form["email"], form["name"], unknown, language=lang())
    if account is not None and meant.thing is not None:
        accounts.act_for(account.id, meant.thing.iri)
    if may_send_mail(form["email"]):
        _write_to(account or accounts.by_email(form["email"]))
    return _look_into_mail(_("Register"), form["email"])


def _write_to(account: Account | None) -> None:
    if account is None:
        return
    if account.status == "waiting" and account.email_confirmed is None:
        mails.mail_registration(account)
    else:
        mails.mail_already_known(account)


@blueprint.get("/register/<token>")
def registered(token: str) -> str:
    """The link of the mail: choose a password."""
    return _password_page(Filled(), _waiting(token), title=_("Choose a password"))


@blueprint.post("/register/<token>")
def finish_registering(token: str) -> str | tuple[str, int]:
    """Choose the first password; from now on a manager may let the account in."""
    require_own_form()
    account = _waiting(token)
    form = _changed_password(account)
    accounts = services().accounts
    if not form.fits:
        return _password_page(form, account, title=_("Choose a password")), 400
    accounts.confirm_address(account.id)
    for manager in managers_for(account):
        mails.mail_waiting(manager, account)
    return render_template(
        "accounts/said.html",
        title=_("You are registered."),
        text=_(
            "Somebody who manages your cluster looks at it now. You get a mail as soon as you can "
            "sign in."
        ),
    )


@blueprint.get("/invitation/<token>")
def invited(token: str) -> str:
    """The link of an invitation: what it offers."""
    invitation, account = _invitation(token)
    return _invitation_page(Filled({"name": account.name if account else ""}), invitation, account)


@blueprint.post("/invitation/<token>")
def accept(token: str) -> Response | str | tuple[str, int]:
    """Accept an invitation and sign in."""
    require_own_form()
    invitation, account = _invitation(token)
    if account is not None and account.status == "active":
        form = Filled()
    else:
        form = _chosen_password("name")
        form.need("name", _("Type your name."))
    accepted = None
    if form.fits:
        try:
            accepted = services().accounts.accept(
                invitation.id, name=form["name"], password=form["password"]
            )
        except AccountsError as error:
            form.wrong("password", error)
    if not form.fits:
        return _invitation_page(form, invitation, account), 400
    if accepted is None:
        _too_old()
    return let_in(accepted)


@blueprint.get("/password")
def forgotten() -> str:
    """Ask for a link to choose a new password."""
    return _forgotten_page(Filled())


@blueprint.post("/password")
def ask_for_password() -> str | tuple[str, int]:
    """Write to an address; the page says the same whether it has an account."""
    require_own_form()
    count_attempt("password")
    form = Filled.sent("email")
    _need_address(form)
    if not form.fits:
        return _forgotten_page(form), 400
    if may_send_mail(form["email"]):
        account = services().accounts.by_email(form["email"])
        if account is not None and account.status == "active":
            mails.mail_password(account)
        else:
            mails.mail_no_account(form["email"], lang())
    return _look_into_mail(_("New password"), form["email"])


@blueprint.get("/password/<token>")
def new_password(token: str) -> str:
    """The link of the mail: choose a new password."""
    return _password_page(Filled(), _resetting(token), title=_("Choose a new password"))


@blueprint.post("/password/<token>")
def choose_password(token: str) -> Response | tuple[str, int]:
    """Choose it; all browsers are signed out, and this one is signed in."""
    require_own_form()
    account = _resetting(token)
    form = _changed_password(account)
    accounts = services().accounts
    if not form.fits:
        return _password_page(form, account, title=_("Choose a new password")), 400
    # Who reads the mail of the address need not wait for what others tried.
    accounts.forget_attempts(account.email)
    accounts.confirm_address(account.id)
    return let_in(accounts.by_id(account.id) or account)


def _changed_password(account: Account) -> Filled:
    """Give an account the password that was chosen, or say in the form what is wrong with it."""
    form = _chosen_password()
    if form.fits:
        try:
            services().accounts.change_password(account.id, form["password"])
        except AccountsError as error:
            form.wrong("password", error)
    return form


def _need_address(form: Filled) -> None:
    form.need("email", _("Type an e-mail address."))
    if form["email"] and not could_be_address(form["email"]):
        form.wrong("email", _("This is no e-mail address. Check its spelling."))


def _chosen_password(*further: str) -> Filled:
    form = Filled.sent("password", "password_again", *further)
    form.need("password", _("Choose a password."))
    if form["password"] != form["password_again"]:
        form.wrong("password_again", _("This is not the same password. Type it once more."))
    return form


def _waiting(token: str) -> Account:
    account_id = read(mails.REGISTER, token, mails.GOOD_FOR[mails.REGISTER])
    account = services().accounts.by_id(account_id) if account_id else None
    if account is None or account.status != "waiting" or account.email_confirmed is not None:
        _too_old()
    return account


def _resetting(token: str) -> Account:
    said: Any = read(mails.PASSWORD, token, mails.GOOD_FOR[mails.PASSWORD])
    account = services().accounts.by_id(said[0]) if said else None
    if account is None or account.status != "active" or mails.stamp_of(account) != said[1]:
        _too_old()
    return account


def _invitation(token: str) -> tuple[Invitation, Account | None]:
    accounts = services().accounts
    invitation_id = read(mails.INVITATION, token, mails.GOOD_FOR[mails.INVITATION])
    invitation = accounts.invitation(invitation_id) if invitation_id else None
    if invitation is None:
        _too_old()
    account = accounts.by_email(invitation.email)
    if account is not None and account.status == "closed":
        _too_old()
    return invitation, account


def _too_old() -> NoReturn:
    abort_with(
        404,
        _("This link is used or too old."),
        _("Ask for a new one."),
        code="link-too-old",
    )


def _register_page(form: Filled, meant: Meant) -> str:
    return render_template("accounts/register.html", form=form, choices=meant.choices)


def _forgotten_page(form: Filled) -> str:
    return render_template("accounts/forgotten.html", form=form)


def _password_page(form: Filled, account: Account, *, title: str) -> str:
    return render_template(
        "accounts/password.html", form=form, email=account.email, title=title, action=request.path
    )


def _invitation_page(form: Filled, invitation: Invitation, account: Account | None) -> str:
    return render_template(
        "accounts/invitation.html",
        form=form,
        invitation=invitation,
        in_use=account is not None and account.status == "active",
        offered=_named(invitation),
        action=request.path,
    )


def _named(invitation: Invitation) -> dict[str, str]:
    """Names of what an invitation is about, as its manager may read them.

    Whoever reads the mail has been told them by the manager.
    """
    accounts = services().accounts
    host = accounts.by_id(invitation.invited_by) if invitation.invited_by else None
    view = services().knowledge.view(accounts.viewer_of(host))
    return {
        "host": host.name if host else "",
        "cluster": view.label(invitation.cluster, lang()) if invitation.cluster else "",
        "organisation": (
            view.label(invitation.organisation, lang()) if invitation.organisation else ""
        ),
    }


def _look_into_mail(title: str, email: str) -> str:
    return render_template(
        "accounts/said.html",
        title=title,
        text=_("We have written to %(email)s. Look into your mail and go on there.", email=email),
        hint=_("Nothing there after a few minutes? Look among the unwanted mail, or try again."),
    )
