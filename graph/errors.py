"""Errors a person can act on: one sentence on what happened, one on what to do."""

from ontology import Bilingual


class KnowledgeError(Exception):
    """Something about the data or the data folder that a person can put right.

    Args:
        message: what happened, in both languages.
        remedy: what to do about it, in both languages.

    >>> KnowledgeError(Bilingual("The disk is full.", "Die Platte ist voll.")).text("de")
    'Die Platte ist voll.'
    """

    def __init__(self, message: Bilingual, remedy: Bilingual | None = None) -> None:
        self.message = message
        self.remedy = remedy or Bilingual("", "")
        super().__init__(self.text("en"))

    def text(self, lang: str) -> str:
        """Message and remedy in one line."""
        return " ".join(part for part in (self.message[lang], self.remedy[lang]) if part)
