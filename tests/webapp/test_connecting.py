"""How two things are connected: the page, the paths behind a suggestion, the JSON."""

from tests.webapp.accounts_app import Town
from tests.webapp.test_me import here  # noqa: F401  a fixture


def test_the_paths_behind_a_suggestion_stand_on_a_page(here: Town) -> None:  # noqa: F811
    guest = here.browser()
    assert 'href="/radar/topic/optics/why/cluster/other"' in guest.get("/radar/topic/optics").text
    page = guest.get("/radar/topic/optics/why/cluster/other").text
    assert "Project led by Other cluster" not in page
    assert "Leads the project Lens" in page and "1 connection; " in page
    assert guest.get("/radar/topic/optics/why/project/secret").status_code == 404


def test_both_ends_can_be_searched_for(here: Town) -> None:  # noqa: F811
    guest = here.browser()
    empty = guest.get("/connect").text
    assert "Choose two things" in empty
    half = guest.get("/connect?end=from&q=optics").text
    assert 'name="from" value="topic/optics"' in half
    assert "Nothing is called “unheard”" in guest.get("/connect?end=to&q=unheard").text
    whole = guest.get("/connect?from=topic/optics&end=to&q=beta").text
    assert "Beta AG" in whole and 'class="way"' in whole
    apart = guest.get("/connect?from=topic/optics&to=organisation/alpha").text
    assert "Nothing that you may read connects Optics and Alpha GmbH" in apart
    assert "Both ends are the same" in guest.get("/connect?from=topic/optics&to=topic/optics").text
    assert guest.get("/connect?from=topic/nothing").status_code == 404


def test_programs_get_the_same(here: Town) -> None:  # noqa: F811
    client = here.browser().client
    answer = client.get("/api/v1/connections?from=topic/optics&to=organisation/beta&lang=en").json
    assert answer is not None
    assert (answer["from"]["slug"], answer["to"]["slug"]) == ("optics", "beta")
    (way,) = answer["connections"]
    assert [step["label"] for step in way["path"]] == ["Lens", "Other cluster", "Beta AG"]
    missing = client.get("/api/v1/connections?from=topic/optics")
    assert missing.status_code == 400 and "missing-parameter" in missing.text
