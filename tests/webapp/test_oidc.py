"""Signing in through an OpenID Connect provider: a small one runs beside the tests."""

import base64
import hashlib
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from flask import Flask, jsonify, redirect, request
from joserfc import jwt
from joserfc.jwk import KeySet, RSAKey
from werkzeug.serving import make_server
from werkzeug.test import TestResponse
from werkzeug.wrappers import Response

from graph import Knowledge
from tests.webapp.accounts_app import Browser, Town, town
from webapp import Settings, create_app
from webapp.settings import SettingError

CLIENT, SECRET = "radar", "secret of the radar"


@dataclass
class Provider:
    """What the small provider says of whoever comes, and where it is."""

    address: str = ""
    claims: dict[str, Any] = field(default_factory=dict)
    key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "one"}))
    forged: RSAKey | None = None
    codes: dict[str, dict[str, str]] = field(default_factory=dict)

    def app(self) -> Flask:
        """Its web application: everybody who comes is let in."""
        app = Flask("provider")

        @app.get("/.well-known/openid-configuration")
        def _metadata() -> Response:
            return jsonify(
                issuer=self.address,
                authorization_endpoint=f"{self.address}/authorize",
                token_endpoint=f"{self.address}/token",
                jwks_uri=f"{self.address}/keys",
                id_token_signing_alg_values_supported=["RS256"],
            )

        @app.get("/keys")
        def _keys() -> Response:
            return jsonify(KeySet([self.key]).as_dict(private=False))

        @app.get("/authorize")
        def _authorize() -> Response:
            asked = request.args.to_dict()
            code = secrets.token_urlsafe(8)
            self.codes[code] = asked
            query = urlencode({"code": code, "state": asked["state"]})
            return redirect(f"{asked['redirect_uri']}?{query}")

        @app.post("/token")
        def _token() -> Response | tuple[Response, int]:
            asked = self.codes.pop(request.form["code"], None)
            proof = hashlib.sha256(request.form.get("code_verifier", "").encode()).digest()
            challenge = base64.urlsafe_b64encode(proof).rstrip(b"=").decode()
            known = request.authorization
            if (
                asked is None
                or asked["code_challenge"] != challenge
                or known is None
                or (known.username, known.password) != (CLIENT, SECRET)
            ):
                return jsonify(error="invalid_grant"), 400
            now = int(time.time())
            said = {
                "iss": self.address,
                "aud": CLIENT,
                "sub": "42",
                "iat": now,
                "exp": now + 60,
                "nonce": asked["nonce"],
                **self.claims,
            }
            token = jwt.encode({"alg": "RS256", "kid": "one"}, said, self.forged or self.key)
            return jsonify(access_token="a", token_type="Bearer", id_token=token)

        return app


@pytest.fixture(scope="module")
def running() -> Iterator[Provider]:
    provider = Provider()
    server = make_server("127.0.0.1", 0, provider.app())
    provider.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield provider
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def provider(running: Provider) -> Provider:
    running.claims, running.forged = (
        {"email": "member@optence.example", "email_verified": True},
        None,
    )
    return running


@contextmanager
def with_provider(provider: Provider) -> Iterator[Town]:
    chosen = {
        "oidc_issuer": provider.address,
        "oidc_client_id": CLIENT,
        "oidc_client_secret": SECRET,
        "oidc_name": "the house",
    }
    with town(**chosen) as made:
        yield made


def come_back(provider: Provider, browser: Browser, wanted: str = "") -> str:
    """Go to the provider with a browser; the way that it sends the browser back."""
    there = browser.get("/sign-in/provider", query_string={"next": wanted})
    assert there.status_code == 302
    assert there.location.startswith(f"{provider.address}/authorize?")
    asked = urlsplit(there.location)
    back = provider.app().test_client().get(f"{asked.path}?{asked.query}").location
    assert back.startswith("http://localhost/sign-in/provider/back?")
    return back.removeprefix("http://localhost")


def through(provider: Provider, browser: Browser, wanted: str = "") -> TestResponse:
    return browser.get(come_back(provider, browser, wanted))


def test_somebody_with_an_account_comes_in_and_goes_on(provider: Provider) -> None:
    with with_provider(provider) as made:
        browser = made.browser()
        assert "Sign in with the house" in browser.get("/sign-in").text
        answer = through(provider, browser, "/things")
        assert (answer.status_code, answer.location) == (303, "/things")
        assert ">Member<" in browser.get("/things").text


def test_somebody_without_one_waits_for_an_administrator(provider: Provider) -> None:
    provider.claims = {"email": "new@house.example", "email_verified": True, "name": "New"}
    with with_provider(provider) as made:
        browser = made.browser()
        answer = through(provider, browser)
        assert "cannot sign in yet" in answer.text
        account = made.accounts.by_email("new@house.example")
        assert account and (account.status, account.name) == ("waiting", "New")
        assert made.sent[-1]["To"] == "admin@optence.example"
        made.accounts.confirm(account.id, by=None)
        assert through(provider, browser).status_code == 303


@pytest.mark.parametrize(
    "claims",
    [
        {"email_verified": False},
        {"email_verified": "true"},
        {"email": ""},
        {"email": "no address"},
    ],
)
def test_an_address_that_nobody_checked_opens_nothing(
    provider: Provider, claims: dict[str, Any]
) -> None:
    provider.claims |= claims
    with with_provider(provider) as made:
        browser = made.browser()
        assert through(provider, browser).status_code == 403
        assert ">Member<" not in browser.get("/things").text


@pytest.mark.parametrize(
    "claims",
    [
        {"iss": "https://evil.example"},
        {"aud": "another"},
        {"exp": 1},
        {"nonce": "else"},
    ],
)
def test_a_token_that_is_not_for_us_now_opens_nothing(
    provider: Provider, claims: dict[str, Any]
) -> None:
    provider.claims |= claims
    with with_provider(provider) as made:
        assert through(provider, made.browser()).status_code == 502


def test_a_token_that_somebody_else_signed_opens_nothing(provider: Provider) -> None:
    provider.forged = RSAKey.generate_key(2048, {"kid": "one"})
    with with_provider(provider) as made:
        assert through(provider, made.browser()).status_code == 502


def test_the_way_back_is_good_in_the_same_browser_and_once(provider: Provider) -> None:
    with with_provider(provider) as made:
        browser, victim = made.browser(), made.browser()
        way = come_back(provider, browser)
        assert victim.get(way).status_code == 502, "signed in with an attacker's account"
        state = parse_qs(urlsplit(way).query)["state"][0]
        assert browser.get(way.replace(state, "x" + state)).status_code == 502
        assert browser.get(way).status_code == 303
        assert browser.get(way).status_code == 502


def test_no_next_page_lies_elsewhere(provider: Provider) -> None:
    with with_provider(provider) as made:
        assert through(provider, made.browser(), "//evil.example").location == "/"


def test_a_provider_that_is_away_is_told() -> None:
    with town(
        oidc_issuer="http://127.0.0.1:9", oidc_client_id=CLIENT, oidc_client_secret=SECRET
    ) as made:
        assert made.browser().get("/sign-in/provider").status_code == 502


def test_without_the_setting_there_is_no_such_page() -> None:
    with town() as made:
        assert made.browser().get("/sign-in/provider").status_code == 404
        assert "/sign-in/provider" not in made.browser().get("/sign-in").text


def test_a_setting_that_lacks_is_told_at_the_start() -> None:
    knowledge = Knowledge.open()
    with pytest.raises(SettingError, match="OIDC_CLIENT_ID"):
        create_app(Settings(oidc_issuer="https://id.example"), knowledge=knowledge)
    knowledge.close()
