"""Studies of the recommender: variety, what each part adds, the more one enters the better."""

from pathlib import Path
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner

from graph import Knowledge
from recommender import (
    ablate_folder,
    ablate_store,
    curve_of_folder,
    curve_of_store,
    drawn,
    evaluate_diversity,
)
from recommender.evaluation.curve import ACTIVITY, PROFILE, SAVED, SHARES
from recommender.evaluation.sampling import fewer, thinned
from recommender.evaluation.sets import read_set
from tests.recommender.test_evaluation import folder  # noqa: F401  a fixture
from tests.recommender.test_radar import PHOTONICS
from tests.recommender.worlds import World
from webapp.cli import main

PROJECTS = [
    *PHOTONICS,
    "project/second coordinatedBy cluster/photonicnet",
    "project/second hasPartner cluster/swissmem",
    "project/second about topic/metrology",
]


def test_a_curve_has_a_point_for_each_share_and_number() -> None:
    curve = curve_of_store(World(PROJECTS))  # type: ignore[arg-type]
    assert curve.heads == 2
    assert [one.at for one in curve.points if one.of == PROFILE] == list(SHARES)
    assert [one.at for one in curve.points if one.of == ACTIVITY] == list(SAVED)
    for one in curve.points:
        assert one.mrr_interval.low <= one.mrr <= one.mrr_interval.high
    picture = ElementTree.fromstring(drawn(curve))
    assert picture.tag.endswith("svg") and len(list(picture.iter())) > 30
    assert curve.study().as_markdown().count("\n") == len(curve.points) + 1


def test_each_line_of_an_ablation_is_measured_on_the_same_projects() -> None:
    study = ablate_store(World(PROJECTS))  # type: ignore[arg-type]
    assert [row[0] for row in study.rows][:2] == ["as shipped", "and similar texts"]
    assert study.rows[0][1:] == study.rows[1][1:], "there are no texts"
    assert "| as shipped |" in study.as_markdown()


def test_diversity_is_measured_with_and_without() -> None:
    study = evaluate_diversity(World(PROJECTS))  # type: ignore[arg-type]
    before, after = study.rows[0], study.rows[2]
    assert before[0] == "ring 1, without variety" and after[0] == "ring 1, with"
    assert isinstance(before[1], float) and isinstance(after[1], float)
    assert after[1] <= before[1], "no hub explains more of a ring than before"


def test_what_is_kept_at_a_smaller_share_is_kept_at_a_larger_one(folder: Path) -> None:  # noqa: F811
    known = read_set(folder).test
    none, half, whole = (thinned(known, share, seed=1) for share in (0.0, 0.5, 1.0))
    assert len(none.heads) <= len(half.heads) <= len(whole.heads) == len(known.heads)
    assert len(fewer(known, 1).targets) == 1


def test_a_set_has_a_curve_and_an_ablation(folder: Path) -> None:  # noqa: F811
    assert len(curve_of_folder(folder).points) == len(SHARES) + len(SAVED)
    assert next(row[0] for row in ablate_folder(folder).rows) == "as it is"
    wrong = CliRunner().invoke(main, ["evaluate", str(folder), "--diversity"])
    assert wrong.exit_code == 2 and "--leave-out project" in wrong.output


@pytest.mark.nightly
def test_on_the_real_data_more_is_better_and_variety_costs_little(go_cluster: Knowledge) -> None:
    points = curve_of_store(go_cluster.view()).points
    for of in (PROFILE, ACTIVITY):
        found = [one.mrr for one in points if one.of == of]
        assert found == sorted(found)
    study = evaluate_diversity(go_cluster.view())
    hubs = {row[0]: row[1] for row in study.rows}
    assert float(hubs["ring 1, with"]) < 0.5 and float(hubs["ring 2, with"]) < 0.4
