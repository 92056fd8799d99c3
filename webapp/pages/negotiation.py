"""Which document of a thing a client wants: by its Accept header, or by the address's ending."""

from collections.abc import Mapping
from typing import Final

from flask import request

from webapp.errors import not_acceptable

PAGE: Final = "page"
"""What is answered to whoever wants HTML, or anything at all."""

_PAGES: Final = ("text/html", "application/xhtml+xml")


def wanted(formats: Mapping[str, str]) -> str:
    """The ending of the document that this request wants, or :data:`PAGE`.

    A client that takes everything gets the page. One that takes nothing of ours is told so
    with 406.

    Args:
        formats: ending to media type.
    """
    offered = {**dict.fromkeys(_PAGES, PAGE), **{media: end for end, media in formats.items()}}
    accepted = request.accept_mimetypes
    if not accepted:
        return PAGE
    best = accepted.best_match(list(offered))
    if best is None:
        not_acceptable()
    return offered[best]


def split_ending(slug: str, endings: Mapping[str, str]) -> tuple[str, str]:
    """A slug and the ending of a data document; the ending is empty where it is none.

    Only the last ending counts, and only if something stands before it: slugs may have dots.

    >>> split_ending("optence.ttl", {"ttl": "text/turtle"})
    ('optence', 'ttl')
    >>> split_ending("dr.-meier", {"ttl": "text/turtle"}), split_ending(".ttl", {"ttl": ""})
    (('dr.-meier', ''), ('.ttl', ''))
    """
    stem, dot, ending = slug.rpartition(".")
    if dot and stem and ending in endings:
        return stem, ending
    return slug, ""
