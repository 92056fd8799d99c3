"""Real small lists in all their forms, and the accidents that happen to them."""

import io
import zipfile
from collections.abc import Callable
from typing import Final
from xml.sax.saxutils import escape

from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

TEXT: Final = """Mitgliederliste 2016;;;;;
;;;;;
Firma;Rechtsform;Ort;Beschäftigte;Webseite;Beschreibung
Müller Optik;GmbH;Köln;12;www.mueller-optik.de;"Linsen; Prismen
und ""mehr"" davon"
Größer & Söhne;AG;Zürich;250;https://groesser.example/;Feinmechanik
Beta;e. V.;Ulm;zwölf;;
Laserwerk;;Jena;7;laserwerk.example;Schweißen | Schneiden
Summe;;;269;;
"""

_COMMAS: Final = TEXT.replace(";", ",")
CSV_LISTS: Final = {
    "utf-8": TEXT.encode(),
    "bom": TEXT.encode("utf-8-sig"),
    "utf-16": TEXT.encode("utf-16"),
    "windows": TEXT.replace("\n", "\r\n").encode("cp1252"),
    "mac": TEXT.replace("\n", "\r").encode("mac-roman"),
    "commas": _COMMAS.encode(),
    "tabs": TEXT.replace(";", "\t").encode(),
    "bars": TEXT.replace(" | ", " / ").replace(";", "|").encode("utf-16-le"),
}

JSON_LIST: Final = (
    '{"members": [{"name": "Acme", "address": {"city": "Bonn"}, "topics": ["optics", "laser"],'
    ' "employees": 12, "active": true, "share": 1e3}, {"name": "Beta", "employees": null}]}'
)

RDF_LISTS: Final = {
    "x.ttl": b"""@prefix cr: <https://w3id.org/clusterradar/ontology#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
<https://example.org/a> a cr:Organisation ; rdfs:label "Acme"@de, "Acme"@en ;
    cr:employeeCount 12 ; cr:memberOf [ a cr:Cluster ; rdfs:label 'Net' ] .
_:b a cr:Person ; rdfs:label '''Ada
L.''' ; cr:worksFor <https://example.org/a> .
""",
    "x.jsonld": b"""{"@context": {"cr": "https://w3id.org/clusterradar/ontology#",
 "name": "http://www.w3.org/2000/01/rdf-schema#label"}, "@graph": [
 {"@id": "acme", "@type": "cr:Organisation", "name": "Acme", "cr:employeeCount": 12,
  "cr:memberOf": {"@type": "cr:Cluster", "name": "Net"}}]}""",
    "x.rdf": b"""<?xml version="1.0" encoding="UTF-8"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns:rdfs="http://www.w3.org/2000/01/rdf-schema#"
 xmlns:cr="https://w3id.org/clusterradar/ontology#">
<cr:Person rdf:about="https://example.org/ada"><rdfs:label>Ada</rdfs:label></cr:Person>
</rdf:RDF>""",
}


def xlsx_list() -> bytes:
    """A workbook with a title, dates, a formula, merged cells and a sum."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    for line in TEXT.replace('"', "").splitlines():
        sheet.append([int(one) if one.isdigit() else one for one in line.split(";")])
    sheet["D4"].value = "=6+6"
    sheet.merge_cells("C5:C6")
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def ods_list() -> bytes:
    """The same as an OpenDocument sheet."""
    names = ("office", "table", "text")
    spaces = " ".join(
        f'xmlns:{one}="urn:oasis:names:tc:opendocument:xmlns:{one}:1.0"' for one in names
    )
    rows = "".join(
        "<table:table-row>"
        + "".join(
            f'<table:table-cell office:value-type="string"><text:p>{escape(cell)}</text:p>'
            "</table:table-cell>"
            for cell in line.split(";")
        )
        + "</table:table-row>"
        for line in TEXT.replace('"', "").splitlines()
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as parts:
        parts.writestr("mimetype", kind)
        parts.writestr(
            "content.xml",
            f"<office:document-content {spaces}><office:body><office:spreadsheet>"
            f'<table:table table:name="Mitglieder">{rows}</table:table>'
            "</office:spreadsheet></office:body></office:document-content>",
        )
        parts.writestr(
            "META-INF/manifest.xml",
            '<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
            f'<m:file-entry m:full-path="/" m:media-type="{kind}"/></m:manifest>',
        )
    return out.getvalue()


def with_parts(content: bytes, change: Callable[[bytes], bytes]) -> bytes:
    """A workbook whose sheets are changed before they are packed again."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as parts, zipfile.ZipFile(out, "w") as again:
        for name in parts.namelist():
            inner = parts.read(name)
            again.writestr(name, change(inner) if "sheet1.xml" in name else inner)
    return out.getvalue()


Mutation = tuple[str, int, int, bytes]
_MARKS: Final = [b'"', b";", b",", b"\t", b"|", b"\n", b"\r", b"\x00", b"\xff", b"\xef\xbb\xbf"]
_WORDS: Final = [b"Firma", b"=1+1", b"Summe", b"1e999", b"NaN", b"{", b"[", b"<", b'"@id"', b"\xf0"]
mutations: Final = st.lists(
    st.tuples(
        st.sampled_from(["flip", "cut", "insert", "delete", "repeat", "swap"]),
        st.integers(0, 1 << 16),
        st.integers(1, 40),
        st.one_of(st.sampled_from([*_MARKS, *_WORDS]), st.binary(min_size=1, max_size=6)),
    ),
    min_size=1,
    max_size=6,
)
"""What happens to the bytes of a file, one after another."""


def mutated(content: bytes, several: list[Mutation]) -> bytes:
    """The bytes after some accidents."""
    for what, place, size, piece in several:
        at = place % (len(content) + 1)
        start, hit, rest = content[:at], content[at : at + size], content[at + size :]
        if what == "flip":
            content = start + bytes(byte ^ (1 << size % 8) for byte in hit[:1]) + hit[1:] + rest
        elif what == "cut":
            content = start if size < 10 else content
        elif what == "insert":
            content = start + piece + hit + rest
        elif what == "delete":
            content = start + rest
        elif what == "repeat":
            content = start + hit * 3 + rest
        else:
            content = start + hit[::-1] + rest
    return content
