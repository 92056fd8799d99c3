"""Generated member lists: the same for the same seed, of realistic shape, and importable."""

import csv
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from graph import SCALES, Knowledge, generate, generated_edges, import_file
from graph.generating import names
from webapp.cli import main


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("generated")
    generate("M", folder)
    return folder


@pytest.fixture(scope="module")
def tables(folder: Path) -> dict[str, list[dict[str, str]]]:
    return {path.stem: _rows(path) for path in folder.glob("*.csv")}


Tables = dict[str, list[dict[str, str]]]


def test_clusterbook_is_as_large_as_it_was(tables: Tables) -> None:
    kinds = [row["kind"] for row in tables["topics"]]
    assert len(tables["organisations"]) == 1_306
    assert kinds.count("sector") == 38
    assert len(kinds) - kinds.count("sector") == 198
    assert len(tables["devices"]) == 85


def test_the_programme_has_13000_actors_in_99_clusters() -> None:
    scale = SCALES["L"]
    assert scale.organisations + scale.persons == 13_000
    assert scale.clusters == 99


def test_the_same_seed_gives_the_same_files(folder: Path, tmp_path: Path) -> None:
    generate("M", tmp_path / "again")
    generate("M", tmp_path / "other", seed=1)
    for path in folder.glob("*.csv"):
        assert (tmp_path / "again" / path.name).read_bytes() == path.read_bytes()
        assert (tmp_path / "other" / path.name).read_bytes() != path.read_bytes()


def test_every_row_says_that_it_is_invented(tables: Tables) -> None:
    assert all(row["invented"] == "true" for rows in tables.values() for row in rows)
    assert all(
        row["website"].endswith(".example") for row in tables["organisations"] if row["website"]
    )


def test_no_two_things_share_an_id_or_a_name(tables: Tables) -> None:
    ids = [row["id"] for rows in tables.values() for row in rows]
    assert len(ids) == len(set(ids))
    for table in ("organisations", "clusters", "persons"):
        called = [row["name"] for row in tables[table]]
        assert len(called) == len(set(called)), table


def test_names_last_for_a_million() -> None:
    numbers = [*range(25_000), *range(999_000, 1_000_000)]
    assert len({names.person(number) for number in numbers}) == len(numbers)
    topics = SCALES["XXL"].topics
    for side in (0, 1):
        assert len({names.topic(number)[side] for number in range(topics)}) == topics
    sectors = SCALES["XXL"].sectors
    assert len({names.sector(number) for number in range(sectors)}) == sectors


def test_every_link_leads_to_a_row(tables: Tables) -> None:
    ids = {table: {row["id"] for row in rows} for table, rows in tables.items()}
    agents = ids["organisations"] | ids["clusters"]
    targets = {
        "member_of": ids["clusters"],
        "competences": ids["topics"],
        "sectors": ids["topics"],
        "interests": ids["topics"],
        "fields": ids["topics"],
        "topics": ids["topics"],
        "broader": ids["topics"],
        "related": ids["topics"],
        "enables": ids["topics"],
        "operator": ids["organisations"],
        "works_for": ids["organisations"],
        "coordinator": agents,
        "partners": ids["clusters"],
        "other_partners": ids["organisations"],
        "organisers": agents,
        "actor": agents,
        "projects": ids["projects"],
    }
    followed = set()
    for rows in tables.values():
        for row in rows:
            for column, allowed in targets.items():
                for value in filter(None, row.get(column, "").split(" | ")):
                    assert value in allowed, (row["id"], column)
                    followed.add(column)
    assert followed == set(targets)


def test_german_and_english_texts_say_the_same(tables: Tables) -> None:
    """Where the German text names a topic, the English text names its translation."""
    english = {row["label_de"]: row["label_en"].lower() for row in tables["topics"]}
    for row in tables["devices"]:
        topic = row["description_de"].removeprefix("Ausgelegt für ").partition(";")[0]
        assert english[topic] in row["description_en"].lower()
    for rows in tables.values():
        for row in rows:
            text = row.get("description_de", "") + row.get("description_en", "")
            assert not set("<>{}") & set(text)


def test_degrees_are_skewed_and_clusters_are_communities() -> None:
    graph = generated_edges("L")
    _, clusters = graph.edges("memberOf")
    sizes = np.bincount(clusters)[graph.nodes("cluster").start :]
    assert sizes.max() > 4 * np.median(sizes[sizes > 0])
    degrees = np.bincount(np.concatenate([graph.heads, graph.tails]))
    top = np.sort(degrees)[::-1]
    assert top[: len(top) // 100].sum() > 0.1 * top.sum()

    heads, tails = graph.edges("hasCompetence")
    inside = np.mean(graph.fields[heads] == graph.fields[tails])
    shares = np.bincount(graph.fields) / len(graph.fields)
    assert inside > 5 * np.sum(shares**2)
    assert inside < 0.95


def test_edges_are_sorted_without_doubles_and_match_their_kinds() -> None:
    graph = generated_edges("M", seed=3)
    keys = np.stack([graph.relation, graph.heads, graph.tails])
    assert len(np.unique(keys, axis=1).T) == len(graph.heads)
    heads, tails = graph.edges("worksFor")
    assert len(heads) == len(graph.nodes("person"))
    kind = graph.kinds.index("organisation")
    assert set(graph.node_kinds[tails].tolist()) == {kind}


def test_the_lists_can_be_imported(tmp_path: Path) -> None:
    """Every row is accepted without a remark, and stays marked as invented."""
    tables = generate("M", tmp_path)
    knowledge = Knowledge.open()
    for table in tables:
        if table.kind in {"topic", "cluster"}:
            result = import_file(knowledge, table.path, table.kind, f"invented-{table.path.stem}")
            assert not result.plan.problems
            assert result.plan.counts["new"] == table.rows
    view = knowledge.view()
    assert view.counts()["sector"] == 38
    assert view.counts()["cluster"] == 12
    some = view.things("cluster")[0]
    assert some.invented
    knowledge.close()


def test_the_command_writes_and_says_what_comes_next(tmp_path: Path) -> None:
    answer = CliRunner().invoke(main, ["generate", "m", str(tmp_path / "lists"), "--seed", "7"])
    assert answer.exit_code == 0, answer.output
    assert "1,306" in answer.output
    assert "--kind organisation --source invented-organisations" in answer.output
    blocked = tmp_path / "file"
    blocked.write_text("", encoding="utf-8")
    answer = CliRunner().invoke(main, ["generate", "M", str(blocked / "below")])
    assert answer.exit_code == 1
    assert "Choose another folder" in answer.output
