"""Documentation that cannot rot: whatever a person may use is written about."""

import re
from dataclasses import fields
from pathlib import Path
from typing import get_origin

import click
import pytest

from graph import Knowledge
from ontology import CR, schema
from webapp import Settings, create_app
from webapp.cli import main
from webapp.settings import PREFIX

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"


def text(name: str) -> str:
    return (DOCS / name).read_text(encoding="utf-8")


def test_every_setting_is_documented_with_its_default_and_unit() -> None:
    page = text("operating.md")
    missing = []
    for one in fields(Settings):
        row = f"| `{PREFIX}{one.name.upper()}` | `{one.default}` | {one.metadata['unit']} | "
        if row + one.metadata["meaning"] not in page:
            missing.append(row + one.metadata["meaning"] + " |")
    assert not missing, "docs/operating.md lacks:\n" + "\n".join(missing)


def test_every_command_and_option_is_documented() -> None:
    page = text("commands.md")
    missing = []
    context = main.make_context("clusterradar", [], resilient_parsing=True)
    for name in main.list_commands(context):
        command = main.get_command(context, name)
        assert command is not None
        section = page.partition(f"## {name}\n")[2].partition("\n## ")[0]
        if not section:
            missing.append(f"## {name}")
        if isinstance(command, click.Group):
            missing += [
                f"{name} {sub}" for sub in command.commands if f"`{name} {sub}" not in section
            ]
        for parameter in (one for part in parts(command) for one in part.params):
            missing += [
                f"{name} {option}"
                for option in (*parameter.opts, *parameter.secondary_opts)
                if option.startswith("--") and f"`{option}" not in section
            ]
    assert not missing, "docs/commands.md lacks:\n" + "\n".join(missing)


def parts(command: click.Command) -> list[click.Command]:
    """A command and, of a group, what it consists of."""
    return [command, *(command.commands.values() if isinstance(command, click.Group) else ())]


def test_every_address_is_documented() -> None:
    page = text("http.md")
    app = create_app(Settings(), knowledge=Knowledge.open(None))
    missing = sorted(
        {
            rule.rule
            for rule in app.url_map.iter_rules()
            if f"`{rule.rule}`" not in page and rule.endpoint != "static"
        }
    )
    app.extensions["services"].close()
    assert not missing, "docs/http.md lacks:\n" + "\n".join(missing)


def test_every_class_and_property_is_documented() -> None:
    page = text("ontology.md")
    known = schema()
    terms = {*known.classes, *known.properties}
    missing = sorted(
        iri for iri in terms if iri.startswith(CR) and iri.removeprefix(CR) not in page
    )
    assert not missing, missing


def test_every_public_name_has_a_docstring() -> None:
    for room in ("ontology", "graph", "recommender", "webapp"):
        module = __import__(room)
        bare = [
            name
            for name in module.__all__
            if callable(found := getattr(module, name))
            # What a type is short for cannot carry a docstring of its own.
            and get_origin(found) is None
            and not (found.__doc__ or "").strip()
        ]
        assert not bare, f"{room}: {bare}"


def pages() -> list[Path]:
    return [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted(DOCS.rglob("*.md"))]


@pytest.mark.parametrize("page", pages(), ids=lambda path: path.name)
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    broken = [
        target
        for target in re.findall(r"\]\(([^)#\s]+)", page.read_text(encoding="utf-8"))
        if "://" not in target and not (page.parent / target).exists()
    ]
    assert not broken, broken


def test_decisions_are_short_numbered_and_whole() -> None:
    numbers = []
    for path in sorted((DOCS / "decisions").glob("[0-9]*.md")):
        content = path.read_text(encoding="utf-8")
        numbers.append(path.name[:4])
        for part in ("Context", "Choice", "Cost"):
            assert f"**{part}" in content, f"{path.name} says no {part}"
    assert len(numbers) == len(set(numbers)) and numbers
