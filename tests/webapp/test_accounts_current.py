"""Who asks: cookies of browsers, tokens of programs, roles, and what they may read and edit."""

from collections.abc import Iterator
from http.cookies import SimpleCookie

import pytest
from flask import Flask, jsonify
from flask.testing import FlaskClient
from flask.typing import ResponseReturnValue
from pyoxigraph import NamedNode
from sqlalchemy.exc import OperationalError

from graph import About, Change, Knowledge, Source, Viewer, decisions, source_name
from ontology import CR, RDFS
from tests.graph.small_knowledge import THEN, tell
from tests.postgresql import PostgreSQL
from webapp import Settings, create_app
from webapp.accounts import Account, Accounts
from webapp.accounts.current import (
    current_account,
    for_tokens,
    manages,
    may_edit,
    require_account,
    require_administrator,
    require_manager_of,
    sign_in,
    sign_out,
)
from webapp.security import require_own_form
from webapp.services import Services, services

GOOD = "correct horse battery"
ID = "https://w3id.org/clusterradar/id/"
OPTENCE, MUSTER, ADA_THING = ID + "cluster/optence", ID + "organisation/muster", ID + "person/ada"
STRANGER = ID + "organisation/stranger"


def grow(knowledge: Knowledge) -> None:
    member = {CR + "memberOf": "id/cluster/optence"}
    tell(
        knowledge,
        {
            "cluster/optence": {RDFS + "label": "Optence"},
            "cluster/other": {RDFS + "label": "Other"},
            "organisation/muster": {RDFS + "label": "Muster", **member},
            "organisation/stranger": {RDFS + "label": "Stranger"},
            "person/ada": {RDFS + "label": "Ada", CR + "worksFor": "id/organisation/muster"},
            "device/laser": {RDFS + "label": "Laser", CR + "operatedBy": "id/organisation/muster"},
            "listing/offer": {RDFS + "label": "Offer", CR + "listedBy": "id/organisation/stranger"},
            "project/joint": {
                RDFS + "label": "Joint",
                CR + "coordinatedBy": "id/organisation/muster",
            },
        },
    )


def add_views(app: Flask) -> None:
    def entering(email: str) -> ResponseReturnValue:
        account = services().accounts.by_email(email)
        assert account is not None
        sign_in(account)
        return "in"

    def leaving() -> ResponseReturnValue:
        sign_out()
        return "out"

    def whoami() -> ResponseReturnValue:
        account, viewer = current_account(), services().viewer()
        return jsonify(
            email=account.email if account else None,
            viewer=viewer.account,
            memberships=sorted(viewer.memberships),
            manages=list(manages()),
        )

    def editable(place: str) -> ResponseReturnValue:
        return jsonify(may_edit(ID + place))

    def changing() -> ResponseReturnValue:
        require_own_form()
        return "changed"

    @for_tokens("import")
    def importing() -> ResponseReturnValue:
        require_own_form()
        return require_account().email

    app.add_url_rule("/t/enter/<email>", "t_enter", entering)
    app.add_url_rule("/t/leave", "t_leave", leaving)
    app.add_url_rule("/t/who", "t_who", whoami)
    app.add_url_rule("/t/edit/<path:place>", "t_edit", editable)
    app.add_url_rule("/t/change", "t_change", changing, methods=["POST"])
    app.add_url_rule("/t/import", "t_import", importing, methods=["POST"])
    app.add_url_rule("/t/mine", "t_mine", lambda: require_account().email)
    app.add_url_rule("/t/manager/<slug>", "t_manager", _manager)
    app.add_url_rule("/t/administrator", "t_admin", lambda: require_administrator().email)


def _manager(slug: str) -> str:
    return require_manager_of(ID + "cluster/" + slug).email


@pytest.fixture
def app() -> Iterator[Flask]:
    knowledge = Knowledge.open()
    grow(knowledge)
    made = create_app(Settings(), knowledge=knowledge)
    made.testing = True
    add_views(made)
    yield made
    made.extensions["services"].close()


@pytest.fixture
def made(app: Flask) -> Services:
    found: Services = app.extensions["services"]
    return found


@pytest.fixture
def accounts(made: Services) -> Accounts:
    return made.accounts


@pytest.fixture
def ada(accounts: Accounts) -> Account:
    return accounts.create("ada@x.example", "Ada", GOOD)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


def bearer(accounts: Accounts, account: Account, *scopes: str) -> dict[str, str]:
    _token, secret = accounts.create_token(account.id, "script", scopes)
    return {"Authorization": f"Bearer {secret}"}


@pytest.mark.usefixtures("ada")
def test_a_browser_is_signed_in_until_it_signs_out(client: FlaskClient) -> None:
    assert client.get("/t/who").json == {
        "email": None,
        "viewer": None,
        "memberships": [],
        "manages": [],
    }
    client.get("/t/enter/ada@x.example")
    assert client.get("/t/who").get_json()["email"] == "ada@x.example"
    client.get("/t/leave")
    assert client.get("/t/who").get_json()["email"] is None


@pytest.mark.usefixtures("ada")
def test_a_cookie_that_was_copied_ends_with_the_sign_out(app: Flask, client: FlaskClient) -> None:
    client.get("/t/enter/ada@x.example")
    copied = client.get_cookie("session")
    assert copied is not None
    client.get("/t/leave")
    thief = app.test_client()
    thief.set_cookie("session", copied.value)
    assert thief.get("/t/who").get_json()["email"] is None


def test_a_cookie_that_was_planted_is_worth_nothing_after_the_sign_in(
    app: Flask, client: FlaskClient, accounts: Accounts, ada: Account
) -> None:
    client.get("/t/enter/ada@x.example")
    planted = client.get_cookie("session")
    assert planted is not None
    victim = app.test_client()
    victim.set_cookie("session", planted.value)
    victim.get("/t/enter/ada@x.example")
    fresh = victim.get_cookie("session")
    assert fresh is not None and fresh.value != planted.value
    assert client.get("/t/who").get_json()["email"] is None, "the planted cookie has ended"
    assert victim.get("/t/who").get_json()["email"] == "ada@x.example"
    assert len(accounts.sign_ins(ada.id)) == 1


@pytest.mark.usefixtures("ada")
def test_what_a_session_held_before_does_not_go_on(client: FlaskClient) -> None:
    with client.session_transaction() as session:
        session["planted"] = "yes"
    client.get("/t/enter/ada@x.example")
    with client.session_transaction() as session:
        assert "planted" not in session


@pytest.mark.usefixtures("ada")
def test_the_cookie_is_not_for_scripts_nor_for_other_sites(client: FlaskClient) -> None:
    answer = client.get("/t/enter/ada@x.example")
    cookie = SimpleCookie(answer.headers["Set-Cookie"])["session"]
    assert cookie["httponly"] and cookie["samesite"] == "Lax" and not cookie["secure"]
    assert not cookie["max-age"] and not cookie["expires"], "it goes with the browser"
    assert "ada" not in cookie.value


def test_behind_https_the_cookie_is_sent_encrypted_only() -> None:
    app = create_app(Settings(public_url="https://radar.example"), knowledge=Knowledge.open())
    add_views(app)
    app.extensions["services"].accounts.create("ada@x.example", "Ada", GOOD)
    client = app.test_client()
    entered = client.get("/t/enter/ada@x.example", base_url="https://radar.example")
    form = client.get("/sign-in", base_url="https://radar.example")
    cookies = SimpleCookie()
    for line in (*entered.headers.getlist("Set-Cookie"), *form.headers.getlist("Set-Cookie")):
        cookies.load(line)
    assert cookies["__Host-session"]["path"] == "/" and not cookies["__Host-session"]["domain"]
    assert all(one["secure"] and one["httponly"] for one in cookies.values())
    known = client.get("/t/who", base_url="https://radar.example")
    assert known.get_json()["email"] == "ada@x.example"
    app.extensions["services"].close()


def test_signatures_of_another_installation_are_worth_nothing(
    app: Flask, client: FlaskClient, ada: Account
) -> None:
    app.secret_key = b"another"
    client.get("/t/enter/ada@x.example")
    app.secret_key = b"ours"
    assert client.get("/t/who").get_json()["email"] is None
    assert ada.status == "active"


def test_answers_to_who_is_signed_in_are_kept_by_nobody_else(
    client: FlaskClient, accounts: Accounts, ada: Account
) -> None:
    public = client.get("/")
    assert "private" not in public.headers.get("Cache-Control", "")
    mixed = {"Cookie", "Authorization"}
    assert mixed <= set(public.vary), "a cache must not take the one for the other"
    client.get("/t/enter/ada@x.example")
    assert client.get("/page/cluster/optence").headers["Cache-Control"] == "private, no-cache"
    program = client.get("/id/cluster/optence.ttl", headers=bearer(accounts, ada, "read"))
    assert "private" in program.headers["Cache-Control"]


def test_a_token_reads_with_read_and_changes_only_where_its_scope_is_wanted(
    client: FlaskClient, accounts: Accounts, ada: Account
) -> None:
    reads, imports = bearer(accounts, ada, "read"), bearer(accounts, ada, "import")
    assert client.get("/t/who", headers=reads).get_json()["viewer"] == ada.id
    assert client.get("/t/who", headers=imports).status_code == 403
    assert client.post("/t/import", headers=imports).text == ada.email
    assert client.post("/t/import", headers=reads).status_code == 403
    both = bearer(accounts, ada, "read", "import", "edit")
    assert client.post("/t/change", headers=both).status_code == 403


def test_a_program_asks_sparql_by_post(
    client: FlaskClient, accounts: Accounts, ada: Account
) -> None:
    headers = {**bearer(accounts, ada, "read"), "Content-Type": "application/sparql-query"}
    assert client.post("/sparql", data="ASK {}", headers=headers).status_code == 200


def test_a_bad_token_is_told_and_not_taken_for_a_visitor(client: FlaskClient) -> None:
    for secret in ("", "x", "clusterradar_" + "x" * 43, "\u00e4".encode().decode("latin-1")):
        answer = client.get("/api/v1/search?q=a", headers={"Authorization": f"Bearer {secret}"})
        assert answer.status_code == 401 and answer.get_json()["error"] == "bad-token"
    assert client.get("/t/who", headers={"Authorization": "Basic eDp5"}).status_code == 200


def test_the_token_wins_over_the_cookie(
    client: FlaskClient, accounts: Accounts, ada: Account
) -> None:
    bob = accounts.create("bob@x.example", "Bob", GOOD)
    client.get("/t/enter/ada@x.example")
    answer = client.get("/t/who", headers=bearer(accounts, bob, "read"))
    assert answer.get_json()["viewer"] == bob.id != ada.id


def test_visitors_are_sent_to_sign_in_and_programs_are_told(client: FlaskClient) -> None:
    page = client.get("/t/mine?a=b", headers={"Accept": "text/html"})
    assert page.status_code == 302 and page.headers["Location"] == "/sign-in?next=/t/mine%3Fa%3Db"
    assert client.get("/t/mine", headers={"Accept": "application/json"}).status_code == 401


def test_roles(client: FlaskClient, accounts: Accounts, ada: Account) -> None:
    client.get("/t/enter/ada@x.example")
    assert client.get("/t/mine").text == ada.email
    assert client.get("/t/administrator").status_code == 403
    there, nowhere = client.get("/t/manager/other"), client.get("/t/manager/nowhere")
    assert (there.status_code, nowhere.status_code) == (403, 403)
    assert there.text.replace("other", "") == nowhere.text.replace("nowhere", "")
    accounts.manage(ada.id, OPTENCE)
    assert client.get("/t/manager/optence").text == ada.email
    assert client.get("/t/manager/other").status_code == 403
    accounts.appoint(ada.id, administrator=True, by=None)
    assert client.get("/t/administrator").text == ada.email
    assert client.get("/t/manager/other").text == ada.email
    accounts.close(ada.id, by=None)
    assert client.get("/t/administrator", headers={"Accept": "application/json"}).status_code == 401


def test_a_viewer_belongs_to_what_was_confirmed(
    made: Services, accounts: Accounts, ada: Account
) -> None:
    accounts.act_for(ada.id, MUSTER)
    assert accounts.viewer_of(ada) == Viewer(ada.id)
    accounts.confirm_acting(ada.id, MUSTER, how="domain")
    assert accounts.viewer_of(ada).memberships == {"organisation:muster", "network:cluster/optence"}
    accounts.stop_acting(ada.id, MUSTER)
    accounts.manage(ada.id, ID + "cluster/other")
    assert accounts.viewer_of(ada).memberships == {"network:cluster/other"}
    accounts.further.append(
        lambda _accounts, account, so_far: {f"group:{account.name}-{len(so_far)}"}
    )
    assert accounts.viewer_of(ada).memberships == {"network:cluster/other", "group:Ada-1"}
    accounts.close(ada.id, by=None)
    assert accounts.viewer_of(accounts.by_id(ada.id)) == Viewer()
    assert made.viewer() == Viewer(), "outside of a request nobody asks"


@pytest.mark.parametrize(
    ("place", "allowed"),
    [
        ("organisation/muster", True),
        ("person/ada", True),
        ("device/laser", True),
        ("listing/offer", False),
        ("project/joint", False),
        ("organisation/stranger", False),
        ("cluster/optence", False),
        ("device/nowhere", False),
    ],
)
def test_a_member_edits_the_organisation_and_what_belongs_to_it(
    client: FlaskClient, accounts: Accounts, ada: Account, place: str, allowed: bool
) -> None:
    assert client.get("/t/edit/" + place).get_json() is False
    accounts.act_for(ada.id, MUSTER)
    client.get("/t/enter/ada@x.example")
    assert client.get("/t/edit/" + place).get_json() is False, "not confirmed yet"
    accounts.confirm_acting(ada.id, MUSTER, how="manager")
    assert client.get("/t/edit/" + place).get_json() is allowed


@pytest.mark.parametrize(
    ("place", "allowed"),
    [
        ("cluster/optence", True),
        ("organisation/muster", True),
        ("person/ada", True),
        ("device/laser", True),
        ("cluster/other", False),
        ("organisation/stranger", False),
        ("listing/offer", False),
    ],
)
def test_a_manager_edits_the_members_of_the_cluster(
    client: FlaskClient, accounts: Accounts, ada: Account, place: str, allowed: bool
) -> None:
    accounts.manage(ada.id, OPTENCE)
    client.get("/t/enter/ada@x.example")
    assert client.get("/t/edit/" + place).get_json() is allowed


def test_an_administrator_edits_everything(
    client: FlaskClient, accounts: Accounts, ada: Account
) -> None:
    accounts.appoint(ada.id, administrator=True, by=None)
    client.get("/t/enter/ada@x.example")
    assert client.get("/t/edit/cluster/other").get_json() is True


def test_an_account_edits_the_person_that_it_is(
    client: FlaskClient, accounts: Accounts, ada: Account
) -> None:
    with accounts.session() as session:
        session.get_one(Account, ada.id).person = ADA_THING
    client.get("/t/enter/ada@x.example")
    assert client.get("/t/edit/person/ada").get_json() is True
    assert client.get("/t/edit/organisation/muster").get_json() is False


def test_a_claim_to_employ_somebody_opens_no_profile(
    made: Services, client: FlaskClient, accounts: Accounts, ada: Account
) -> None:
    tell(
        made.knowledge,
        {"organisation/stranger": {CR + "employs": "id/person/ada"}},
        source="claims",
    )
    assert any(made.knowledge.view().statements(ADA_THING, CR + "worksFor", NamedNode(STRANGER)))
    accounts.confirm_acting(ada.id, STRANGER, how="domain")
    client.get("/t/enter/ada@x.example")
    assert client.get("/t/edit/person/ada").get_json() is False


def test_a_list_of_another_cluster_opens_nothing(
    made: Services, accounts: Accounts, ada: Account
) -> None:
    addresses = made.knowledge.addresses
    owner = "cluster/other"
    name = source_name("members", owner)
    described = Source(name, "organisation", owner).quads(addresses)
    made.knowledge.commit(Change(add=frozenset(described)), About("import", name, "a list"))
    tell(
        made.knowledge,
        {"organisation/stranger": {CR + "memberOf": "id/cluster/optence"}},
        source=name,
    )
    accounts.confirm_acting(ada.id, STRANGER, how="domain")
    assert "network:cluster/optence" not in accounts.viewer_of(ada).memberships


def test_joining_two_organisations_opens_neither(
    made: Services, client: FlaskClient, accounts: Accounts, ada: Account
) -> None:
    tell(made.knowledge, {"organisation/trojan": {RDFS + "label": "Muster"}}, source="later")
    trojan = ID + "organisation/trojan"
    accounts.confirm_acting(ada.id, trojan, how="manager")
    same = decisions.same(made.knowledge.addresses, MUSTER, trojan, "rule:test", THEN)
    made.knowledge.commit(Change(add=same), About("edit", "", "two are one"))
    joined = made.knowledge.view().redirect(trojan)
    assert joined is not None and joined.iri == MUSTER
    assert accounts.viewer_of(ada).memberships == {"organisation:trojan"}
    client.get("/t/enter/ada@x.example")
    for place in ("organisation/muster", "person/ada", "device/laser"):
        assert client.get("/t/edit/" + place).get_json() is False


def test_without_the_database_there_is_one_sentence(
    client: FlaskClient, accounts: Accounts, ada: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.get("/t/enter/ada@x.example")
    assert ada.status == "active"

    def broken(_shown: str) -> Account:
        raise OperationalError("SELECT", {}, Exception("gone"))

    monkeypatch.setattr(accounts, "by_sign_in", broken)
    page = client.get("/page/cluster/optence")
    assert page.status_code == 503 and "The accounts cannot be read" in page.text
    told = client.get("/api/v1/search?q=a")
    assert told.status_code == 503 and told.get_json()["error"] == "accounts-unavailable"


def test_what_the_database_cannot_hold_is_a_bad_request(postgresql: PostgreSQL) -> None:
    settings = Settings(accounts_url=postgresql.emptied("postgres"))
    app = create_app(settings, knowledge=Knowledge.open())
    app.testing = True
    app.add_url_rule(
        "/t/setting", "t_setting", lambda: str(services().accounts.setting("zero\x00"))
    )
    assert app.test_client().get("/t/setting").status_code == 400
    app.extensions["services"].close()
