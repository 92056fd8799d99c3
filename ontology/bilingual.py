"""A text in the two languages of the interface.

Rooms below the web application have no request and so no language of their own: what they
say to people they say in both, and whoever prints it chooses.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Bilingual:
    """An English and a German text that mean the same.

    >>> Bilingual("column {name} is missing", "Spalte {name} fehlt").with_(name="id")["de"]
    'Spalte id fehlt'
    """

    en: str
    de: str

    def __getitem__(self, lang: str) -> str:
        return self.de if lang == "de" else self.en

    def __str__(self) -> str:
        return self.en

    def with_(self, **values: object) -> "Bilingual":
        """The same text with its ``{placeholders}`` filled in; bilingual ones in its language."""
        return Bilingual(_filled(self.en, "en", values), _filled(self.de, "de", values))


def _filled(template: str, lang: str, values: dict[str, object]) -> str:
    return template.format_map(
        {name: v[lang] if isinstance(v, Bilingual) else v for name, v in values.items()}
    )
