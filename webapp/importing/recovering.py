"""What became of the lists that a server worked on when it ended, found out at the next start."""

from graph import Batch, Knowledge
from webapp.importing import messages
from webapp.importing.jobs import Jobs
from webapp.importing.tables import ImportJob
from webapp.importing.uploads import Uploads
from webapp.importing.wanted import Wanted


def recover(jobs: Jobs, knowledge: Knowledge, uploads: Uploads) -> None:
    """Say of each list whether it was committed; if not, it is planned again.

    Args:
        jobs: where the lists are noted.
        knowledge: opened, so that what was committed halfway is finished or gone.
        uploads: the files of the lists; what is committed needs none.
    """
    found = jobs.interrupted()
    batches = knowledge.batches() if found else []
    for job in found:
        came = next((one for one in batches if _is_of(job, one)), None)
        if came is not None:
            jobs.change(job.token, state="done", number=came.number, batch=came.id)
            uploads.forget(job.token)
        else:
            was = messages.NOT_COMMITTED if job.state == "committing" else messages.INTERRUPTED
            jobs.change(job.token, state="received", before=None, said=messages.spoken(was))


def _is_of(job: ImportJob, batch: Batch) -> bool:
    """Whether a batch is what a job was about to commit: the next one, of that name and size."""
    if job.before is None or batch.number != job.before + 1:
        return False
    wanted = (Wanted.of(job.wanted).name, job.counts)
    return (batch.about.title, dict(batch.about.counts)) == wanted
