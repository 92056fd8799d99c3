"""Dirty member lists: the same organisations twice, as two offices would write them down.

Two lists of invented members overlap. What stands in both is written otherwise in the second:
typos, umlauts, legal forms, order of words, missing cells, broken encodings. Beside it stand others
that only look the same: another legal form, another town. Which rows are one is said in a third
file alone.
"""

import csv
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from random import Random
from typing import Final

from graph.generating import names
from graph.generating.rows import Row, Rows
from graph.generating.shape import generated_edges
from graph.generating.tables import Written

_COLUMNS: Final = (
    *("id", "name", "legal_form", "city", "website", "vat_number", "register_number"),
    *("employees", "invented"),
)
_SHARED: Final = 0.4
"""Share of the first list that stands in the second as well."""
_LOOKALIKES: Final = 0.1
_OWN: Final = 0.2
_FORMS: Final = ("GmbH & Co. KG", "GmbH", "AG", "UG", "e. K.", "e. V.")
_OTHER_FORM: Final = {
    "GmbH": "AG",
    "AG": "GmbH",
    "UG": "AG",
    "GmbH & Co. KG": "AG",
    "e. K.": "GmbH",
    "e. V.": "GmbH",
}
_SPELLED: Final = {"GmbH": ("G.m.b.H.", "gmbh", "GMBH"), "e. V.": ("e.V.", "eV"), "AG": ("AG.",)}


def generate_dirty(scale: str, folder: Path, seed: int = 0) -> list[Written]:
    """Write two dirty member lists of a scale point and ``truth.csv``, row by row.

    Args:
        scale: name of the scale point.
        folder: where to; it is made if needed.
        seed: the same seed gives the same files.

    Returns:
        The two lists, then the truth, which is no list to import.

    Raises:
        KeyError: there is no such scale point.
        OSError: the folder cannot be written to.
    """
    folder.mkdir(parents=True, exist_ok=True)
    rows = Rows(generated_edges(scale, seed)).organisations()
    chance = Random(f"{seed} {scale} dirty")
    paths = [folder / f"{name}.csv" for name in ("members-a", "members-b", "truth")]
    counts = [0, 0, 0]
    with ExitStack() as stack:
        files = [
            stack.enter_context(path.open("w", encoding=encoding, errors="replace", newline=""))
            for path, encoding in zip(paths, ("utf-8", "windows-1252", "utf-8"), strict=True)
        ]
        first = csv.DictWriter(files[0], _COLUMNS)
        second = csv.DictWriter(files[1], _COLUMNS, delimiter=";")
        truth = csv.writer(files[2])
        first.writeheader()
        second.writeheader()
        truth.writerow(("first", "second"))
        for ours, theirs, same in _pairs(rows, chance):
            if ours:
                counts[0] += 1
                first.writerow({**ours, "id": f"a-{counts[0]}"})
            if theirs:
                counts[1] += 1
                second.writerow({**theirs, "id": f"b-{counts[1]}"})
            if ours and theirs and same:
                counts[2] += 1
                truth.writerow((f"a-{counts[0]}", f"b-{counts[1]}"))
    kinds = ("organisation", "organisation", "")
    return [Written(*one) for one in zip(paths, kinds, counts, strict=True)]


def _pairs(rows: Iterator[Row], chance: Random) -> Iterator[tuple[Row | None, Row | None, bool]]:
    """(row of the first list, row of the second, whether the two are one)."""
    for number, row in enumerate(rows):
        ours = _member(number, row, chance)
        draw = chance.random()
        if draw < _SHARED:
            yield ours, dirtied(ours, chance), True
        elif draw < _SHARED + _LOOKALIKES:
            yield ours, lookalike(number, ours, chance), False
        elif draw < _SHARED + _LOOKALIKES + _OWN:
            yield None, ours, False
        else:
            yield ours, None, False


def _member(number: int, row: Row, chance: Random) -> Row:
    """A member as the first office writes it down."""
    form = next((one for one in _FORMS if row["name"].endswith(f" {one}")), "")
    told = {
        "vat_number": f"DE{100_000_000 + (number * 7_919) % 900_000_000}",
        "register_number": f"HRB {number + 1_000}, Amtsgericht {row['city']}" if form else "",
        "website": row["website"],
        "employees": row["employees"],
    }
    kept = {name: value if chance.random() < 0.5 else "" for name, value in told.items()}
    name = row["name"]
    if form and chance.random() < 0.3:
        return {
            "name": name.removesuffix(f" {form}"),
            "legal_form": form,
            "city": row["city"],
            **kept,
            "invented": "true",
        }
    return {"name": name, "legal_form": "", "city": row["city"], **kept, "invented": "true"}


def dirtied(row: Row, chance: Random) -> Row:
    """The same member as another office writes it down, a little wrong."""
    name = row["name"]
    if chance.random() < 0.25:
        name = _misspelled(name, chance)
    if chance.random() < 0.2:
        name = _respelled(name, chance)
    if chance.random() < 0.15:
        name = _umlauts(name)
    if chance.random() < 0.1:
        name = name.upper()
    if chance.random() < 0.05:
        name = name.encode().decode("windows-1252", errors="replace").replace("\ufffd", "?")
    changed = {**row, "name": name}
    for column in ("website", "vat_number", "register_number", "employees", "city"):
        if chance.random() < (0.05 if column == "city" else 0.3):
            changed[column] = ""
    return changed


def lookalike(number: int, row: Row, chance: Random) -> Row:
    """Another organisation that is called nearly the same: another legal form or town."""
    form = next((one for one in _FORMS if row["name"].endswith(f" {one}")), "")
    other = {**row, "website": "", "vat_number": "", "register_number": "", "employees": ""}
    if form and chance.random() < 0.5:
        return {**other, "name": f"{row['name'].removesuffix(form)}{_OTHER_FORM[form]}"}
    return {**other, "city": names.town(number + 5_000)}


def _misspelled(name: str, chance: Random) -> str:
    """One letter doubled, lost or changed with its neighbour, in the first word."""
    at = chance.randrange(1, max(2, min(len(name) - 2, 12)))
    return chance.choice(
        (
            name[:at] + name[at + 1] + name[at] + name[at + 2 :],
            name[:at] + name[at + 1 :],
            name[:at] + name[at] + name[at:],
        )
    )


def _respelled(name: str, chance: Random) -> str:
    """Another way to write the legal form, or none; or a hyphen for a blank."""
    form = next((one for one in _FORMS if name.endswith(f" {one}")), "")
    if not form:
        return name.replace(" für ", " f. ").replace("Institut", "Inst.")
    bare = name.removesuffix(f" {form}")
    written = chance.choice(("", f" {form}", *(f" {one}" for one in _SPELLED.get(form, ()))))
    return (bare.replace(" ", "-", 1) if chance.random() < 0.5 else bare) + written


def _umlauts(name: str) -> str:
    for umlaut, written in (("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("ß", "ss")):
        name = name.replace(umlaut, written)
    return name
