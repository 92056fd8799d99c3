"""A real list that nobody made for this importer, from beginning to end.

The folder of real lists is not part of the product. ``CLUSTERRADAR_SHARED_IMPORTS`` names it; by
default it lies beside the checkout.
"""

import json
import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from pyoxigraph import NamedNode

from graph import (
    About,
    Change,
    Knowledge,
    ListInfo,
    Plan,
    commit_plan,
    decisions,
    make_plan,
    read_table,
)
from ontology import CR
from webapp.cli import main

_LOCATED = CR + "locatedIn"
BESIDE = Path(__file__).resolve().parents[3] / "shared" / "imports"
FOLDER = Path(os.environ.get("CLUSTERRADAR_SHARED_IMPORTS", BESIDE))
LIST = FOLDER / "open-sustainable-technology.csv"
ROWS = 1_192
NOW = datetime(2026, 11, 3, tzinfo=UTC)

pytestmark = pytest.mark.skipif(
    not LIST.is_file(),
    reason="the folder of real lists is not here; CLUSTERRADAR_SHARED_IMPORTS names it",
)


@pytest.fixture
def knowledge() -> Iterator[Knowledge]:
    opened = Knowledge.open()
    yield opened
    opened.close()


def planned(knowledge: Knowledge) -> Plan:
    return make_plan(knowledge, read_table(LIST), ListInfo("organisation", "ost"), time=NOW)


def lines(knowledge: Knowledge) -> list[str]:
    return sorted(map(str, knowledge.dump()))


def accounted(counts: dict[str, int]) -> int:
    return sum(counts[name] for name in ("new", "changed", "unchanged", "refused"))


def test_a_real_list_comes_in_without_a_corrected_column(knowledge: Knowledge) -> None:
    before = lines(knowledge)
    plan = planned(knowledge)
    taken = {guess.header: guess.means for guess in plan.mapping.guesses if guess.means}
    assert taken == {
        "organization_name": "name",
        "organization_user_name": "alt_names",
        "organization_description": "description",
        "organization_location": "location",
        "organization_category": "scheme:open sustainable technology",
        "organization_sub_category": "scheme:open sustainable technology",
        "location_country": "country",
        "form_of_organization": "kind",
        "organization_website": "website",
    }
    assert plan.counts["rows"] == accounted(dict(plan.counts)) == ROWS
    assert plan.counts["refused"] <= 1
    batch = commit_plan(knowledge, plan, LIST.name)
    view = knowledge.view()
    assert view.counts()["topic"] == 94
    berlin = view.find("place", "city-de-berlin")
    assert berlin is not None
    assert len(list(view.statements(predicate=_LOCATED, obj=NamedNode(berlin.iri)))) > 5
    again = planned(knowledge)
    assert again.is_empty
    assert again.counts["unchanged"] == ROWS - plan.counts["refused"]
    with_list = lines(knowledge)
    _merge_and_split(knowledge, with_list)
    knowledge.undo(batch.number)
    assert lines(knowledge) == before


def _merge_and_split(knowledge: Knowledge, with_list: list[str]) -> None:
    """Merge two of its things, import again, take the merge back: as if never merged."""
    one, other = (
        knowledge.addresses.thing("organisation", slug) for slug in ("ropensci", "pastas")
    )
    same = decisions.same(knowledge.addresses, one, other, "ada", NOW)
    merge = knowledge.commit(Change(same), About("merge"))
    assert planned(knowledge).is_empty
    assert len([iri for iri in (one, other) if knowledge.view().redirect(iri)]) == 1
    knowledge.undo(merge.number)
    assert lines(knowledge) == with_list


@pytest.mark.nightly
def test_the_same_by_command_line(tmp_path: Path) -> None:
    def run(*said: str) -> tuple[int, Any]:
        result = CliRunner().invoke(
            main, [*said, "--json", "--data-dir", str(tmp_path / "data")], catch_exceptions=False
        )
        return result.exit_code, json.loads(result.output)

    command = ("import", str(LIST), "--kind", "organisation", "--source", "ost")
    code, first = run(*command)
    assert code in (0, 1)
    assert accounted(first) == first["rows"] == ROWS
    assert len([column for column in first["columns"] if column["chosen"]]) == 0
    _, second = run(*command)
    assert (second["batch"], second["new"], second["changed"]) == (None, 0, 0)
    code, undone = run("undo", str(first["batch"]))
    assert (code, undone["undoes"]) == (0, first["batch"])
