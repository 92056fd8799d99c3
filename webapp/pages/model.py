"""What the page of a thing is made of."""

from dataclasses import dataclass

from graph import Thing


@dataclass(frozen=True)
class Shown:
    """One value on a page.

    Attributes:
        text: how it reads.
        language: its language where that is not the page's; else empty.
        thing: the thing it is, if it is one.
        address: where it leads if it is an outside address or a class.
        sources: numbers of the sources that say it.
        because: what it follows from, if no source says it.
        note: a few further words.
    """

    text: str
    language: str = ""
    thing: Thing | None = None
    address: str = ""
    sources: tuple[int, ...] = ()
    because: str = ""
    note: str = ""


@dataclass(frozen=True)
class Group:
    """All values of one property on a page, or all things that point here by it.

    Attributes:
        key: names the group in addresses (``hasMember``, ``of-about``).
        label: what it is called.
        comment: what the property means.
        iri: IRI of the property.
        values: those shown.
        total: how many there are.
        link: whether the values are things.
    """

    key: str
    label: str
    comment: str
    iri: str
    values: tuple[Shown, ...]
    total: int
    link: bool = False

    @property
    def sources(self) -> tuple[int, ...]:
        """The sources of all values where they have the same ones; else none."""
        several = {value.sources for value in self.values}
        return next(iter(several)) if len(several) == 1 else ()

    @property
    def because(self) -> str:
        """What all values follow from where that is the same; else empty."""
        several = {value.because for value in self.values}
        return next(iter(several)) if len(several) == 1 else ""


@dataclass(frozen=True)
class SourceNote:
    """A source at the foot of a page: ``thing`` is its own page where it may be read."""

    number: int
    name: str
    label: str
    as_of: str
    thing: Thing | None


@dataclass(frozen=True)
class ThingPage:
    """All that the page of a thing says.

    Attributes:
        thing: the thing.
        descriptions: text and language; the reader's language first.
        facts: plain values.
        relations: links to other things, and links from them.
        sources: who says it.
    """

    thing: Thing
    descriptions: tuple[Shown, ...]
    facts: tuple[Group, ...]
    relations: tuple[Group, ...]
    sources: tuple[SourceNote, ...]
