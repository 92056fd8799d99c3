"""Mails go to a folder or a server, and nothing can be smuggled into them."""

import email
import smtplib
import stat
from email import policy
from pathlib import Path
from typing import Any

import pytest

from graph import Knowledge
from webapp import Settings, create_app
from webapp.mailing import Kept, Mailer, MailError
from webapp.settings import SettingError


def test_without_a_server_each_mail_is_a_file_for_its_owner_only(tmp_path: Path) -> None:
    mailer = Mailer.of("folder:", "Radar <radar@x.example>", tmp_path)
    mailer.send("ada@x.example", "Grüße", "Schön, dass Sie da sind.\n", language="de")
    mailer.send("bob@x.example", "Hello", "Nice to have you.\n", language="en")
    files = sorted((tmp_path / "mail").iterdir())
    assert len(files) == 2 and all(one.suffix == ".eml" for one in files)
    assert {stat.S_IMODE(one.stat().st_mode) for one in files} == {0o600}
    assert stat.S_IMODE((tmp_path / "mail").stat().st_mode) == 0o700
    read = [email.message_from_bytes(one.read_bytes(), policy=policy.default) for one in files]
    (german,) = [one for one in read if one["To"] == "ada@x.example"]
    assert german["Subject"] == "Grüße" and german["From"] == "Radar <radar@x.example>"
    assert german["Content-Language"] == "de" and german["Auto-Submitted"] == "auto-generated"
    assert german["Message-ID"].endswith("@x.example>")
    assert german.get_content() == "Schön, dass Sie da sind.\n"


def test_another_folder_can_be_chosen(tmp_path: Path) -> None:
    mailer = Mailer.of(f"folder:{tmp_path / 'out'}", "radar@x.example", None)
    mailer.send("ada@x.example", "Hello", "x", language="en")
    assert len(list((tmp_path / "out").iterdir())) == 1


def test_in_memory_mails_are_kept_in_memory() -> None:
    app = create_app(Settings(), knowledge=Knowledge.open())
    post = app.extensions["services"].mailer.post
    app.extensions["services"].mailer.send("ada@x.example", "Hello", "x", language="en")
    assert isinstance(post, Kept) and post.sent[0]["To"] == "ada@x.example"
    app.extensions["services"].close()


def test_lines_cannot_be_added_to_the_head() -> None:
    post = Kept()
    Mailer(post, "radar@x.example").send(
        "ada@x.example\r\nBcc: eve@x.example", "Hi\r\nBcc: eve@x.example", "x", language="en"
    )
    (mail,) = post.sent
    assert mail["Bcc"] is None and mail.as_bytes().count(b"\nBcc:") == 0


class Smtp:
    """What a mail server hears."""

    heard: list[Any]

    def __init__(self, host: str, port: int, **_options: Any) -> None:
        Smtp.heard = [(host, port)]

    def __enter__(self) -> "Smtp":
        return self

    def __exit__(self, *_error: object) -> None:
        Smtp.heard.append("quit")

    def ehlo(self) -> None:
        Smtp.heard.append("ehlo")

    def has_extn(self, name: str) -> bool:
        return name == "starttls"

    def starttls(self, *, context: Any) -> None:
        Smtp.heard.append(("starttls", context.check_hostname))

    def login(self, user: str, password: str) -> None:
        Smtp.heard.append((user, password))

    def send_message(self, mail: Any) -> None:
        Smtp.heard.append(mail["To"])


def test_a_server_gets_name_and_password_encrypted_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(smtplib, "SMTP", Smtp)
    monkeypatch.setattr(smtplib, "SMTP_SSL", Smtp)
    plain = Mailer.of("smtp://ada%40x:s%2Fsame@mail.example:587", "radar@x.example", None)
    plain.send("bob@x.example", "Hello", "x", language="en")
    said = [("ada@x", "s/same"), "bob@x.example", "quit"]
    assert Smtp.heard == [("mail.example", 587), "ehlo", ("starttls", True), *said]
    secure = Mailer.of("smtps://ada%40x:s%2Fsame@mail.example", "radar@x.example", None)
    secure.send("bob@x.example", "Hello", "x", language="en")
    assert Smtp.heard == [("mail.example", 465), *said]


def test_a_password_is_never_sent_in_the_open(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(smtplib, "SMTP", Smtp)
    monkeypatch.setattr(Smtp, "has_extn", lambda _self, _name: False)
    mailer = Mailer.of("smtp://ada:sesame@mail.example", "radar@x.example", None)
    with pytest.raises(MailError, match="STARTTLS"):
        mailer.send("bob@x.example", "Hello", "x", language="en")
    assert ("ada", "sesame") not in Smtp.heard
    on_this_machine = Mailer.of("smtp://localhost", "radar@x.example", None)
    on_this_machine.send("bob@x.example", "Hello", "x", language="en")
    assert "bob@x.example" in Smtp.heard


def test_a_mail_that_cannot_be_sent_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "mail").write_text("a file where the folder should be")
    for mailer in (
        Mailer.of("folder:", "radar@x.example", tmp_path),
        Mailer.of("smtp://127.0.0.1:1", "radar@x.example", None),
    ):
        with pytest.raises(MailError) as refused:
            mailer.send("ada@x.example", "Hello", "x", language="en")
        assert "CLUSTERRADAR_MAIL_URL" in refused.value.text("de")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("MAIL_URL", "http://x"),
        ("MAIL_URL", "smtp://"),
        ("PUBLIC_URL", "radar.example"),
        ("PUBLIC_URL", "https://radar.example?x"),
        ("SECRET_KEY", "short"),
    ],
)
def test_settings_that_cannot_be_are_refused(name: str, value: str) -> None:
    with pytest.raises(SettingError, match=name):
        Settings.read({f"CLUSTERRADAR_{name}": value})


def test_a_secret_that_is_refused_is_not_said() -> None:
    with pytest.raises(SettingError) as refused:
        Settings.read({"CLUSTERRADAR_SECRET_KEY": "sesame"})
    assert "sesame" not in str(refused.value)
