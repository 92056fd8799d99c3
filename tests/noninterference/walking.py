"""A walk over forms: what somebody sends, what comes back, and what arrives by mail."""

import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from typing import Any, Final

import pytest
from werkzeug.test import TestResponse

from tests.noninterference import canonical
from tests.noninterference.sides import Side
from tests.webapp.filled_forms import form_on

OWN: Final = ("ada@laserwerk.example", "eve@own.example", "new@own.example")
"""Addresses whose mail whoever asks reads."""

_IDS: Final = re.compile(
    r'value="([0-9a-f]{16})"|(?:saved=|/withdraw/|/undo/|/batch/|/invitations/)([\w-]{16,})'
)
"""Ids that were drawn at random: of accounts, invitations and batches."""

_NONCE: Final = 16
"""Bytes of a nonce; ids have fewer."""

_LINKS: Final = re.compile(r"(?<=http://localhost)/\S+")


class Walk:
    """Sends forms one after the other and notes each answer, and the page that it leads to.

    Args:
        side: what is asked.
        drawn: texts that were drawn at random.
    """

    def __init__(self, side: Side, *drawn: str) -> None:
        self._side = side
        self._answers: list[TestResponse] = []
        self._drawn = set(drawn)
        self._mails_before = len(side.services.mailer.post.sent)  # type: ignore[attr-defined]

    def get(self, address: str) -> TestResponse:
        """Look at a page."""
        return self._note(self._side.get(address))

    def post(self, address: str, **fields: Any) -> TestResponse:
        """Send a form and follow where it leads; the answer to the form."""
        answer = self._note(self._side.post(address, **fields))
        if answer.status_code == 303:
            self._wait_for_list(answer.location)
            self.get(answer.location)
        return answer

    def _wait_for_list(self, location: str) -> None:
        """Until nobody works on an uploaded list any more: how far that has come is chance."""
        if location.startswith("/import/plan/"):
            token = location.split("/")[3].partition("?")[0]
            self._side.app.extensions["imports"].settle(token, 120)
            self.drew(token)

    def send(self, page: TestResponse, address: str, marker: str = "", **fields: Any) -> None:
        """Send the form of a page with some fields filled in otherwise; none where there is none.

        Args:
            page: has the form.
            address: where it goes.
            marker: of the form, where it is no form of a profile.
            **fields: with ``__`` for ``-`` in their names.
        """
        if page.status_code != 200:
            return
        filled = form_on(page.text, marker or "profile-form")
        filled |= {name.replace("__", "-"): text for name, text in fields.items()}
        filled.pop("form_token", None)
        self.post(address, **filled)

    def drew(self, text: str) -> None:
        """Something was drawn at random."""
        self._drawn.add(text)

    def told(self) -> object:
        """All that came back, and the mails that whoever asks can read."""
        drawn = sorted(self._drawn, key=len, reverse=True)
        answers = [canonical.response(answer, drawn) for answer in self._answers]
        return answers, [self._mail(mail, drawn) for mail in self._mails() if mail["To"] in OWN]

    def _mails(self) -> list[Any]:
        sent: list[Any] = self._side.services.mailer.post.sent  # type: ignore[attr-defined]
        return sent[self._mails_before :]

    def _mail(self, mail: Any, drawn: list[str]) -> tuple[str, str, str]:
        text = _LINKS.sub("", mail.get_content())
        for one in drawn:
            text = text.replace(one, "")
        return mail["To"], mail["Subject"], text

    def _note(self, answer: TestResponse) -> TestResponse:
        for text in (answer.headers.get("Location", ""), answer.text):
            for found in _IDS.finditer(text):
                self._drawn.add(found[1] or found[2])
        self._answers.append(answer)
        return answer


@contextmanager
def nonces_in_turn() -> Iterator[None]:
    """New things are called after nonces; here these are the same on both sides."""
    drawn, numbers = secrets.token_hex, count(1)

    def in_turn(size: int) -> str:
        return f"{next(numbers):032x}" if size == _NONCE else drawn(size)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(secrets, "token_hex", in_turn)
        yield
