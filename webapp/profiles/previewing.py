"""``/profile/preview``: a thing's ordinary page, as somebody else sees it."""

from dataclasses import dataclass
from typing import Final

from flask import Blueprint, render_template, request
from flask_babel import gettext as _

from graph import PLATFORM, PUBLIC
from webapp.errors import bad_parameter
from webapp.pages import thing_page
from webapp.profiles.audiences import seen_as
from webapp.profiles.found import own_profile
from webapp.profiles.profile import Profile
from webapp.services import services

blueprint = Blueprint("previews", __name__)

_SHOWN: Final = ("network", "group", "organisation")


@dataclass(frozen=True)
class Eyes:
    """Through whose eyes a page can be seen.

    Attributes:
        name: an audience.
        label: who that is.
        chosen: whether the page is shown so.
    """

    name: str
    label: str
    chosen: bool


@blueprint.get("/profile/preview/<kind>/<path:slug>")
def preview(kind: str, slug: str) -> str:
    """A thing's page as a guest sees it, or with ``as`` as members of an audience see it."""
    profile = own_profile(kind, slug)
    name = request.args.get("as", PUBLIC)
    several = _eyes(profile, name)
    viewer = seen_as(name, profile.editor.viewer)
    if viewer is None or name not in {one.name for one in several}:
        bad_parameter("as", name, [one.name for one in several])
    view = services().knowledge.view(viewer)
    thing = view.thing(profile.thing.iri)
    given = {"profile": profile, "eyes": several, "preview": True}
    if thing is None:
        return render_template("profiles/unseen.html", thing=profile.thing, **given)
    return thing_page(view, thing, **given)


def _eyes(profile: Profile, chosen: str) -> list[Eyes]:
    """A guest, anyone who is signed in, and the members of each audience of the editor's."""
    viewer = profile.editor.viewer
    found = [
        Eyes(PUBLIC, _("a guest"), chosen == PUBLIC),
        Eyes(PLATFORM, _("anyone who is signed in"), chosen == PLATFORM),
    ]
    for one in profile.audiences:
        if one.sort in _SHOWN:
            label = one.label
            if one.sort == "network":
                label = _("a member of %(name)s", name=one.label)
            elif one.sort == "organisation":
                label = _("a colleague")
            found.append(Eyes(one.name, label, chosen == one.name))
    assert all(seen_as(one.name, viewer) is not None for one in found)
    return found
