"""Which organisation somebody means who types its name."""

from dataclasses import dataclass

from flask_babel import gettext as _

from graph import Thing, fold
from webapp.languages import lang
from webapp.services import services
from webapp.signing.filled import Filled

MOST_CHOICES = 8


@dataclass(frozen=True)
class Meant:
    """What was found for a name.

    Attributes:
        thing: the organisation, where it is clear which.
        choices: those that it could be, where it is not.
    """

    thing: Thing | None = None
    choices: tuple[Thing, ...] = ()


def meant_by(form: Filled, *, required: bool) -> Meant:
    """The organisation of the fields ``organisation`` (a name) and ``which`` (a slug chosen).

    Only what this visitor may read is found. What is wrong is noted in the form.
    """
    name, slug = form["organisation"], form["which"]
    if not name:
        if required:
            form.need("organisation", _("Type the name of the organisation."))
        return Meant()
    if slug and (chosen := services().view().find("organisation", slug)) is not None:
        return Meant(chosen)
    hits = (
        services()
        .search.search(
            name,
            viewer=services().viewer(),
            kinds=("organisation",),
            limit=MOST_CHOICES,
            lang=lang(),
        )
        .hits
    )
    same = [hit.thing for hit in hits if fold(hit.thing.label(lang())) == fold(name)]
    if len(same) == 1:
        return Meant(same[0])
    if not hits:
        form.wrong(
            "organisation",
            _("No organisation here is called so. Check the name, or leave the field empty."),
        )
        return Meant()
    form.wrong("organisation", _("Choose which one you mean."))
    return Meant(choices=tuple(hit.thing for hit in hits))
