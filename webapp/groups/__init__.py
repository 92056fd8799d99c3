"""``/groups``: closed rooms. For whom a room does not exist, its address is that of nothing."""

from typing import NoReturn

from flask import Blueprint, redirect, render_template, request
from flask.blueprints import BlueprintSetupState
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from graph import KnowledgeError
from webapp.accounts import Account
from webapp.accounts.current import forget_viewer, require_account
from webapp.accounts.mail_addresses import as_address, could_be_address
from webapp.addresses import url_groups, url_page
from webapp.errors import abort_with, nothing_here
from webapp.groups import knowing, showing
from webapp.groups.mails import mail_invited
from webapp.groups.rooms import GROUP, Rooms
from webapp.groups.tables import Room
from webapp.languages import lang
from webapp.me.mine import things
from webapp.security import require_own_form
from webapp.services import services
from webapp.signing.filled import Filled

blueprint = Blueprint("groups", __name__)

MEMBERS = ("organisation", "cluster")
"""Kinds of things that may be members of a room: sections are organisations."""


@blueprint.record_once
def _ask_for_rooms(state: BlueprintSetupState) -> None:
    made = state.app.extensions["services"]
    addresses = made.knowledge.addresses
    made.accounts.further.append(
        lambda accounts, account, audiences: Rooms(accounts, addresses).rooms_of(account, audiences)
    )


@blueprint.before_request
def _only_from_own_forms() -> None:
    if request.method != "GET":
        require_own_form()


@blueprint.get("/groups")
def mine() -> str:
    """My rooms, and the invitations to others."""
    return _mine(require_account(), Filled({"seen_by": knowing.HIDDEN}))


@blueprint.post("/groups")
def make() -> AnyResponse | tuple[str, int]:
    """Open a room."""
    account = require_account()
    form = Filled.sent("name", "text", "seen_by")
    _check_room(form)
    if not form.fits:
        return _mine(account, form), 400
    slug = knowing.make_room(account, form["name"], form["text"], form["seen_by"])
    _rooms().open(slug, knowing.seen_by(slug, form["seen_by"]), account.id)
    return redirect(url_groups(slug), 303)


@blueprint.get("/groups/<slug>")
def room(slug: str) -> AnyResponse | str:
    """A room that I am in."""
    account, found = _entered(slug)
    if isinstance(found, Room):
        return _page(account, found)
    return found


@blueprint.post("/groups/<slug>")
def change(slug: str) -> AnyResponse | tuple[str, int]:
    """Another name, description or audience of a room; its owner's business."""
    account, found = _owned(slug)
    form = Filled.sent("name", "text", "seen_by")
    _check_room(form)
    if not form.fits:
        return _page(account, found, changing=form), 400
    knowing.change_room(account, slug, form["name"], form["text"], found.seen_by, form["seen_by"])
    _rooms().show_to(slug, knowing.seen_by(slug, form["seen_by"]))
    return _back(slug)


@blueprint.post("/groups/<slug>/invite")
def invite(slug: str) -> AnyResponse | tuple[str, int]:
    """Invite an address (``q``), an organisation, a cluster or a section (``thing``)."""
    account, found = _owned(slug)
    form = Filled.sent("q", "thing")
    email, iri = _whom(form)
    if not form.fits:
        return _page(account, found, inviting=form), 400
    if _rooms().invite(slug, by=account.id, email=email or None, thing=iri or None):
        group = knowing.group_of(account, slug)
        mail_invited(account, group.label(lang()) if group else slug, email=email, thing=iri)
    return _back(slug, "members")


@blueprint.post("/groups/<slug>/take-out")
def take_out(slug: str) -> AnyResponse:
    """Take somebody out of a room, take an invitation back, or leave (``member``)."""
    account, found = _inside(slug)
    rooms, member = _rooms(), request.form.get("member", "")
    owner = rooms.owner_of(slug)
    people = showing.somebodies(rooms, slug, account, _speaks_for(account))
    one = next((one for one in people if one.row.id == member), None)
    if one is None:
        return _back(found.slug, "members")
    if one.row.account_id and one.row.account_id == owner:
        abort_with(
            409,
            _("Whoever owns a room cannot leave it."),
            _("Hand it over first, or dissolve it."),
            code="owner",
        )
    if not one.mine and owner != account.id:
        _not_yours()
    rooms.take_out(member, slug, by=account.id)
    forget_viewer()
    still_in = GROUP + slug in services().viewer().memberships
    return _back(slug, "members") if still_in else redirect(url_groups(), 303)


@blueprint.post("/groups/<slug>/hand-over")
def hand_over(slug: str) -> AnyResponse:
    """Let another account in the room own it (``account``)."""
    account, _found = _owned(slug)
    if not _rooms().hand_over(slug, request.form.get("account", ""), by=account.id):
        abort_with(
            400,
            _("Only an account that is in the room can own it."),
            _("Invite it first."),
            code="not-a-member",
        )
    return _back(slug, "members")


@blueprint.get("/groups/<slug>/dissolve")
def ask_to_dissolve(slug: str) -> str:
    """What goes with a room, before it goes."""
    account, found = _owned(slug)
    rooms = _rooms()
    posts = showing.posted(rooms, slug, account)
    return render_template(
        "groups/dissolve.html",
        room=found,
        group=knowing.group_of(account, slug),
        posts=posts,
        titles=", ".join(one.thing.label(lang()) for one in posts[:5]),
        people=showing.somebodies(rooms, slug, account, ()),
    )


@blueprint.post("/groups/<slug>/dissolve")
def dissolve(slug: str) -> AnyResponse:
    """Dissolve a room, with all that was posted to it."""
    account, _found = _owned(slug)
    knowing.dissolve_room(account, slug)
    _rooms().close(slug, by=account.id)
    return redirect(url_groups(), 303)


@blueprint.post("/groups/<slug>/posts")
def post(slug: str) -> AnyResponse | tuple[str, int]:
    """Post an offer, a need or a note."""
    account, found = _inside(slug)
    form = Filled.sent("sort", "title", "text", "about", "topics", "for")
    form.need("title", _("Give it a title."))
    if form["sort"] not in knowing.SORTS:
        form.wrong("sort", _("Choose what it is."))
    about = form["about"] or "cooperation"
    if about not in dict(showing.listing_types()):
        form.wrong("about", _("Choose what it is about."))
    listed_by = form["for"]
    if listed_by and listed_by not in _speaks_for(account):
        form.wrong("for", _("Choose whom you act for."))
    topics = tuple(filter(None, (part.strip() for part in form["topics"].split(","))))
    posting = knowing.Posting(form["sort"], form["title"], form["text"], about, topics, listed_by)
    if form.fits:
        try:
            _rooms().posted(slug, knowing.post(account, slug, posting), account.id)
        except KnowledgeError as error:
            form.wrong("", error)
    if not form.fits:
        return _page(account, found, posting=form), 400
    return _back(slug, "posts")


@blueprint.post("/groups/<slug>/take-down")
def take_down(slug: str) -> AnyResponse:
    """Take something down (``thing``): one's own posting, or any where one owns the room."""
    account, _found = _inside(slug)
    rooms, iri = _rooms(), request.form.get("thing", "")
    authors = {one.thing: one.account_id for one, _author in rooms.posts(slug)}
    if iri in authors:
        if account.id not in {authors[iri], rooms.owner_of(slug)}:
            _not_yours()
        knowing.take_down(account, slug, iri)
        rooms.take_down(iri)
    return _back(slug, "posts")


@blueprint.post("/groups/invitations/<invitation>/<answer>")
def answer_invitation(invitation: str, answer: str) -> AnyResponse:
    """Accept (``accept``) or decline (``decline``) an invitation to a room."""
    account = require_account()
    rooms = _rooms()
    found = rooms.invitation(invitation, account, _speaks_for(account))
    if found is None or answer not in {"accept", "decline"}:
        nothing_here()
    if answer == "decline":
        rooms.take_out(found.id, found.room, by=account.id)
        return redirect(url_groups(), 303)
    rooms.accept(found, account)
    forget_viewer()
    return redirect(url_groups(found.room), 303)


def _rooms() -> Rooms:
    return Rooms(services().accounts, services().knowledge.addresses)


def _speaks_for(account: Account) -> tuple[str, ...]:
    """What an account may answer invitations for: what it acts for or manages."""
    accounts = services().accounts
    return (*accounts.acts_for(account.id), *accounts.manages(account.id))


def _entered(slug: str) -> tuple[Account, Room | AnyResponse]:
    """A room that I am in; else its page if I may know of it; else nothing is there."""
    account = require_account()
    if GROUP + slug in services().viewer().memberships:
        found = _rooms().room(slug)
        if found is not None and knowing.group_of(account, slug) is not None:
            return account, found
    if services().view().find("group", slug) is None:
        nothing_here(f"group/{slug}")
    return account, redirect(url_page("group", slug), 303)


def _inside(slug: str) -> tuple[Account, Room]:
    account, found = _entered(slug)
    if not isinstance(found, Room):
        _not_yours()
    return account, found


def _owned(slug: str) -> tuple[Account, Room]:
    account, found = _inside(slug)
    if _rooms().owner_of(slug) != account.id:
        _not_yours()
    return account, found


def _not_yours() -> NoReturn:
    abort_with(
        403,
        _("This is not open to you."),
        _("Ask whoever owns the room."),
        code="not-allowed",
    )


def _check_room(form: Filled) -> None:
    form.need("name", _("Give the room a name."))
    if len(form["name"]) > 200:
        form.wrong("name", _("Choose a shorter name."))
    if form["seen_by"] not in knowing.SEEN_BY:
        form.wrong("seen_by", _("Choose who may know of the room."))


def _whom(form: Filled) -> tuple[str, str]:
    """An address or an IRI that is to be invited; errors go to the form."""
    kind, _slash, slug = form["thing"].partition("/")
    if kind in MEMBERS and slug:
        found = services().view().find(kind, slug)
        return ("", found.iri) if found else ("", _miss(form))
    if "@" in form["q"]:
        return (as_address(form["q"]), "") if could_be_address(form["q"]) else (_miss(form), "")
    answer = services().search.search(
        form["q"], viewer=services().viewer(), kinds=MEMBERS, limit=1, lang=lang()
    )
    exact = [hit for hit in answer.hits if hit.match == "exact"]
    return "", exact[0].thing.iri if exact else _miss(form)


def _miss(form: Filled) -> str:
    form.wrong("q", _("Type an e-mail address, or choose an organisation or cluster by name."))
    return ""


def _mine(account: Account, form: Filled) -> str:
    rooms = _rooms()
    return render_template(
        "groups/mine.html",
        rooms=showing.listed(rooms, account),
        invitations=showing.invited(rooms, account, _speaks_for(account)),
        form=form,
        words=showing.audience_words,
    )


def _page(
    account: Account,
    found: Room,
    *,
    posting: Filled | None = None,
    inviting: Filled | None = None,
    changing: Filled | None = None,
) -> str:
    rooms, slug = _rooms(), found.slug
    group = knowing.group_of(account, slug) or nothing_here(f"group/{slug}")
    texts = services().view().statements(group.iri, showing.DESCRIPTION)
    text = next((one.object.value for one in texts), "")
    kept = {"name": group.label(lang()), "text": text, "seen_by": showing.choice_of(found)}
    return render_template(
        "groups/room.html",
        room=found,
        group=group,
        text=text,
        owned=rooms.owner_of(slug) == account.id,
        owner=rooms.owner_of(slug),
        posts=showing.posted(rooms, slug, account),
        people=showing.somebodies(rooms, slug, account, _speaks_for(account)),
        acting=things(services().view(), _speaks_for(account)),
        listing_types=showing.listing_types(),
        words=showing.audience_words(found),
        posting=posting or Filled({"sort": "offer", "about": "cooperation"}),
        inviting=inviting or Filled(),
        changing=changing or Filled(kept),
    )


def _back(slug: str, part: str = "") -> AnyResponse:
    return redirect(url_groups(slug) + (f"#{part}" if part else ""), 303)
