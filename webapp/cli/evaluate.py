"""``clusterradar evaluate``: how well the recommender finds what came later."""

from pathlib import Path

import click

from recommender import Evaluation, evaluate_folder, evaluate_leave_out
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
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@data_dir_option
def evaluate(
    folder: Path | None, leave_out: str | None, as_json: bool, data_dir: Path | None
) -> None:
    """Score the recommender beside simple baselines.

    FOLDER is an evaluation set: what is learned is learned on its fit half, what is scored is
    scored on its test half. With --leave-out project, each project is taken out of the data
    with all that it brought about, and the coordinator's radar has to find its partners.
    """
    if (folder is None) == (leave_out is None):
        raise click.UsageError("Name either a FOLDER or --leave-out project.")
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
