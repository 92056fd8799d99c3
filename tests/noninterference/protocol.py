"""Read paths beside the text of answers: other methods, lengths, tags of what is remembered."""

from tests.noninterference import canonical
from tests.noninterference.cases import Case
from tests.noninterference.paths import read_path
from tests.noninterference.sides import Side


@read_path(web=True)
def other_methods(side: Side, case: Case) -> object:
    """HEAD with its length, OPTIONS with what is allowed, and methods that nothing takes."""
    told = []
    for address in _addresses(case):
        for method in ("HEAD", "OPTIONS", "DELETE"):
            answer = side.client.open(address, method=method, headers={"Accept": "text/html"})
            told.append((canonical.response(answer), answer.headers.get("Content-Length")))
    return told


@read_path(web=True)
def remembered_answers(side: Side, case: Case) -> object:
    """Whether an answer is still the one with a tag, and parts of answers."""
    return [_remembered(side, address) for address in _addresses(case)[:3]]


def _remembered(side: Side, address: str) -> list[object]:
    tag = side.get(address).headers.get("ETag", "")
    conditions = (
        {"If_None_Match": tag},
        {"If_None_Match": '"x"'},
        {"If_Match": '"x"'},
        {"Range": "bytes=0-99"},
    )
    return [canonical.response(side.get(address, **headers)) for headers in conditions]


def _addresses(case: Case) -> list[str]:
    hidden_or_not, there = case.asked[0], case.asked[-1]
    return [
        f"/api/v1/radar?centre={there}",
        f"/id/{there}.ttl",
        f"/page/{hidden_or_not}",
        f"/id/{hidden_or_not}",
        "/groups/rot",
    ]
