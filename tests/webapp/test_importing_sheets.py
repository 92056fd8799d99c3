"""Lists without columns and plans with cells: RDF and workbooks in the browser."""

import io
import re
import time
from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient

from graph import Knowledge, read_table
from webapp import Settings, create_app

TURTLE = """@prefix cr: <https://w3id.org/clusterradar/ontology#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
<https://example.org/net> a cr:Cluster ; rdfs:label "Net" .
<https://example.org/ada> a cr:Person ; rdfs:label "Ada" .
<https://example.org/odd> rdfs:label "Odd" .
"""


@pytest.fixture(scope="module")
def client() -> Iterator[FlaskClient]:
    app = create_app(Settings(), knowledge=Knowledge.open(None))
    yield app.test_client()
    app.extensions["services"].close()


def uploaded(client: FlaskClient, text: str, name: str, kind: str) -> str:
    """The address of the plan of a list; the message where it is refused."""
    found = re.search(r'name="form_token" value="([^"]+)"', client.get("/import?lang=en").text)
    assert found
    file = (io.BytesIO(text.encode()), name)
    answer = client.post(
        "/import?lang=en", data={"form_token": found[1], "file": file, "kind": kind}
    )
    if answer.status_code != 303:
        return answer.text
    address: str = answer.location.partition("?")[0].removesuffix("/columns")
    for _ in range(600):
        if client.get(f"{address}/plan.xlsx").status_code == 200:
            break
        time.sleep(0.05)
    return address


def test_rdf_needs_neither_a_kind_nor_columns(client: FlaskClient) -> None:
    address = uploaded(client, TURTLE, "x.ttl", "")
    page = client.get(f"{address}?lang=en")
    assert page.status_code == 200
    assert "<strong>2</strong> new" in page.text
    assert "It is not said what this is" in page.text
    assert "what one row of the list is" in uploaded(client, "name\nA\n", "x.csv", "")


def test_a_plan_is_taken_along_as_a_workbook(client: FlaskClient) -> None:
    address = uploaded(client, "Name;Mitarbeiter\nAlpha;3\nBeta;x\n", "y.csv", "organisation")
    answer = client.get(f"{address}/plan.xlsx?lang=de")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="plan-y.xlsx"'
    assert [row.cells for row in read_table(answer.data).rows] == [("Alpha", "3"), ("Beta", "x")]
    assert client.get("/import/plan/nothing-is-here-at-all/plan.xlsx").status_code == 404
