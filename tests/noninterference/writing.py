"""Read paths of those who write: what forms answer, and what is mailed because of them."""

from io import BytesIO
from typing import Final

from sqlalchemy import delete

from graph import decided_words, list_words
from tests.noninterference import canonical, members, people
from tests.noninterference.cases import ACCOUNT, ADDRESSES, NAMES, Case
from tests.noninterference.changing import ORGANISATIONS
from tests.noninterference.paths import read_path
from tests.noninterference.sides import Side
from tests.noninterference.walking import Walk, nonces_in_turn
from webapp.accounts import ApiToken, Audit
from webapp.links import make
from webapp.profiles.mails import CONFIRM, STOP

_MINE: Final = "organisation/laserwerk"


def known_to(side: Side) -> object:
    """What the viewer may read now."""
    knowledge = side.services.knowledge
    return canonical.multiset(knowledge.view(side.viewer).statements())


def _link(side: Side, purpose: str, mail: str) -> str:
    with side.app.app_context():
        return make(purpose, mail)


def _mails(side: Side, case: Case) -> list[str]:
    """The mails that the viewer may open, since nothing in them is hidden from it."""
    found = [people.TO_ACCOUNT] if people.acts(case) else []
    in_cluster = "network:cluster/optence" in side.viewer.memberships
    return [*found, people.TO_CONTACT] if in_cluster else found


@read_path("/confirm/<token>", "/confirm/<token>/correct", "/confirm/stop/<token>")
def links_of_mails(side: Side, case: Case) -> object:
    """What a mail opens that asks whether a profile is still true."""
    told = []
    for mail in _mails(side, case):
        link, stop = _link(side, CONFIRM, mail), _link(side, STOP, mail)
        walk = Walk(side, link, stop)
        for address in (f"/confirm/{link}", f"/confirm/{link}/correct", f"/confirm/stop/{stop}"):
            walk.get(address)
        told.append(walk.told())
    return told


@read_path(
    "POST /confirm/<token>",
    "POST /confirm/<token>/correct",
    "POST /confirm/<token>/undo/<batch>",
    "POST /confirm/stop/<token>",
    changes=True,
)
def answers_to_mails(side: Side, case: Case) -> object:
    """What is said on confirming and correcting by such a link."""
    told = []
    for mail in _mails(side, case):
        link, stop = _link(side, CONFIRM, mail), _link(side, STOP, mail)
        walk = Walk(side, link, stop)
        walk.post(f"/confirm/{link}")
        page = walk.get(f"/confirm/{link}/correct")
        there = f"/confirm/{link}/correct"
        words = {"interestedIn__add__text": case.words[0], "employeeCount__0__text": "4711"}
        walk.send(page, there, **words)
        walk.send(page, there, homepage__0__text="no address", **words)
        walk.post(f"/confirm/{link}/undo/none")
        walk.post(f"/confirm/stop/{stop}")
        told.append(walk.told())
    return told, known_to(side)


@read_path(
    "POST /me/interests", "POST /me/saved", "POST /me/visits", "POST /me/wishes", changes=True
)
def choosing(side: Side, case: Case) -> object:
    """Interests, saved things and wishes, by names and addresses that may be hidden."""
    walk = Walk(side)
    for word in (*case.words[:2], NAMES[9]):
        walk.post("/me/interests", q=word)
    for name in case.asked:
        walk.post("/me/interests", interest=name)
        walk.post("/me/interests", drop=name)
        walk.post("/me/saved", save=name)
        walk.post("/me/saved", unsave=name)
        walk.post("/me/wishes", more=name)
        walk.post("/me/wishes", less=name, back="/")
    walk.post("/me/visits", record="on")
    for name in case.asked:
        walk.get(f"/page/{name}")
        walk.get(f"/radar/{name}")
    walk.get("/me/visits")
    walk.get("/")
    walk.post("/me/visits", forget=case.asked[0] if case.asked else "")
    walk.post("/me/visits", record="off")
    return walk.told()


@read_path(
    "POST /account/acting",
    "POST /account/acting/stop",
    "POST /profile/claim/<kind>/<path:slug>",
    changes=True,
)
def claiming(side: Side, case: Case) -> object:
    """To say for whom one acts: organisations that may be hidden, by name and address."""
    walk = Walk(side)
    for name in (*case.words[:1], "Linsen GmbH", "linsen", NAMES[9]):
        walk.post("/account/acting", organisation=name)
    for name in ("organisation/linsen", _MINE, case.asked[0]):
        walk.post(f"/profile/claim/{name}")
    walk.post("/account/acting/stop", iri=people.FOREIGN)
    return walk.told()


@read_path(
    "POST /profile/<kind>/<path:slug>",
    "POST /profile/confirm/<kind>/<path:slug>",
    "POST /profile/add/<new>/<kind>/<path:slug>",
    "POST /profile/remove/<kind>/<path:slug>",
    "POST /profile/undo/<batch>",
    changes=True,
)
def editing(side: Side, case: Case) -> object:
    """What the forms of a profile answer, with words that may mean what is hidden."""
    walk = Walk(side)
    there = f"/profile/{_MINE}"
    page = walk.get(there)
    for word in (case.words[0], "Geheimlicht"):
        words = {"interestedIn__add__text": word, "hasCompetence__add__text": word}
        walk.send(page, there, employeeCount__0__text="12", **words)
    walk.send(page, there, label__0__text="", homepage__0__text="no address")
    walk.post(f"/profile/confirm/{_MINE}")
    for new, name in (("person", "Bob Ampel"), ("device", "laser-1"), ("listing", "Gesuch")):
        add = f"/profile/add/{new}/{_MINE}"
        walk.send(walk.get(add), add, label__0__text=name, nonce="0" * 16)
    for name in ("device/laser-1", "person/bob", "listing/gesuch"):
        walk.post(f"/profile/remove/{name}")
    walk.post("/profile/undo/none")
    return walk.told(), known_to(side)


@read_path("PATCH /api/v1/things/<kind>/<path:slug>", changes=True)
def editing_by_program(side: Side, case: Case) -> object:
    """What a program is answered that writes, with words that may mean what is hidden."""
    accounts = side.services.accounts
    token, secret = accounts.create_token(ACCOUNT, "program", ("edit",))
    answers = []
    for name in (_MINE, case.asked[-1]):
        for word in (case.words[0], "Geheimlicht", case.asked[0], "12"):
            values = {"interestedIn": [word], "employeeCount": [word], "wings": [word]}
            for one in (values, {"interestedIn": [word]}, {"description": [word]}):
                answer = side.app.test_client().patch(
                    f"/api/v1/things/{name}",
                    json={"values": one},
                    headers={"Authorization": f"Bearer {secret}"},
                )
                batch = (answer.get_json() or {}).get("batch")
                answers.append(canonical.response(answer, [batch] if batch else []))
    with accounts.session() as session:
        session.execute(delete(ApiToken).where(ApiToken.id == token.id))
        session.execute(delete(Audit).where(Audit.about == token.id))
    return answers, known_to(side)


@read_path(
    "POST /groups",
    "POST /groups/<slug>",
    "POST /groups/<slug>/invite",
    "POST /groups/<slug>/posts",
    "POST /groups/<slug>/take-down",
    "POST /groups/<slug>/take-out",
    "POST /groups/<slug>/hand-over",
    "POST /groups/<slug>/dissolve",
    "POST /groups/invitations/<invitation>/<answer>",
    changes=True,
)
def keeping_rooms(side: Side, case: Case) -> object:
    """Rooms that are opened under names of others, and forms of rooms that are not there."""
    walk = Walk(side)
    with nonces_in_turn():
        made = walk.post("/groups", name="Rot", text="", seen_by="hidden")
        opened = made.location.rpartition("/")[2] if made.status_code == 303 else "rot-0"
        for slug in (opened, "rot", "gruen"):
            _keep_room(walk, slug, case)
    walk.post("/groups/invitations/rot-2/accept")
    return walk.told(), known_to(side)


def _keep_room(walk: Walk, slug: str, case: Case) -> None:
    room = f"/groups/{slug}"
    for name in ("Linsen GmbH", case.words[0]):
        walk.post(f"{room}/invite", q=name)
    for name in ("organisation/linsen", case.asked[0]):
        walk.post(f"{room}/invite", thing=name)
    walk.post(f"{room}/posts", sort="need", title="Gesuch", topics=", ".join(case.words))
    walk.post(f"{room}/take-down", thing=ADDRESSES.thing("listing", "gesuch"))
    walk.post(f"{room}/take-out", member=f"{slug}-2")
    walk.post(f"{room}/hand-over", account=people.OTHER)
    walk.post(room, name="Blau", text=case.words[0], seen_by="platform")
    walk.post(f"{room}/dissolve")


@read_path(
    "POST /people/invite",
    "POST /people/withdraw/<invitation_id>",
    "POST /people/confirm",
    "POST /people/stop",
    "POST /people/close",
    "POST /profile/members/<kind>/<path:slug>/contact",
    "POST /profile/members/<kind>/<path:slug>/ask",
    changes=True,
)
def managing(side: Side, _case: Case) -> object:
    """What a manager does with members who may be hidden."""
    walk = Walk(side)
    for name in ("laserwerk", "linsen"):
        mail = {"email": "eve@own.example", "language": side.lang}
        walk.post("/people/invite", cluster="cluster/optence", organisation=name, **mail)
        members = "/profile/members/cluster/optence"
        walk.post(f"{members}/contact", organisation=name, **mail)
        walk.post(f"{members}/ask", organisation=name)
        walk.post(f"{members}/ask", organisation=name, send="1")
    walk.post("/profile/members/cluster/photonik/ask", organisation="linsen")
    for page in ("confirm", "stop", "close"):
        for organisation in (people.FOREIGN, people.MINE):
            walk.post(f"/people/{page}", account=people.OTHER, organisation=organisation)
    walk.post("/people/withdraw/none")
    return walk.told()


@read_path(
    "POST /import",
    "POST /import/plan/<token>",
    "POST /import/plan/<token>/columns",
    "POST /import/plan/<token>/discard",
    "POST /import/batch/<name>/undo",
    changes=True,
)
def committing(side: Side, _case: Case) -> object:
    """Lists under names that others may have taken, committed and taken back."""
    walk = Walk(side)
    for source in ("neu", "members", "inside"):
        file = (BytesIO(ORGANISATIONS.encode()), "neu.csv")
        fields = {"kind": "organisation", "source": source, "mode": "complete"}
        plan = walk.post("/import", file=file, **fields)
        if plan.status_code != 303:
            continue
        address = members.plan_of(side, plan)
        walk.drew(address.rpartition("/")[2])
        walk.post(f"{address}/columns", again="yes", delimiter="semicolon", header_row="1")
        members.plan_of(side, plan)
        walk.post(f"{address}/columns")
        members.plan_of(side, plan)
        if source == "inside":
            walk.post(f"{address}/discard")
        elif f'action="{address}"' in (page := side.get(address)).text:
            walk.send(page, address, address, allow_gone="yes")
            members.plan_of(side, plan)
        side.post(f"{address}/discard")
    known = known_to(side)
    own = [one.id for one in side.services.knowledge.batches(side.viewer)][:2]
    for one in own:
        walk.drew(one)
        walk.post(f"/import/batch/{one}/undo")
    return walk.told(), known, known_to(side)


@read_path("POST /import/words", changes=True)
def deciding_words(side: Side, _case: Case) -> object:
    """What words mean: decided in every way, and taken back."""
    walk = Walk(side)
    knowledge, viewer = side.services.knowledge, side.viewer
    waiting = [word.id for word in list_words(knowledge, viewer)][:3]
    for word, choice in zip((*waiting, "none"), ("nothing", "other", "new", "new"), strict=False):
        walk.post("/import/words", word=word, choice=choice, text="Laser")
    walk.get("/import/words?show=decided")
    for word in [word.id for word in decided_words(knowledge, viewer)][:1]:
        walk.post("/import/words", word=word, choice="back")
    walk.get("/import/words")
    return walk.told(), known_to(side)


@read_path("POST /persons/<slug>/erase", changes=True)
def erasing(side: Side, _case: Case) -> object:
    """What is said on erasing somebody, and what is left."""
    walk = Walk(side)
    walk.post("/persons/bob/erase")
    walk.post("/persons/bob/erase", sure="yes")
    walk.get("/page/person/bob")
    return walk.told(), known_to(side)
