"""Who is told what is kept about a person, who may erase it, and what is left of it then."""

import json
import os
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from pyoxigraph import RdfFormat, parse
from werkzeug.test import TestResponse

from graph import Knowledge, Source
from ontology import CR
from tests.graph.saying import ADDRESSES, TEST, adding, row, thing
from tests.graph.test_erasing import MARA, holding, told
from webapp import Settings, create_app
from webapp.accounts import Account, Audit, clock
from webapp.accounts.tables import Attempt, SignIn
from webapp.importing.imports import imports
from webapp.importing.remembering import Prepared
from webapp.privacy.erasing import erase_person
from webapp.privacy.rows import all_tables
from webapp.privacy.tidying import tidy
from webapp.profiles.tables import (
    NoMail,
    ProfileConfirmed,
    ProfileContact,
    ProfileMail,
    ProfileSaved,
)
from webapp.services import Services

PASSWORD = "a long enough password"
OPTENCE = ADDRESSES.thing("cluster", "optence-cluster")


@dataclass
class Site:
    """An application in a data folder with a person, their account, a manager and others."""

    app: Flask
    made: Services
    folder: Path

    def account(self, user: str, **more: object) -> Account:
        """An account that may sign in."""
        made = self.made.accounts.create(f"{user}@optence.example", user.title(), PASSWORD)
        with self.made.accounts.session() as session:
            kept = session.get_one(Account, made.id)
            for key, value in more.items():
                setattr(kept, key, value)
            return kept

    def client(self, name: str) -> FlaskClient:
        """A browser that is signed in."""
        client = self.app.test_client()
        self.send(client, "/sign-in", email=f"{name}@optence.example", password=PASSWORD)
        return client

    def known(self, user: str) -> Account:
        """The account of somebody who has one."""
        found = self.made.accounts.by_email(f"{user}@optence.example")
        assert found
        return found

    def send(self, client: FlaskClient, path: str, **form: str) -> TestResponse:
        """Send the form of a page."""
        page = client.get(path)
        token = re.search(r'name="form_token" value="([^"]+)"', page.text)
        assert token, page.text
        return client.post(path, data={"form_token": token[1], **form})


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    knowledge = told(Knowledge.open(tmp_path))
    list_of = Source("list", owner="", label="Members")
    member = row(
        "list",
        "optence",
        "organisation",
        "Optence e. V.",
        memberOf=thing("cluster", "optence-cluster"),
    )
    cluster = row("list", "optence-cluster", "cluster", "Cluster")
    jim = row("list", "jim", "person", "Jim Fremd", worksFor=thing("organisation", "other"))
    other = row("list", "other", "organisation", "Other")
    described = list_of.quads(ADDRESSES)
    knowledge.commit(adding(member, cluster, jim, other, described), TEST)
    app = create_app(Settings(data_dir=str(tmp_path)), knowledge=knowledge)
    app.testing = True
    made = Site(app, app.extensions["services"], tmp_path)
    made.account("mara", person=MARA, name="Mara Lindqvist")
    made.account("ada", administrator=True)
    made.account("max")
    manager = made.account("manu")
    made.made.accounts.manage(manager.id, OPTENCE)
    yield made
    made.made.close()


def test_a_person_reads_what_is_kept_about_them(site: Site) -> None:
    client = site.client("mara")
    page = client.get("/account/data").text
    assert "Members" in page and "row “mara-lindqvist”" in page
    assert "On light" in page, "where the person is named"
    assert "g-7" in page
    assert "Q. Lindqvist" not in page, "a closed room of others"
    answer = client.get("/account/data.json")
    said = json.loads(answer.data)
    assert said["kept"]["account"][0]["email"] == "mara@optence.example"
    assert "password" not in answer.text and "digest" not in answer.text
    assert {one["source"] for one in said["imported_from"]} == {"list", "guests"}
    assert said["kept"]["audit"][0]["action"] == "sign in"
    assert "account-of-jo" not in answer.text, "who else works here is not told"
    turtle = client.get("/account/data.ttl").data
    triples = list(parse(turtle, format=RdfFormat.TURTLE))
    assert any(str(one.subject) == f"<{MARA}>" for one in triples)
    assert any(CR + "RowIsThing" in str(one.object) for one in triples)
    assert client.get("/account/data.exe").status_code == 404


def test_what_others_saved_is_not_told(site: Site) -> None:
    from webapp.me.tables import Saved  # noqa: PLC0415

    other = site.known("max")
    with site.made.accounts.session() as session:
        session.add(Saved(account_id=other.id, thing=MARA, since=clock.now()))
    for name in ("mara", "manu"):
        path = "/account/data.json" if name == "mara" else "/persons/mara-lindqvist/data.json"
        assert other.id not in site.client(name).get(path).text


def test_who_may_see_and_erase_a_person(site: Site) -> None:
    for name, slug, status in (
        ("mara", "mara-lindqvist", 200),
        ("ada", "mara-lindqvist", 200),
        ("manu", "mara-lindqvist", 200),
        ("manu", "jim", 403),
        ("max", "mara-lindqvist", 403),
        ("manu", "nobody", 404),
    ):
        client = site.client(name)
        for ending in ("data", "data.json", "erase"):
            answer = client.get(f"/persons/{slug}/{ending}")
            assert answer.status_code == status, (name, slug, ending)
        linked = "What is kept, and erasing it" in client.get(f"/page/person/{slug}").text
        assert linked == (status == 200), (name, slug)


def test_a_visitor_is_sent_to_sign_in(site: Site) -> None:
    client = site.app.test_client()
    for path in ("/account/data", "/account/erase", "/persons/mara-lindqvist/data"):
        assert client.get(path).status_code == 302
    assert client.post("/account/erase").status_code in {302, 401, 403}


def test_an_administrator_sees_what_is_closed(site: Site) -> None:
    text = site.client("ada").get("/persons/mara-lindqvist/data.json").text
    assert "Q. Lindqvist" in text and "mara@optence.example" in text
    assert "mara@optence.example" not in (
        site.client("manu").get("/persons/mara-lindqvist/data.json").text
    )


def test_erasing_oneself_asks_and_wants_the_password(site: Site) -> None:
    client = site.client("mara")
    for form in ({"password": PASSWORD}, {"sure": "yes", "password": "wrong"}, {"sure": "yes"}):
        answer = site.send(client, "/account/erase", **form)
        assert answer.status_code == 400 and 'aria-invalid="true"' in answer.text
    assert site.made.accounts.by_email("mara@optence.example")
    assert (
        client.post("/account/erase", data={"sure": "yes", "password": PASSWORD}).status_code == 403
    )


def test_who_erased_themselves_is_nowhere(site: Site) -> None:
    accounts, folder = site.made.accounts, site.folder
    account = site.known("mara")
    manager = site.known("manu")
    accounts.invite("mara@optence.example", by=manager.id)
    accounts.audit(manager.id, "something", f"{account.id} {MARA}")
    site.made.mailer.send("mara@optence.example", "Hello", "Dear Mara", language="en")
    site.made.mailer.send(
        "jo@optence.example", "News", "Ask Dr. Märä or Mara Lindqvist.", language="de"
    )
    site.made.mailer.send("jo@optence.example", "Other news", "Ask anybody.", language="en")
    uploads = folder / "uploads"
    uploads.mkdir()
    (uploads / "a.list").write_text("id;name\n1;Mara Lindqvist\n", encoding="utf-8")
    (uploads / "a.json").write_text("{}", encoding="utf-8")
    (uploads / "b.list").write_text("id;name\n1;Jo\n", encoding="utf-8")
    client = site.client("mara")
    assert holding(folder, "mara@optence.example")
    answer = site.send(client, "/account/erase", sure="yes", password=PASSWORD)
    assert answer.status_code == 303
    assert client.get("/account/data").status_code == 302
    for text in ("lindqvist", "mara@optence.example", account.id, "mara-lindqvist"):
        assert holding(folder, text) == [], text
    assert [path.name for path in uploads.iterdir()] == ["b.list"]
    assert len(list((folder / "mail").glob("*.eml"))) == 1
    assert accounts.by_email("manu@optence.example") and accounts.manages(manager.id)
    assert "something" in [one.action for one in accounts.audited()]
    assert site.app.test_client().get("/page/person/mara-lindqvist").status_code == 404
    assert site.app.test_client().get("/page/person/jo").status_code == 200


def test_a_manager_erases_a_person_but_no_account(site: Site) -> None:
    client = site.client("manu")
    answer = site.send(client, "/persons/mara-lindqvist/erase", sure="yes", password=PASSWORD)
    assert answer.status_code == 200 and "Nothing of this person" in answer.text
    account = site.known("mara")
    assert account and account.person is None
    assert "No person of the radar" in site.client("mara").get("/account/data").text


def test_the_only_administrator_stays(site: Site) -> None:
    client = site.client("ada")
    answer = site.send(client, "/account/erase", sure="yes", password=PASSWORD)
    assert answer.status_code == 400 and "only administrator" in answer.text


def test_in_german(site: Site) -> None:
    client = site.client("mara")
    page = client.get("/account/erase?lang=de").text
    assert "Endgültig löschen" in page
    assert "Was über mich aufbewahrt wird" in client.get("/account/data?lang=de").text


def test_plans_that_are_remembered_are_forgotten(site: Site) -> None:
    with site.app.app_context():
        remembered = imports()._remembered
        remembered.put("one", Prepared())
        erase_person(site.made, [MARA])
        assert remembered.get("one") is None


def test_an_erasure_that_a_crash_interrupted_is_finished_at_the_start(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Crash(BaseException):
        pass

    def crash(*_: object) -> None:
        raise Crash

    account = site.known("mara")
    with monkeypatch.context() as patch:
        patch.setattr("webapp.privacy.erasing.erase_rows", crash)
        with pytest.raises(Crash):
            erase_person(site.made, [MARA], [account])
    site.made.close()
    assert holding(site.folder, "mara@optence.example")
    app = create_app(Settings(data_dir=str(site.folder)))
    try:
        for text in ("lindqvist", "mara@optence.example", account.id):
            assert holding(site.folder, text) == []
        assert app.extensions["services"].accounts.by_email("manu@optence.example")
    finally:
        app.extensions["services"].close()


def test_how_long_each_table_is_kept_is_written_down() -> None:
    page = (Path(__file__).parents[2] / "docs" / "operating.md").read_text(encoding="utf-8")
    rows = [line.partition("|")[2].partition("|")[0] for line in page.splitlines()]
    told = {name for row in rows for name in re.findall(r"`([a-z_]+)`", row)}
    assert not {table.name for table in all_tables()} - told


def test_what_is_noted_of_profiles_is_thrown_away_when_it_is_old(site: Site) -> None:
    accounts = site.made.accounts
    mara = site.known("mara")
    long_ago = clock.now() - timedelta(days=5_000)
    fresh = clock.now()
    with accounts.session() as session:
        for name, time in (("old", long_ago), ("new", fresh)):
            given = {"cluster": "c", "organisation": name, "email": "a@b.de"}
            session.add(ProfileContact(language="de", time=time, **given))
            session.add(ProfileConfirmed(thing=name, time=time, how="link"))
            session.add(NoMail(digest=name, time=time))
            mail = ProfileMail(id=name, organisation=name, cluster="c", email="a@b.de", sent=time)
            session.add(mail)
            session.add(Attempt(tried=name, time=time))
        session.add(ProfileSaved(batch="no batch", thing="old", account_id=mara.id))
        accounts.create_token(mara.id, "old", ("read",), expires=long_ago)
    tidied = tidy(site.made)
    noted = (tidied.contacts, tidied.asked, tidied.confirmations, tidied.refusals)
    assert noted == (1, 1, 1, 1)
    assert (tidied.tokens, tidied.saved, tidied.attempts) == (1, 1, 1)
    assert not tidy(site.made)


def test_tidying_throws_away_what_is_old_and_nothing_else(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    accounts = site.made.accounts
    leaving = site.known("max")
    accounts.close(leaving.id, by=leaving.id)
    accounts.invite("new@optence.example")
    accounts.add_job("0" * 16, "export", {}, account=None)
    accounts.end_job("0" * 16, {})
    accounts.begin(site.known("mara").id)
    site.made.mailer.send("jo@optence.example", "News", "Text", language="en")
    (mail,) = (site.folder / "mail").glob("*.eml")
    assert not tidy(site.made), "all of it is new"
    later = clock.now() + timedelta(days=120)
    for module in ("webapp.privacy.tidying", "webapp.accounts.records"):
        monkeypatch.setattr(f"{module}.now", lambda: later)
    os.utime(mail, (time.time() - 1, time.time() - 1))
    tidied = tidy(site.made)
    assert (tidied.sessions, tidied.jobs, tidied.invitations, tidied.mails) == (1, 1, 1, 1)
    assert tidied.accounts == 2, "the closed one and the one that was never taken"
    assert tidied.audit == tidied.batches == 0
    assert accounts.by_id(leaving.id) is None and accounts.by_email("mara@optence.example")
    assert not holding(site.folder, "max@optence.example")
    later = clock.now() + timedelta(days=4000)
    again = tidy(site.made)
    assert again.audit and again.batches == 4
    assert not [one for one in site.made.knowledge.batches() if one.kept and one.time < clock.now()]
    with accounts.reading() as session:
        assert not session.query(SignIn).count()
        assert session.query(Audit).count() == 0
