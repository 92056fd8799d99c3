"""The one place where page addresses are made; templates and scripts never glue them."""

from collections.abc import Mapping
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from flask import Flask, current_app, request, url_for
from werkzeug.exceptions import HTTPException
from werkzeug.routing import Rule

from webapp.languages import LANGUAGES, explicit_lang
from webapp.services import services

DATA_FORMATS = ("ttl", "jsonld", "nt", "rdf", "json", "csv")
"""Endings of the data documents of a thing."""


def _with(path: str, parameters: Mapping[str, object]) -> str:
    kept = {name: value for name, value in parameters.items() if value not in (None, "")}
    language = explicit_lang()
    if language:
        kept.setdefault("lang", language)
    # The slash and comma are legal in a query and keep shared addresses readable.
    return f"{path}?{urlencode(kept, safe='/,')}" if kept else path


def _path(prefix: str, kind: str, slug: str) -> str:
    return f"/{prefix}/{quote(kind)}/{quote(slug, safe='-._~:@')}"


def url_home(**state: object) -> str:
    """The first radar, around whoever is signed in; ``state`` as for :func:`url_radar`."""
    return _with("/", state)


def url_radar(kind: str, slug: str, **state: object) -> str:
    """The radar around a thing; ``state`` is lens, kinds, limit, via, lang."""
    from recommender import ME  # noqa: PLC0415

    return url_home(**state) if kind == ME else _with(_path("radar", kind, slug), state)


def url_radar_json(radar: Any) -> str:
    """The same radar for programs: ``radar`` is what its template draws."""
    from recommender import ME  # noqa: PLC0415

    centre, state = radar.answer.centre, radar.state
    return _with(
        "/api/v1/radar",
        {
            "centre": "" if centre.kind == ME else f"{centre.kind}/{centre.slug}",
            "lens": state.lens,
            "kinds": ",".join(state.kinds),
            "limit": state.limit,
            "lang": radar.answer.lang,
        },
    )


def url_connect(**ends: object) -> str:
    """How two things are connected; ``from`` and ``to`` are ``kind/slug``."""
    return _with("/connect", ends)


def url_why(centre: Any, thing: Any) -> str:
    """All that connects a suggestion with the thing that it is near."""
    path = f"{_path('radar', centre.kind, centre.slug)}{_path('why', thing.kind, thing.slug)}"
    return _with(path, {})


def url_wishes() -> str:
    """Where one says that one wants more of a thing, or none of it."""
    return _with("/me/wishes", {})


def url_interests(**state: object) -> str:
    """Where one chooses what one's own radar goes by; ``missed`` are words that name nothing."""
    return _with("/me/interests", state)


def url_saved() -> str:
    """The things that one saved."""
    return _with("/me/saved", {})


def url_paste(about: str = "", **state: object) -> str:
    """Where a paragraph is pasted, or the radar of what it is ``about`` (``kind/slug``, commas)."""
    return _with("/paste/radar", {"about": about, **state}) if about else _with("/paste", state)


def url_groups(slug: str = "", what: str = "") -> str:
    """One's closed rooms, one of them, or ``what`` one does there."""
    path = "/groups" + (f"/{quote(slug, safe='-._~:@')}" if slug else "")
    return _with(f"{path}/{what}" if what else path, {})


def url_group_invitation(invitation: str, answer: str) -> str:
    """Where one accepts or declines an invitation to a closed room."""
    return _with(f"/groups/invitations/{invitation}/{answer}", {})


def url_page(kind: str, slug: str, **state: object) -> str:
    """The page of a thing; ``all`` names a list on it that is shown as a whole."""
    from recommender import ME  # noqa: PLC0415

    return url_interests() if kind == ME else _with(_path("page", kind, slug), state)


def url_id(kind: str, slug: str, ending: str = "") -> str:
    """The permanent address of a thing on this server, or one of its data documents."""
    path = _path("id", kind, slug)
    return f"{path}.{ending}" if ending else path


def url_things(kind: str = "", **state: object) -> str:
    """The list of all things of a kind, or of all kinds."""
    return _with(f"/things/{quote(kind)}" if kind else "/things", state)


def url_search(q: str = "", **state: object) -> str:
    """The search page."""
    return _with("/search", {"q": q, **state})


def url_search_json() -> str:
    """The search for programs, without a question yet."""
    return "/api/v1/search"


def url_sparql(query: str = "", **state: object) -> str:
    """The SPARQL editor, with a query in it if one is given."""
    return _with("/sparql", {"query": query, **state})


def url_import(batch: object = "", **state: object) -> str:
    """The import page, or the page of one batch."""
    return _with(f"/import/batch/{batch}" if batch else "/import", state)


def url_ontology(term: str = "") -> str:
    """The reference of the ontology, or one term in it."""
    return _with("/ontology", {}) + (f"#{term}" if term else "")


def url_ontology_document(ending: str, name: str = "") -> str:
    """The ontology in a format, or one of the files that belong to it."""
    return f"/ontology/{name}.{ending}" if name else f"/ontology.{ending}"


def url_legal(name: str) -> str:
    """Imprint, privacy notice, terms or accessibility statement."""
    return _with(f"/legal/{name}", {})


def url_sign_in(wanted: str = "") -> str:
    """Where one signs in; ``wanted`` is the path to go on to."""
    return _with("/sign-in", {"next": wanted})


def path_new_password(token: str) -> str:
    """Where a password is chosen, for who has a link; also where no request is answered."""
    return f"/password/{quote(token, safe='')}"


def url_to(endpoint: str, **values: object) -> str:
    """A page by the name of its view, in the language that the address asks for."""
    given: dict[str, Any] = {name: value for name, value in values.items() if value is not None}
    return url_for(endpoint, **{"lang": explicit_lang() or None, **given})


def url_void() -> str:
    """What this data set says about itself, for programs."""
    return "/.well-known/void"


def url_for_iri(iri: str, *, radar: bool = False) -> str:
    """Where a person reads about an IRI: a page (or radar) of ours, a term, or the IRI itself."""
    from ontology import CR  # noqa: PLC0415

    parsed = services().knowledge.addresses.parse(iri)
    if parsed is not None:
        return url_radar(*parsed) if radar else url_page(*parsed)
    if iri.startswith(CR):
        return url_ontology(iri.removeprefix(CR))
    return iri


def url_static(name: str) -> str:
    """A file of ours, with a stamp of its time so that browsers may keep it."""
    return url_for("static", filename=name, v=_stamp(current_app.static_folder or "", name))


@lru_cache(maxsize=256)
def _stamp(folder: str, name: str) -> str:
    path = Path(folder, name)
    return format(path.stat().st_mtime_ns // 1_000_000, "x") if path.is_file() else ""


def url_in_language(language: str) -> str:
    """This very page in another language; what answers to a form only leads back to its page."""
    arguments = {**request.args.to_dict(), "lang": language}
    return f"{_page_of(request.path)}?{urlencode(arguments, safe='/,')}"


def _page_of(path: str) -> str:
    """The path, or what is nearest above it, that a browser can simply open."""
    if request.method in ("GET", "HEAD") or _has_page(request.url_rule):
        return path
    adapter = current_app.create_url_adapter(request)
    while (path := path.rpartition("/")[0]) and adapter is not None:
        with suppress(HTTPException):
            adapter.match(path, method="GET")
            return path
    return "/"


def _has_page(rule: Rule | None) -> bool:
    """Whether the addresses of a rule can be opened, too, and not only sent to."""
    rules = current_app.url_map.iter_rules()
    return rule is not None and any(
        one.rule == rule.rule and "GET" in (one.methods or ()) for one in rules
    )


def init_addresses(app: Flask) -> None:
    """Hand the builders to the templates."""
    builders = (
        url_home,
        url_radar,
        url_radar_json,
        url_connect,
        url_why,
        url_wishes,
        url_interests,
        url_saved,
        url_groups,
        url_group_invitation,
        url_page,
        url_id,
        url_things,
        url_search,
        url_search_json,
        url_sparql,
        url_import,
        url_paste,
        url_ontology,
        url_ontology_document,
        url_legal,
        url_sign_in,
        url_to,
        url_void,
        url_for_iri,
        url_static,
        url_in_language,
    )
    app.jinja_env.globals.update({build.__name__: build for build in builders})
    app.jinja_env.globals.update(LANGUAGES=LANGUAGES, DATA_FORMATS=DATA_FORMATS)
