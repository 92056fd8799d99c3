"""Signed links, and the secret that signs them."""

import threading
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from itsdangerous import TimestampSigner

from graph import Knowledge
from webapp import Settings, create_app
from webapp.links import Links, absolute
from webapp.secret import secret_of

HOUR = timedelta(hours=1)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3),
    max_leaves=5,
)


@given(JSON.filter(lambda data: data is not None))
def test_a_link_says_what_was_put_in(data: object) -> None:
    links = Links(b"ours")
    text = links.make("confirm", data)
    assert links.read("confirm", text, HOUR) == data
    assert links.read("other", text, HOUR) is None
    assert Links(b"theirs").read("confirm", text, HOUR) is None
    assert all(sign.isalnum() or sign in "-_." for sign in text)


@given(st.integers(min_value=0), st.characters(codec="ascii"))
def test_a_link_that_was_changed_says_nothing(place: int, sign: str) -> None:
    links = Links(b"ours")
    text = links.make("confirm", ["muster", 1])
    place %= len(text)
    changed = text[:place] + sign + text[place + 1 :]
    found = links.read("confirm", changed, HOUR)
    # The last sign of a signature has bits that say nothing.
    assert found is None or found == ["muster", 1]
    if place < text.rindex("."):
        assert (found is None) == (changed != text)


@pytest.mark.parametrize("nonsense", ["", ".", "..", "x.y.z", "\x00", "ä" * 50, "a" * 100_000])
def test_nonsense_says_nothing(nonsense: str) -> None:
    assert Links(b"ours").read("confirm", nonsense, HOUR) is None


def test_a_link_expires(monkeypatch: pytest.MonkeyPatch) -> None:
    links = Links(b"ours")
    text = links.make("confirm", "muster")
    made = TimestampSigner(b"x").get_timestamp()
    monkeypatch.setattr(TimestampSigner, "get_timestamp", lambda _self: made + 3_599)
    assert links.read("confirm", text, HOUR) == "muster"
    monkeypatch.setattr(TimestampSigner, "get_timestamp", lambda _self: made + 3_700)
    assert links.read("confirm", text, HOUR) is None


def test_addresses_in_mails_do_not_follow_the_host_of_the_request() -> None:
    for public, expected in (
        ("https://radar.example/x/", "https://radar.example/x/sign-in"),
        ("", "http://localhost/sign-in"),
    ):
        app = create_app(Settings(public_url=public), knowledge=Knowledge.open())
        with app.test_request_context("/"):
            assert absolute("/sign-in") == expected
        app.extensions["services"].close()


def test_the_secret_stays_the_same_and_is_for_its_owner_only(tmp_path: Path) -> None:
    first = secret_of(tmp_path)
    assert len(first) == 32 and secret_of(tmp_path) == first
    assert [one.name for one in tmp_path.iterdir()] == ["secret.key"]
    assert secret_of(None) != secret_of(None)
    assert secret_of(tmp_path, "chosen") == b"chosen"


def test_processes_that_start_together_agree(tmp_path: Path) -> None:
    found: list[bytes] = []
    threads = [threading.Thread(target=lambda: found.append(secret_of(tmp_path))) for _ in range(8)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert len(found) == 8 and len(set(found)) == 1
