"""What somebody typed into a form, and what is wrong with it, field by field."""

from dataclasses import dataclass, field

from flask import request

from graph import KnowledgeError
from webapp.languages import lang


@dataclass
class Filled:
    """A form as it was sent, or an empty one.

    Attributes:
        values: what each field says.
        errors: what is wrong with a field; the page shows it beside the field, and the first
            such field gets the focus. Errors of no field stand under the empty name.
    """

    values: dict[str, str] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)

    @classmethod
    def sent(cls, *names: str) -> "Filled":
        """The fields of this request, without spaces around them; passwords as they are."""
        given = {name: request.form.get(name, "").replace("\0", "") for name in names}
        return cls(
            {name: text if "password" in name else text.strip() for name, text in given.items()}
        )

    def __getitem__(self, name: str) -> str:
        return self.values.get(name, "")

    def need(self, name: str, message: str) -> None:
        """A field that must not be empty."""
        if not self[name]:
            self.errors.setdefault(name, message)

    def wrong(self, name: str, why: str | KnowledgeError) -> None:
        """Something is wrong with a field."""
        self.errors.setdefault(name, why if isinstance(why, str) else why.text(lang()))

    @property
    def fits(self) -> bool:
        """Whether nothing is wrong."""
        return not self.errors

    @property
    def status(self) -> int:
        """The status of the page that shows this form again."""
        return 400 if self.errors else 200
