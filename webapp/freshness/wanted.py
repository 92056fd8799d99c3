"""Which profiles of a cluster somebody wants to see, and in what order."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from graph import Thing, fold, forms
from webapp.freshness.states import PROBLEMS, SORTS, State, ordered


@dataclass(frozen=True)
class Wanted:
    """What a page of freshness shows.

    Attributes:
        show: a problem; empty for all profiles.
        sort: what they are sorted by, as :func:`~webapp.freshness.states.ordered` takes it.
        q: letters that a word of the name begins with; empty for all.
        page: which page of it.
    """

    show: str = ""
    sort: str = "seen"
    q: str = ""
    page: int = 1

    @classmethod
    def sent(cls, parameters: Mapping[str, str]) -> "Wanted":
        """As the parameters of an address or a form say; what they cannot say is left out."""
        show, sort = parameters.get("show", ""), parameters.get("sort", "")
        page = parameters.get("page", "")
        return cls(
            show=show if show in PROBLEMS else "",
            sort=sort if sort.removeprefix("-") in SORTS else cls.sort,
            q=parameters.get("q", "").strip(),
            page=int(page) if page.isascii() and page.isdecimal() and 0 < len(page) < 7 else 1,
        )

    def of(self, states: Iterable[State]) -> list[State]:
        """Those of some profiles that are wanted, in the order that is wanted."""
        found = [one for one in states if not self.show or self.show in one.problems]
        if fold(self.q):
            found = [one for one in found if _is_called(one.thing, self.q)]
        return ordered(found, self.sort)

    def parameters(self, cluster: Thing, **instead: object) -> dict[str, object]:
        """The parameters of the address of a page; what is as ever is left out."""
        usual = Wanted()
        said = {name: getattr(self, name) for name in ("show", "sort", "q", "page")}
        said |= instead
        kept = {name: value for name, value in said.items() if value != getattr(usual, name, None)}
        return {"cluster": f"{cluster.kind}/{cluster.slug}", **kept}


def _is_called(thing: Thing, q: str) -> bool:
    wanted = forms(q)
    names = thing.labels.values() if thing.labels else (thing.slug,)
    words = (word for name in names for word in (name, *name.split()))
    return any(form.startswith(wanted) for word in words for form in forms(word))
