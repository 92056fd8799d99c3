"""The evaluation: reading sets, measures, baselines, and that nothing peeks at the answers."""

import csv
import gzip
import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph import KnowledgeError
from recommender import evaluate_folder, evaluate_leave_out
from recommender.engine import Walk
from recommender.evaluation.baselines import adamic_adar, common_neighbours, popularity
from recommender.evaluation.folder import learn_set
from recommender.evaluation.measures import interval, ndcg, recall, reciprocal_rank
from recommender.evaluation.sets import read_set
from tests.recommender.worlds import World

Rows = Sequence[Sequence[str]]


def write(path: Path, header: str, rows: Rows) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with gzip.open(path, "wt", encoding="utf-8", newline="") as lines:
        writer = csv.writer(lines)
        writer.writerow(header.split(","))
        writer.writerows(rows)


def projects(count: int, start: int = 0) -> list[list[str]]:
    """Teams of three in a row of projects; every team shares a member with the next."""
    return [
        [f"org:o{number + member}", "takes_part_in", f"project:p{start + number}", "2016"]
        for number in range(0, count * 2, 2)
        for member in range(3)
    ]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    meta = {
        "name": "chain",
        "candidates": "org",
        "known_paths": [["takes_part_in|coordinates", "^takes_part_in|^coordinates"]],
    }
    (tmp_path / "meta.json").write_text(json.dumps(meta), encoding="utf-8")
    for half in ("fit", "test"):
        write(tmp_path / half / "edges.csv.gz", "head,relation,tail,time", projects(8))
        targets = [["org:o1", "org:o3"], ["org:o5", "org:o7"], ["org:o5", "org:nobody"]]
        write(tmp_path / half / "targets.csv.gz", "head,tail", targets)
    return tmp_path


def test_whoever_shares_a_project_is_known_and_not_ranked(folder: Path) -> None:
    graph = read_set(folder).test
    number = graph.ids.index
    known = graph.known().of(number("org:o1"))
    assert {graph.ids[one] for one in known} == {"org:o0", "org:o1", "org:o2"}


def test_all_rankers_are_scored_on_the_test_half(folder: Path) -> None:
    found = evaluate_folder(folder)
    assert (found.set, found.heads, found.targets) == ("chain", 2, 3)
    names = [one.name for one in found.rankers]
    assert names[0] == "clusterradar"
    assert {"popularity", "common neighbours", "Adamic-Adar", "personalised PageRank"} < set(names)
    ours = found.rankers[0]
    assert ours.recall == pytest.approx(0.75)
    assert {"recall@20", "ndcg@20", "mrr", "coverage", "ms_median", "ms_p95", "name"} <= set(
        ours.as_json()
    )
    assert found.as_json()["set"] == "chain"


def test_what_nobody_can_find_counts_as_missed(folder: Path) -> None:
    targets = [["org:o1", "org:o3"], ["org:o1", "org:x"], ["org:o1", "org:y"], ["org:z", "org:o3"]]
    write(folder / "test" / "targets.csv.gz", "head,tail", targets)
    found = evaluate_folder(folder)
    assert (found.heads, found.targets) == (2, 4)
    # One of three for the first head. Nothing is near a head that the graph does not know.
    walked = next(one for one in found.rankers if one.name == "personalised PageRank")
    assert walked.recall == pytest.approx((1 / 3 + 0) / 2)
    assert found.rankers[0].recall >= walked.recall


def test_learning_never_sees_the_test_half(folder: Path) -> None:
    before = learn_set(read_set(folder))
    write(folder / "test" / "edges.csv.gz", "head,relation,tail,time", projects(3, start=50))
    write(folder / "test" / "targets.csv.gz", "head,tail", [["org:o51", "org:o53"]])
    assert str(learn_set(read_set(folder))) == str(before)


@pytest.mark.parametrize("damage", ["missing", "no column", "not gzip", "no candidates"])
def test_a_folder_that_is_no_set_is_said_plainly(folder: Path, damage: str) -> None:
    edges = folder / "fit" / "edges.csv.gz"
    if damage == "missing":
        edges.unlink()
    elif damage == "no column":
        write(edges, "a,b", [["x", "y"]])
    elif damage == "not gzip":
        edges.write_bytes(b"head,relation,tail")
    else:
        (folder / "meta.json").write_text("{}", encoding="utf-8")
    with pytest.raises(KnowledgeError, match="not an evaluation set"):
        evaluate_folder(folder)


@given(st.permutations(range(30)), st.sets(st.integers(0, 29), min_size=1))
def test_measures_lie_between_nothing_and_all(ranked: list[int], targets: set[int]) -> None:
    perfect = [*sorted(targets), *(one for one in ranked if one not in targets)]
    for measure in (recall, ndcg, reciprocal_rank):
        assert 0 <= measure(ranked, targets) <= measure(perfect, targets) <= 1
    assert ndcg(perfect, targets) == pytest.approx(1)


def test_the_interval_holds_the_mean() -> None:
    found = interval([0.0, 1.0] * 20)
    assert 0.3 < found.low < 0.5 < found.high < 0.7


def test_baselines_on_a_graph_that_can_be_counted() -> None:
    #   0 and 1 share 2 and 3; 2 has two neighbours, 3 has three
    walk = Walk.of_edges([0, 1, 0, 1, 4], [2, 2, 3, 3, 3])
    assert common_neighbours(walk)(0).tolist()[1] == 2
    assert adamic_adar(walk)(0)[1] == pytest.approx(1 / np.log(2) + 1 / np.log(3))
    assert adamic_adar(walk)(0)[4] == pytest.approx(1 / np.log(3))
    assert popularity(walk)(0).tolist() == [2, 2, 2, 3, 1]


def test_leaving_out_takes_along_what_the_project_brought_about() -> None:
    said = """\
project/p coordinatedBy cluster/a
project/p hasPartner cluster/b
project/p about topic/x
project/p about topic/y
topic/x related topic/y
event/e belongsToProject project/p
event/e organisedBy cluster/a
event/e organisedBy cluster/b
organisation/o involvedIn project/p
cluster/a activeIn topic/x
cluster/b activeIn topic/y
cluster/c activeIn topic/x""".splitlines()
    left_out = evaluate_leave_out(World(said).view())  # type: ignore[arg-type]
    assert (left_out.heads, left_out.targets, left_out.candidates) == (1, 1, 2)
    # Nothing joins a and b any more; c shares a field with a.
    assert left_out.rankers[0].mrr == 0
    other = ["project/q about topic/x", "project/q about topic/y"]
    linked = evaluate_leave_out(World([*said, *other]).view())  # type: ignore[arg-type]
    assert linked.rankers[0].mrr == 0.5


def test_without_a_common_project_there_is_nothing_to_leave_out() -> None:
    with pytest.raises(KnowledgeError, match="no project"):
        evaluate_leave_out(World(["cluster/a activeIn topic/x"]).view())  # type: ignore[arg-type]
