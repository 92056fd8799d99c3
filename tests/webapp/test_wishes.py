"""More like this, and not for me: how they move the radar, and how they are taken back."""

import re

from tests.webapp.accounts_app import Town
from tests.webapp.test_me import JSON, here, labels  # noqa: F401  a fixture


def test_not_for_me_takes_a_thing_off_every_radar_of_mine(here: Town) -> None:  # noqa: F811
    stranger = here.browser("stranger")
    assert "Lens" in labels(stranger) and "Lens" in labels(stranger, "&centre=topic/optics")
    back = stranger.post("/me/wishes", less="project/lens", back="/?lens=nearest")
    assert back.location == "/?lens=nearest&told=project/lens"
    assert "Lens" not in labels(stranger) + labels(stranger, "&centre=topic/optics")
    told = stranger.get(back.location).text
    assert "“Lens” is not shown to you any more" in told
    assert re.search(r'name="unwish" value="project/lens">Undo', told)
    assert "Lens" in labels(here.browser("admin"), "&centre=topic/optics"), "only for me"
    assert "Lens" in labels(here.browser(), "&centre=topic/optics")


def test_what_was_said_is_listed_and_can_be_taken_back(here: Town) -> None:  # noqa: F811
    stranger = here.browser("stranger")
    before = labels(stranger)
    stranger.post("/me/wishes", less="project/lens")
    listed = stranger.get("/me/saved").text
    assert "Not for me" in listed and "Lens" in listed
    answer = stranger.client.post(
        "/me/wishes", data={"form_token": stranger.token, "unwish": "project/lens"}, headers=JSON
    ).json
    assert answer is not None
    assert (answer["wish"], answer["told"]) == ("", "Taken back: “Lens” is as it was before.")
    assert labels(stranger) == before
    assert 'id="less"' not in stranger.get("/me/saved").text


def test_more_like_this_brings_what_is_near_onto_the_radar(here: Town) -> None:  # noqa: F811
    admin = here.browser("admin")
    admin.post("/me/wishes", more="project/lens")
    answer = admin.client.get("/api/v1/radar?lang=en").json
    assert answer is not None
    why = {one["label"]: one["reason"]["text"] for one in answer["suggestions"]}
    assert why["Optics"] == "Topic of the project Lens – you want more like it"
    pressed = r'data-wish="more"[^>]*name="unwish" value="project/lens" aria-pressed="true"'
    assert re.search(pressed, admin.get("/page/project/lens").text)
    admin.post("/me/wishes", less="project/lens")
    assert labels(admin) == [], "the last word counts"


def test_a_wish_is_about_something_that_one_may_read(here: Town) -> None:  # noqa: F811
    admin = here.browser("admin")
    for thing in ("project/secret", "project/nothing", "odd"):
        assert admin.post("/me/wishes", less=thing).status_code == 404
    assert here.browser().post("/me/wishes", less="project/lens").status_code in {302, 303, 401}


def test_wishes_are_in_what_is_told_to_their_owner_and_go_with_the_account(
    here: Town,  # noqa: F811
) -> None:
    admin = here.browser("admin")
    admin.post("/me/wishes", less="project/lens")
    told = admin.client.get("/account/data.json").text
    assert '"wish"' in told and "project/lens" in told
    assert "project/lens" not in here.browser("stranger").client.get("/account/data.json").text
