"""Which rows of lists are one: without training, whatever the lists are about."""

import csv
import random
from pathlib import Path

import pytest

from graph import find_pairs, generate_dirty, measure, read_table, true_pairs

RESTAURANTS = Path("/work/shared/imports/restaurants")


def rows_of(name: str) -> list[dict[str, str]]:
    with (RESTAURANTS / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.skipif(not RESTAURANTS.exists(), reason=f"there is no {RESTAURANTS}")
def test_restaurants_are_paired_without_their_answers() -> None:
    left, right = rows_of("fodors.csv"), rows_of("zagats.csv")
    with (RESTAURANTS / "matches_fodors_zagats.csv").open(encoding="utf-8", newline="") as file:
        true = true_pairs(list(csv.reader(file))[1:], left, right)
    assert true is not None
    found = measure([(p.one, p.other) for p in find_pairs(left, right)], true, within=False)
    assert found.f1 >= 0.97


def invented(count: int) -> list[dict[str, str]]:
    chance = random.Random(7)
    words = [
        "Optik",
        "Laser",
        "Messtechnik",
        "Sensor",
        "Plasma",
        "Optronik",
        "Faser",
        "Licht",
        "Photonik",
        "Spiegel",
    ]
    names = [
        "Brinkdahl",
        "Fussgarth",
        "Heimerkamp",
        "Lundmertz",
        "Nagelpeck",
        "Quastriek",
        "Sacktholen",
    ]
    towns = ["Mainz", "Jena", "Berlin", "Wetzlar", "Aachen", "Ulm", "Dresden", "Kiel"]
    return [
        {
            "Firma": f"{chance.choice(names)} {chance.choice(words)}{chance.choice(words).lower()}",
            "Ort": chance.choice(towns),
            "Telefon": f"0{chance.randrange(10**8, 10**9)}",
        }
        for _ in range(count)
    ]


def typo(text: str, chance: random.Random) -> str:
    at = chance.randrange(1, len(text) - 1)
    return text[:at] + text[at + 1] + text[at] + text[at + 2 :]


def test_a_list_with_invented_slips_and_other_headers_is_paired() -> None:
    chance = random.Random(8)
    left = invented(200)
    right = [
        {"name": typo(row["Firma"], chance), "town": row["Ort"], "phone": row["Telefon"][-7:]}
        for row in left[50:]
    ] + [{"name": r["Firma"], "town": r["Ort"], "phone": r["Telefon"]} for r in invented(250)[200:]]
    found = find_pairs(left, right)
    true = {(50 + place, place) for place in range(150)}
    quality = measure([(pair.one, pair.other) for pair in found], true, within=False)
    assert quality.precision >= 0.98
    assert quality.recall >= 0.95
    assert all(pair.evidence for pair in found)


def test_a_list_that_has_nothing_twice_has_hardly_any_pairs() -> None:
    assert len(find_pairs(invented(200))) <= 2
    assert find_pairs([]) == []
    assert find_pairs([{"name": "one"}]) == []


def test_dirty_lists_are_the_same_for_the_same_seed_and_the_truth_is_apart(tmp_path: Path) -> None:
    written = [generate_dirty("M", tmp_path / name, seed=3) for name in ("one", "two")]
    for one, other in zip(*written, strict=True):
        assert one.path.read_bytes() == other.path.read_bytes()
    left, right, truth = (
        [dict(zip(table.header, row.cells, strict=True)) for row in table.rows]
        for table in (read_table(one.path) for one in written[0])
    )
    assert all(row["invented"] == "true" for row in (*left, *right))
    assert len(truth) > 400
    answers = [list(row.values()) for row in truth]
    true = true_pairs(answers, left, right)
    assert true is not None and len(true) == len(truth)
