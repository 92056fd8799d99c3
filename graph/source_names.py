"""What lists are called: names are unique per owner, and no owner learns of another's names.

A list that somebody owns has the owner in its name inside (``members@cluster:optence``), so two
owners may each have a list ``members``. The operator's lists have plain names.
"""

from typing import Final

EDITS: Final = "edits"
"""The source of all that members say by hand; no list can have this name."""

WORDS: Final = "_words"
"""Stands for all lists of an audience where people decide what a word means.

No list can have this name."""

_OF: Final = "@"
"""Parts a name from its owner; no list that a person names can have it in its name."""


def source_name(called: str, owner: str = "") -> str:
    """The name of a source inside.

    Args:
        called: what its owner calls it.
        owner: ``<kind>/<slug>`` (``cluster/optence``, ``account/<id>``); empty: the operator.

    Raises:
        ValueError: the owner has another form.

    >>> source_name("members", "cluster/optence"), source_name("members")
    ('members@cluster:optence', 'members')
    """
    if not owner:
        return called
    kind, _, slug = owner.partition("/")
    if not kind or not slug or "/" in slug:
        raise ValueError(f"an owner is written kind/slug: {owner}")
    return f"{called}{_OF}{kind}:{slug}"


def called(name: str) -> str:
    """What its owner calls a source.

    >>> called("members@cluster:optence"), called("members")
    ('members', 'members')
    """
    return name.partition(_OF)[0]


def owner_of(name: str, said: str = "") -> str:
    """Whose a source is: ``<kind>/<slug>``, or empty for the operator.

    The name tells it. Where a source with a plain name says itself whose it is, that counts if
    it has the form of an owner; any other text is a remark of the operator.

    >>> owner_of("members@cluster:optence"), owner_of("members"), owner_of("go", "go-cluster")
    ('cluster/optence', '', '')
    >>> owner_of("members", "cluster/optence")
    'cluster/optence'
    """
    _, owned, owner = name.partition(_OF)
    if owned:
        return owner.replace(":", "/", 1)
    return said if "/" in said else ""
