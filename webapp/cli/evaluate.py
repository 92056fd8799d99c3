"""``clusterradar evaluate``: how well the recommender finds what came later."""

from collections.abc import Callable
from pathlib import Path

import click

from graph import View
from recommender import (
    Curve,
    Evaluation,
    Study,
    ablate_folder,
    ablate_store,
    curve_of_folder,
    curve_of_store,
    drawn,
    evaluate_diversity,
    evaluate_folder,
    evaluate_leave_out,
)
from webapp.cli.common import data_dir_option, opened, plain_errors, print_json


@click.command()
@click.argument(
    "folder", required=False, type=click.Path(exists=True, file_okay=False, path_type=Path)
)
@click.option(
    "--leave-out",
    type=click.Choice(["project"]),
    help="Leave out each project of the data folder in turn, instead of reading a FOLDER.",
)
@click.option(
    "--diversity",
    "study",
    flag_value="diversity",
    help="Measure whether a hub, cluster or topic fills a ring, and what variety costs.",
)
@click.option(
    "--ablation", "study", flag_value="ablation", help="Measure what each part of it adds."
)
@click.option(
    "--curve", "study", flag_value="curve", help="Measure quality over profile and activity."
)
@click.option(
    "-o",
    "--output",
    type=click.Path(file_okay=False, path_type=Path),
    help="With --curve: a directory for the table and the plot.",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@data_dir_option
def evaluate(
    folder: Path | None,
    leave_out: str | None,
    study: str | None,
    output: Path | None,
    as_json: bool,
    data_dir: Path | None,
) -> None:
    """Score the recommender beside simple baselines.

    FOLDER is an evaluation set: what is learned is learned on its fit half, what is scored is
    scored on its test half. With --leave-out project, each project is taken out of the data
    with all that it brought about, and the coordinator's radar has to find its partners. On
    either, --ablation and --curve tell more; --diversity is about the radars of the data folder.
    """
    if (folder is None) == (leave_out is None):
        raise click.UsageError("Name either a FOLDER or --leave-out project.")
    if study is not None:
        _study(folder, study, output, as_json, data_dir)
        return
    if folder is not None:
        with plain_errors():
            found = evaluate_folder(folder, progress=_progress)
    else:
        with opened(data_dir) as knowledge:
            found = evaluate_leave_out(knowledge.view())
    if as_json:
        print_json(found.as_json())
    else:
        _print_table(found)


def _study(
    folder: Path | None, study: str, output: Path | None, as_json: bool, data_dir: Path | None
) -> None:
    """Print one of the studies; a curve is drawn, too, where somebody names a place for it."""
    if folder is not None:
        if study == "diversity":
            raise click.UsageError("--diversity goes with --leave-out project.")
        with plain_errors():
            made: Study | Curve = (
                curve_of_folder(folder, progress=_progress)
                if study == "curve"
                else ablate_folder(folder, progress=_progress)
            )
    else:
        of_store: dict[str, Callable[[View], Study | Curve]] = {
            "curve": curve_of_store,
            "ablation": ablate_store,
            "diversity": evaluate_diversity,
        }
        with opened(data_dir) as knowledge:
            made = of_store[study](knowledge.view())
    table = made.study() if isinstance(made, Curve) else made
    if isinstance(made, Curve) and output is not None:
        output.mkdir(parents=True, exist_ok=True)
        plot = output / f"curve-{'-'.join(made.name.lower().split())}.svg"
        plot.write_text(drawn(made), encoding="utf-8")
        page = f"# Quality over profile and activity: {made.name}\n\n"
        page += f"![Two curves with their intervals]({plot.name})\n\n"
        page += f"{table.as_markdown()}\n\n{made.heads} heads. {table.note}\n"
        plot.with_suffix(".md").write_text(page, encoding="utf-8")
    if as_json:
        print_json(table.as_json())
    else:
        click.echo(f"{table.name}\n\n{table.as_markdown()}\n\n{table.note}")


def _progress(step: str) -> None:
    click.echo(f"  {step} ...", err=True)


def _print_table(found: Evaluation) -> None:
    click.echo(
        f"{found.set}: {found.heads} heads, {found.targets} to be found "
        f"among {found.candidates} candidates"
    )
    click.echo(
        f"{'':<22} {'recall@20':>9} {'nDCG@20':>8} {'MRR (95 %)':>19} {'hits@8 (95 %)':>19} "
        f"{'coverage':>8} {'ms':>7} {'ms p95':>7}"
    )
    for one in found.rankers:
        mrr, hits = one.mrr_interval, one.hits_interval
        click.echo(
            f"{one.name:<22} {one.recall:>9.3f} {one.ndcg:>8.3f} "
            f"{f'{one.mrr:.3f} ({mrr.low:.2f}-{mrr.high:.2f})':>19} "
            f"{f'{one.hits:.3f} ({hits.low:.2f}-{hits.high:.2f})':>19} "
            f"{one.coverage:>8.3f} {one.ms_median:>7.1f} {one.ms_p95:>7.1f}"
        )
    click.echo(found.note)
