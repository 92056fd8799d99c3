"""``PATCH /api/v1/things/…``: programs say values of a profile, through the code of the forms."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from flask import Blueprint, jsonify
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from graph import KnowledgeError, PropertyChange
from webapp.accounts.current import for_tokens, require_account
from webapp.errors import abort_with
from webapp.languages import lang
from webapp.profiles.forms import Field, Sort
from webapp.profiles.found import own_profile
from webapp.profiles.meaning import meant
from webapp.profiles.profile import Profile
from webapp.profiles.saving import change_of, say
from webapp.profiles.submitted import KEEP_WORD, Reading, Submitted
from webapp.sent import json_body

blueprint = Blueprint("api_editing", __name__)

_MOST: Final = 300
"""Values of one property that are read."""


@dataclass(frozen=True)
class Wanted:
    """One value as a program sends it."""

    text: str
    audience: str
    language: str


@blueprint.patch("/api/v1/things/<kind>/<path:slug>")
@for_tokens("edit")
def change(kind: str, slug: str) -> Response:
    """Let properties of a thing have exactly these values; all others stay as they are."""
    # Who is nobody is told so, before it is asked whether a browser sent a form of ours.
    require_account()
    profile = own_profile(kind, slug)
    problems: list[dict[str, str]] = []
    changes: list[PropertyChange] = []
    for name, values in _values().items():
        field = _field(profile, name)
        if field is None:
            remedy = _("Use one of: %(names)s", names=", ".join(sorted(profile.states)))
            problems.append(_problem(name, "", _("There is no such property here."), remedy))
            continue
        sent = _read(profile, field, _wanted(name, values, problems))
        problems += _problems_of(name, sent)
        changed = change_of(profile, sent)
        changes += [changed] if changed else []
    if problems:
        first = problems[0]
        message = f"{first['property']}: {first['message']}"
        abort_with(400, message, first["remedy"], code="wrong-value", problems=problems)
    try:
        batch = say(profile, changes)
    except KnowledgeError as error:
        abort_with(409, error.message[lang()], error.remedy[lang()], code="not-saved")
    return jsonify(iri=profile.thing.iri, batch=batch.id if batch else None)


def _values() -> dict[str, list[Any]]:
    sent = json_body()
    values = sent.get("values") if isinstance(sent, dict) else None
    good = isinstance(values, dict) and values and all(isinstance(v, list) for v in values.values())
    if not good:
        abort_with(
            400,
            _("This is no JSON object with “values”."),
            _("Send an object whose “values” has a list for each property; see /api/openapi.json."),
            code="wrong-body",
        )
    assert isinstance(values, dict)
    return values


def _field(profile: Profile, name: str) -> Field | None:
    """The field of a property, by its last part or its IRI."""
    return next((one for one in profile.fields if name in (one.key, one.path)), None)


def _wanted(name: str, values: list[Any], problems: list[dict[str, str]]) -> list[Wanted]:
    found = []
    for value in values[:_MOST]:
        given = value if isinstance(value, dict) else {"value": value}
        said = given.get("value")
        told = [given.get(member, "") for member in ("audience", "language")]
        if not isinstance(said, str | int | float) or not all(isinstance(t, str) for t in told):
            remedy = _("Give a text, a number, true or false as “value”.")
            problems.append(_problem(name, str(said), _("This is no value."), remedy))
            continue
        text = ("true" if said else "false") if isinstance(said, bool) else str(said)
        found.append(Wanted(text.strip(), *told))
    return found


def _read(profile: Profile, field: Field, values: list[Wanted]) -> Submitted:
    """The field as if somebody had sent these values in its form."""
    state = profile.states[field.key]
    form: dict[str, str] = {}
    rows = words = 0
    for one in values:
        start = f"{field.key}-{rows}-"
        text = _row(profile, field, one.text)
        if text:
            form[start + "text"] = text
            rows += 1
        else:
            start = f"{field.key}-word-{words}"
            form[start] = one.text
            form[f"{field.key}-answer-{words}"] = _meaning(profile, field, one.text)
            start += "-"
            words += 1
        form[start + "audience"] = one.audience or state.spare
        form[start + "language"] = one.language
    audiences = {audience.name for audience in profile.audiences}
    return Reading(form, profile.view, audiences, lang()).field(state)


def _row(profile: Profile, field: Field, text: str) -> str:
    """What the form has for a value; empty for a word whose meaning is looked up."""
    if field.sort is not Sort.LINK:
        return text
    addresses = profile.view.addresses
    kind, slash, slug = text.partition("/")
    iri = text if addresses.parse(text) else addresses.thing(kind, slug) if slash and slug else ""
    return f"<{iri}>" if iri and profile.view.thing(iri) else ""


def _meaning(profile: Profile, field: Field, text: str) -> str:
    """The answer to what a word means: one thing, nothing yet, or still to be asked."""
    found = meant(text, field.kinds, profile.view)
    if found.only:
        return f"<{found.only.iri}>"
    return "" if found.things else KEEP_WORD


def _problems_of(name: str, sent: Submitted) -> Iterator[dict[str, str]]:
    state = sent.state
    if state.problem:
        yield _problem(name, "", state.problem, _("Look at the form of the profile for details."))
    for row in state.rows:
        if row.problem:
            yield _problem(name, row.text, row.problem, _("Correct this value."))
    for question in state.questions:
        names = ", ".join(f"{one.kind}/{one.slug}" for one in question.things)
        message = _("“%(words)s” may mean several things.", words=question.text)
        yield _problem(name, question.text, message, _("Say which: %(names)s", names=names))


def _problem(name: str, value: str, message: Any, remedy: Any) -> dict[str, str]:
    told: Mapping[str, Any] = {"message": message, "remedy": remedy}
    return {"property": name, "value": value, **{key: str(text) for key, text in told.items()}}
