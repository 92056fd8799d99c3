"""From bytes to text: the encodings of lists, and the formats that are none."""

from typing import Final

from graph.errors import KnowledgeError
from ontology import Bilingual

_BOMS: Final = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_OTHER_FORMATS: Final = (
    (b"PK\x03\x04", Bilingual("a spreadsheet or an archive", "eine Tabellendatei oder ein Archiv")),
    (
        b"\xd0\xcf\x11\xe0",
        Bilingual("an old Excel or Word file", "eine alte Excel- oder Word-Datei"),
    ),
    (b"%PDF", Bilingual("a PDF document", "ein PDF-Dokument")),
    (b"\x89PNG", Bilingual("a picture", "ein Bild")),
    (b"\xff\xd8\xff", Bilingual("a picture", "ein Bild")),
    (b"{\\rtf", Bilingual("a text document", "ein Textdokument")),
    (b"<?xml", Bilingual("an XML file", "eine XML-Datei")),
    (b"<!doctype", Bilingual("a web page", "eine Webseite")),
    (b"<html", Bilingual("a web page", "eine Webseite")),
    (b"{", Bilingual("a JSON file", "eine JSON-Datei")),
    (b"[", Bilingual("a JSON file", "eine JSON-Datei")),
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
                Bilingual(
                    "{name} is {what}, not a CSV file.", "{name} ist {what}, keine CSV-Datei."
                ).with_(name=name, what=what),
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


def decoded(content: bytes, name: str) -> tuple[str, str]:
    """The text of a list, and the encoding it was in.

    Raises:
        KnowledgeError: it is in no encoding that lists are commonly in.

    >>> decoded("Zürich".encode("cp1252"), "towns.csv")
    ('Zürich', 'windows-1252')
    """
    encodings = [codec for bom, codec in _BOMS if content.startswith(bom)]
    encodings = encodings or _guessed_utf_16(content) or ["utf-8", "windows-1252"]
    for encoding in encodings:
        try:
            return content.decode(encoding), encoding
        except UnicodeDecodeError:
            continue
    raise KnowledgeError(
        Bilingual(
            "The letters of {name} could not be decoded (tried: {tried}).",
            "Die Zeichen von {name} ließen sich nicht entschlüsseln (versucht: {tried}).",
        ).with_(name=name, tried=", ".join(encodings)),
        Bilingual("Save it as CSV in UTF-8.", "Als CSV in UTF-8 speichern."),
    )


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
