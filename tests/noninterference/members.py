"""Read paths of those who are signed in: their own things, profiles, people, sign-up."""

from io import BytesIO
from zipfile import ZipFile

from werkzeug.test import TestResponse

from tests.noninterference import canonical, people
from tests.noninterference.cases import Case
from tests.noninterference.changing import ORGANISATIONS
from tests.noninterference.paths import read_path
from tests.noninterference.sides import Side
from tests.noninterference.walking import Walk


def _all(side: Side, addresses: list[str]) -> list[object]:
    return [canonical.response(side.get(one)) for one in addresses]


@read_path("/account", "/me/interests", "/me/saved", "/me/visits")
def my_own(side: Side, _case: Case) -> object:
    """My account, my interests, what I saved."""
    return _all(side, ["/account", "/me/interests?missed=lasr", "/me/saved", "/me/visits"])


@read_path("/people", "/profile/members/<kind>/<path:slug>", "/freshness", "/freshness.csv")
def people_of_my_cluster(side: Side, _case: Case) -> object:
    """Who acts for the organisations of a cluster, and how fresh their profiles are."""
    addresses = ["/people", "/freshness.csv?sort=complete"]
    for cluster in ("cluster/optence", "cluster/photonik"):
        addresses += [f"/profile/members/{cluster}", f"/freshness?cluster={cluster}"]
    return _all(side, [*addresses, "/freshness?show=unlinked", "/freshness?show=doubtful"])


@read_path(
    "/profile/<kind>/<path:slug>",
    "/profile/preview/<kind>/<path:slug>",
    "/profile/add/<new>/<kind>/<path:slug>",
    "/profile/remove/<kind>/<path:slug>",
    "/profile/claim/<kind>/<path:slug>",
)
def profiles(side: Side, case: Case) -> object:
    """The forms of profiles, with what other sources say; previews; claims."""
    mine = "organisation/laserwerk"
    return _all(
        side,
        [
            f"/profile/{mine}",
            f"/profile/{case.asked[-1]}",
            f"/profile/preview/{mine}",
            f"/profile/preview/{mine}?as=platform",
            f"/profile/preview/{mine}?as=group:rot",
            f"/profile/add/device/{mine}",
            "/profile/remove/device/laser-1",
            "/profile/claim/organisation/linsen",
        ],
    )


@read_path("/import/words")
def words_of_lists(side: Side, _case: Case) -> object:
    """The words of one's own lists that mean nothing yet, and those that were decided."""
    return _all(side, ["/import/words", "/import/words?page=2", "/import/words?show=decided"])


@read_path("/groups", "/groups/<slug>", "/groups/<slug>/dissolve")
def rooms(side: Side, _case: Case) -> object:
    """My rooms, and rooms that are not there for me."""
    slugs = (*people.ROOMS, "gruen")
    addresses = [f"/groups/{slug}{page}" for slug in slugs for page in ("", "/dissolve")]
    return _all(side, ["/groups", *addresses])


@read_path("/access/<kind>/<path:slug>")
def explanations(side: Side, case: Case) -> object:
    """Why somebody else can see something, or cannot."""
    addresses = [f"/access/{name}" for name in ("organisation/laserwerk", case.asked[-1])]
    return _all(side, addresses)


@read_path("/account/data", "/account/data.<ending>", "/account/erase")
def my_data(side: Side, _case: Case) -> object:
    """What is kept about me."""
    return _all(side, ["/account/data", "/account/data.json", "/account/erase"])


@read_path("/persons/<slug>/data", "/persons/<slug>/data.<ending>", "/persons/<slug>/erase")
def somebodys_data(side: Side, _case: Case) -> object:
    """What is kept about a person, for those who may erase it."""
    return _all(side, [f"/persons/bob/{page}" for page in ("data", "data.json", "erase")])


@read_path(
    "/import",
    "/import/plan/<token>",
    "/import/plan/<token>/columns",
    "/import/plan/<token>/plan.xlsx",
    "/import/plan/<token>/progress",
    "/import/batch/<name>",
)
def imports(side: Side, _case: Case) -> object:
    """The lists and batches of a manager, and the plan of a list."""
    ids = [one.id for one in side.services.knowledge.batches(side.viewer)]
    start = canonical.response(side.get("/import"), ids)
    fields = {"kind": "organisation", "source": "neu", "mode": "complete"}
    file = (BytesIO(ORGANISATIONS.encode()), "neu.csv")
    sent = side.post("/import", file=file, **fields)
    known = [canonical.response(side.get(f"/import/batch/{one}"), ids) for one in ids]
    if sent.status_code != 303:
        return start, canonical.response(sent), known
    address = plan_of(side, sent)
    columns = canonical.response(side.get(f"{address}/columns"))
    side.post(f"{address}/columns")
    plan_of(side, sent)
    shown = _all(side, [address, f"{address}/progress", f"{address}?show=new"])
    told = start, columns, shown, known, _sheets(side, f"{address}/plan.xlsx")
    # Both sides have one database of accounts, and the next one begins without this list.
    side.post(f"{address}/discard")
    return told


def plan_of(side: Side, sent: TestResponse) -> str:
    """The address of a list that was sent, once nobody works on it any more."""
    token = sent.location.split("/")[3].partition("?")[0]
    side.client.application.extensions["imports"].settle(token, 120)
    return f"/import/plan/{token}"


@read_path("/import/doubts", "POST /import/doubts")
def doubts(side: Side, _case: Case) -> object:
    """What may be one of what a manager reads, and what was decided of it."""
    base = side.services.knowledge.addresses
    pair = {"one": base.thing("organisation", "a"), "other": base.thing("organisation", "b")}
    refused = side.post("/import/doubts", choice="same", **pair)
    pages = ["/import/doubts", "/import/doubts?show=decided"]
    return canonical.response(refused), _all(side, pages)


@read_path("/import/template/<kind>.<ending>")
def templates(side: Side, _case: Case) -> object:
    """An empty list, in whose drop-down lists sectors and clusters stand."""
    return _sheets(side, "/import/template/organisation.xlsx")


def _sheets(side: Side, address: str) -> object:
    """The parts of a workbook; a page where there is none."""
    answer = side.get(address)
    if not answer.data.startswith(b"PK"):
        return canonical.response(answer)
    with ZipFile(BytesIO(answer.data)) as parts:
        return {part: parts.read(part) for part in parts.namelist()}


@read_path(
    "/register", "/sign-in", "/password", "POST /register", "POST /sign-in", "POST /password",
    changes=True,
)  # fmt: skip
def sign_up(side: Side, case: Case) -> object:
    """Registration and a forgotten password, with addresses and names that may be taken."""
    walk = Walk(side)
    for email, names in (
        (people.TAKEN, ("Linsen GmbH", case.words[0])),
        ("new@own.example", ("Laserwerk", "Geheimlicht")),
    ):
        name = {"name": "Bob", "email": email}
        for organisation in names:
            walk.post("/register", organisation=organisation, **name)
        walk.post("/register", which="linsen", organisation="x", **name)
        walk.post("/password", email=email)
        walk.post("/sign-in", email=email, password="wrong")
    for page in ("/register", "/password", "/sign-in"):
        walk.get(page)
    return walk.told()
