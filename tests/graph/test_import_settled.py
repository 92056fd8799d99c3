"""A list whose rows have mostly not changed: the same plan as if each of them were read."""

import random
from pathlib import Path

import pytest

from graph import Knowledge, ListInfo, Plan, commit_plan, make_plan, read_table
from graph.importing import settled
from graph.importing.records import validate

HEADER = "id,name,country,region,city,website,competences,description_de"
INFO = ListInfo("organisation", "members")
TOWNS = ["DE,Hessen,Wetzlar", "DE,Hessen,Kassel", "DE,,Kassel", "DE,Bayern,Augsburg", ",,Kassel"]


def rows(chance: random.Random) -> dict[str, str]:
    return {f"o{n}": row(f"o{n}", chance) for n in range(40)}


def row(key: str, chance: random.Random) -> str:
    place = chance.choice(TOWNS)
    word = chance.choice(["optics", "photonics", "laser | optics", ""])
    site = chance.choice(["", "www.optik.example", "not a site"])
    return f"{key},Optik {key[1:]} {chance.choice(['GmbH', 'AG'])},{place},{site},{word},Text"


def changed(list_: dict[str, str], chance: random.Random) -> dict[str, str]:
    """Some rows change, some go, some come, and the order is another."""
    kept = [key for key in list_ if chance.random() > 0.04]
    new = {key: row(key, chance) if chance.random() < 0.1 else list_[key] for key in kept}
    new |= {key: row(key, chance) for key in (f"o{chance.randrange(40, 400)}" for _ in range(2))}
    return dict(chance.sample(sorted(new.items()), len(new)))


def planned(knowledge: Knowledge, list_: dict[str, str]) -> Plan:
    text = "\n".join([HEADER, *list_.values()])
    return make_plan(knowledge, read_table(text.encode(), "members.csv"), INFO)


def test_a_plan_that_leaves_settled_rows_out_is_the_plan_with_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    read: list[int] = []

    def noticed(table, *more):  # type: ignore[no-untyped-def]
        read.append(len(table.rows))
        return validate(table, *more)

    spared = 0
    for seed in range(2):
        chance = random.Random(seed)
        with Knowledge.open() as knowledge:
            topics = read_table(b"id,label_de,label_en,kind\noptics,Optik,Optics,technology\n")
            commit_plan(knowledge, make_plan(knowledge, topics, ListInfo("topic", "topics")), "")
            list_ = rows(chance)
            commit_plan(knowledge, planned(knowledge, list_), "members.csv")
            for _ in range(3):
                list_ = changed(list_, chance)
                with monkeypatch.context() as patched:
                    patched.setattr(settled, "_digest", lambda _: "unlike any")
                    whole = planned(knowledge, list_)
                with monkeypatch.context() as patched:
                    patched.setattr("graph.importing.planning.validate", noticed)
                    short = planned(knowledge, list_)
                spared += len(list_) - read[-1]
                assert short.problems == whole.problems
                assert short.rows == whole.rows
                assert short.counts == whole.counts
                assert short.mark == whole.mark
                assert short.needs_consent == whole.needs_consent
                commit_plan(knowledge, short, "members.csv", allow_gone=True)
                assert planned(knowledge, list_).is_empty
    assert spared > 40


def test_nothing_is_settled_once_something_else_changed_the_rows(tmp_path: Path) -> None:
    list_ = rows(random.Random(1))
    with Knowledge.open(tmp_path) as knowledge:
        first = commit_plan(knowledge, planned(knowledge, list_), "members.csv")
        assert knowledge.notes.get("members")
    with Knowledge.open(tmp_path) as knowledge:
        assert planned(knowledge, list_).is_empty
        knowledge.undo(first.number)
        assert not knowledge.notes.get("members")
        assert planned(knowledge, list_).counts["new"] == first.about.counts["new"]
