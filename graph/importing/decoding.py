"""From bytes to text: the encodings of lists, and the formats that are none."""

import re
from contextlib import suppress
from typing import Final

from graph.errors import KnowledgeError
from ontology import Bilingual

_BOMS: Final = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_OTHER_FORMATS: Final = (
    (b"%PDF", Bilingual("a PDF document", "ein PDF-Dokument")),
    (b"\x89PNG", Bilingual("a picture", "ein Bild")),
    (b"\xff\xd8\xff", Bilingual("a picture", "ein Bild")),
    (b"{\\rtf", Bilingual("a text document", "ein Textdokument")),
    (b"<?xml", Bilingual("an XML file", "eine XML-Datei")),
    (b"<!doctype", Bilingual("a web page", "eine Webseite")),
    (b"<html", Bilingual("a web page", "eine Webseite")),
    (b"\x1f\x8b", Bilingual("a compressed file", "eine komprimierte Datei")),
)


def refuse_other_formats(content: bytes, name: str) -> None:
    """Refuse what is no text in rows, and say what it looks like.

    Raises:
        KnowledgeError: it begins like a file of another format, or is empty.
    """
    start = content[:64].removeprefix(b"\xef\xbb\xbf").lstrip()
    for magic, what in _OTHER_FORMATS:
        if start.lower().startswith(magic.lower()):
            raise KnowledgeError(
                Bilingual("{name} is {what}, no list.", "{name} ist {what}, keine Liste.").with_(
                    name=name, what=what
                ),
                Bilingual(
                    "Open it in a spreadsheet program and save it as CSV (UTF-8).",
                    "In einem Tabellenprogramm öffnen und als CSV (UTF-8) speichern.",
                ),
            )
    if not content.strip(b" \t\r\n\x00\xef\xbb\xbf\xff\xfe"):
        raise KnowledgeError(
            Bilingual("{name} is empty.", "{name} ist leer.").with_(name=name),
            Bilingual(
                "Choose a CSV file with a header and at least one row.",
                "Eine CSV-Datei mit Kopfzeile und mindestens einer Zeile wählen.",
            ),
        )


def decoded(content: bytes, name: str, encoding: str = "") -> tuple[str, str]:
    """The text of a list, and the encoding it was in.

    Args:
        content: the file.
        name: what to call it in messages.
        encoding: what a person said that it is; empty: find it.

    Raises:
        KnowledgeError: it is in no encoding that lists are commonly in.

    >>> decoded("Zürich".encode("cp1252"), "towns.csv")
    ('Zürich', 'windows-1252')
    """
    encodings = (
        [encoding] if encoding else [codec for bom, codec in _BOMS if content.startswith(bom)]
    )
    encodings = encodings or _guessed_utf_16(content) or ["utf-8", *_one_byte(content)]
    for one in encodings:
        # An encoding that a person names may be none.
        with suppress(UnicodeDecodeError, LookupError):
            return content.decode(one), one
    raise KnowledgeError(
        Bilingual(
            "The letters of {name} could not be decoded (tried: {tried}).",
            "Die Zeichen von {name} ließen sich nicht entschlüsseln (versucht: {tried}).",
        ).with_(name=name, tried=", ".join(encodings)),
        Bilingual("Save it as CSV in UTF-8.", "Als CSV in UTF-8 speichern."),
    )


_UMLAUTS: Final = {
    "windows-1252": re.compile(rb"[a-zA-Z][\xe4\xf6\xfc\xdf]|[\xc4\xd6\xdc][a-z]"),
    "mac-roman": re.compile(rb"[a-zA-Z][\x8a\x9a\x9f\xa7]|[\x80\x85\x86][a-z]"),
}


def _one_byte(content: bytes) -> list[str]:
    """The encodings of one byte a letter, the one first that makes more umlauts in words."""
    counts = {codec: len(words.findall(content)) for codec, words in _UMLAUTS.items()}
    if counts["mac-roman"] > counts["windows-1252"]:
        return ["mac-roman"]
    return ["windows-1252"]


def _guessed_utf_16(content: bytes) -> list[str]:
    """UTF-16 without a byte order mark: every other byte of Western text is zero."""
    sample = content[:400]
    half = len(sample) // 2
    if half < 2 or len(content) % 2:
        return []
    if sample[1::2].count(0) > half * 0.7 and sample[::2].count(0) == 0:
        return ["utf-16-le"]
    if sample[::2].count(0) > half * 0.7 and sample[1::2].count(0) == 0:
        return ["utf-16-be"]
    return []
