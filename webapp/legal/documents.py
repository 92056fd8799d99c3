"""Which legal documents there are, where the operator keeps them, and which are lacking.

A setting names a file of Markdown or plain text, or an address on the web, for each document and
language. Where only one language is given, it serves both.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from ontology import Bilingual
from webapp.settings import PREFIX, Settings

LANGUAGES: Final = ("de", "en")

_EMPTY: Final = Bilingual(
    "Warning: {title} is lacking; its page says so to everybody. Set {names}.",
    "Warnung: {title} fehlt; auf der Seite steht das für alle. Setzen Sie {names}.",
)
_UNREADABLE: Final = Bilingual(
    "Warning: {name} names {place}, which cannot be read. Correct the path or the rights.",
    "Warnung: {name} nennt {place}, das sich nicht lesen lässt. Berichtigen Sie Pfad oder Rechte.",
)


@dataclass(frozen=True)
class LegalDocument:
    """One legal document.

    Attributes:
        name: its part of the address and of the names of its settings.
        title: what its link and its page are called.
        subject: the title with its article, within a sentence.
    """

    name: str
    title: Bilingual
    subject: Bilingual

    def place(self, settings: Settings, lang: str) -> tuple[str, str]:
        """Where it lies, in a language or else in the other one: (path or address, language).

        >>> imprint = LEGAL_DOCUMENTS["imprint"]
        >>> imprint.place(Settings(imprint_de="impressum.md"), "en")
        ('impressum.md', 'de')
        >>> imprint.place(Settings(), "en")
        ('', 'en')
        """
        for one in (lang, *LANGUAGES):
            if place := str(getattr(settings, f"{self.name}_{one}")).strip():
                return place, one
        return "", lang

    def variables(self) -> tuple[str, ...]:
        """The environment variables that set it, one a language."""
        return tuple(f"{PREFIX}{self.name.upper()}_{one.upper()}" for one in LANGUAGES)


LEGAL_DOCUMENTS: Final = {
    document.name: document
    for document in (
        LegalDocument(
            "imprint",
            Bilingual("Imprint", "Impressum"),
            Bilingual("the imprint", "das Impressum"),
        ),
        LegalDocument(
            "privacy",
            Bilingual("Privacy", "Datenschutz"),
            Bilingual("the privacy notice", "die Datenschutzerklärung"),
        ),
        LegalDocument(
            "terms",
            Bilingual("Terms of use", "Nutzungsbedingungen"),
            Bilingual("the terms of use", "der Text der Nutzungsbedingungen"),
        ),
        LegalDocument(
            "accessibility",
            Bilingual("Accessibility", "Barrierefreiheit"),
            Bilingual("the accessibility statement", "die Erklärung zur Barrierefreiheit"),
        ),
    )
}
"""The documents by name, in the order of the footer."""


def is_address(place: str) -> bool:
    """Whether a setting names an address on the web rather than a file."""
    return place.startswith(("https://", "http://"))


def legal_warnings(settings: Settings) -> list[Bilingual]:
    """What an operator should know before others come: documents that are lacking."""
    said = []
    for document in LEGAL_DOCUMENTS.values():
        values = [(name, str(getattr(settings, _field(name)))) for name in document.variables()]
        if not any(value.strip() for _name, value in values):
            names = " / ".join(document.variables())
            said.append(_EMPTY.with_(title=document.subject, names=names))
        said += [
            _UNREADABLE.with_(name=name, place=value)
            for name, value in values
            if value.strip() and not is_address(value) and not _is_readable(Path(value))
        ]
    return said


def _field(variable: str) -> str:
    return variable.removeprefix(PREFIX).lower()


def _is_readable(path: Path) -> bool:
    try:
        with path.open("rb"):
            return True
    except OSError:
        return False
