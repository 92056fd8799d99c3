"""``clusterradar check``: do the data keep the shapes and the ontology's logic?"""

from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from graph import (
    Clash,
    Finding,
    LogicReport,
    ShapeReport,
    check_logic,
    check_shapes,
    check_thesaurus,
)
from ontology import Bilingual
from webapp.cli.common import (
    DONE,
    PARTLY,
    data_dir_option,
    lang_option,
    opened,
    print_json,
)

_MOST_SHOWN = 50


@click.command()
@data_dir_option
@lang_option
@click.option(
    "--time-limit",
    type=click.FloatRange(min=1),
    default=120.0,
    show_default=True,
    help="Seconds that the reasoner may take.",
)
@click.option("--no-logic", is_flag=True, help="Leave out the check of the logic.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_context
def check(
    ctx: click.Context,
    data_dir: Path | None,
    lang: str,
    time_limit: float,
    no_logic: bool,
    as_json: bool,
) -> None:
    """Check the data: SHACL shapes, SKOS integrity, and (with Java) the whole OWL logic.

    Exit code 0: everything is in order; 1: something was found; 2: wrong usage.
    """
    with opened(data_dir) as knowledge:
        shapes = check_shapes(knowledge)
        thesaurus = check_thesaurus(knowledge)
        logic = None if no_logic else check_logic(knowledge, time_limit)
    good = shapes.good and not thesaurus and (logic is None or logic.good)
    if as_json:
        print_json(_as_json(good, shapes, thesaurus, logic, lang))
    else:
        _print_findings(_SHAPES.with_(count=shapes.things), shapes.findings, lang)
        _print_findings(_THESAURUS, thesaurus, lang)
        if logic is not None:
            _print_logic(logic, lang)
    ctx.exit(DONE if good else PARTLY)


_SHAPES = Bilingual("Shapes (things looked at: {count})", "Formen (geprüfte Dinge: {count})")
_THESAURUS = Bilingual("Thesaurus", "Thesaurus")
_LOGIC = Bilingual("Logic (statements: {count})", "Logik (Aussagen: {count})")
_GOOD = Bilingual("nothing to complain about", "nichts zu beanstanden")
_UNKNOWN = Bilingual("no contradiction found", "kein Widerspruch gefunden")
_FOUND = Bilingual("{count} found", "{count} gefunden")
_MORE = Bilingual("and {count} more; --json shows all", "und {count} weitere; --json zeigt alle")
_CONTRADICTION = Bilingual("These statements clash:", "Diese Aussagen widersprechen sich:")


def _heading(title: Bilingual, verdict: Bilingual, lang: str) -> None:
    click.echo(f"{title[lang]}: {verdict[lang]}")


def _print_findings(title: Bilingual, findings: tuple[Finding, ...], lang: str) -> None:
    _heading(title, _FOUND.with_(count=len(findings)) if findings else _GOOD, lang)
    for finding in findings[:_MOST_SHOWN]:
        click.echo(f"  {finding.message[lang]}")
    if len(findings) > _MOST_SHOWN:
        click.echo(f"  {_MORE.with_(count=len(findings) - _MOST_SHOWN)[lang]}")


def _print_logic(report: LogicReport, lang: str) -> None:
    verdict = _GOOD if report.consistent else _UNKNOWN
    if report.clashes:
        verdict = _FOUND.with_(count=len(report.clashes))
    _heading(_LOGIC.with_(count=report.statements), verdict, lang)
    for clash in report.clashes[:_MOST_SHOWN]:
        if clash.statements:
            click.echo(f"  {_CONTRADICTION[lang]}")
        for number, statement in enumerate(clash.statements, 1):
            click.echo(f"    {number}. {statement[lang]}")
        click.echo(f"    {clash.why[lang]}")
    click.echo(f"  {report.note[lang]}")


def _as_json(
    good: bool,
    shapes: ShapeReport,
    thesaurus: tuple[Finding, ...],
    logic: LogicReport | None,
    lang: str,
) -> dict[str, Any]:
    return {
        "good": good,
        "shapes": {
            "things": shapes.things,
            "findings": [_finding(finding, lang) for finding in shapes.findings],
        },
        "thesaurus": {"findings": [_finding(finding, lang) for finding in thesaurus]},
        "logic": logic
        and {
            "consistent": logic.consistent,
            "statements": logic.statements,
            "note": logic.note[lang],
            "clashes": [_clash(clash, lang) for clash in logic.clashes],
        },
    }


def _finding(finding: Finding, lang: str) -> dict[str, str]:
    return asdict(finding) | {"name": finding.name[lang], "message": finding.message[lang]}


def _clash(clash: Clash, lang: str) -> dict[str, Any]:
    return {
        "statements": [statement[lang] for statement in clash.statements],
        "why": clash.why[lang],
    }
