"""What a commit or an undo tells people when it cannot be done."""

import errno
import os

from graph.errors import KnowledgeError
from graph.knowledge.model import Batch
from graph.store import Difference
from ontology import Bilingual


def is_full(error: Exception) -> bool:
    """Whether an error says that the disk is full; engines say it in words only."""
    return isinstance(error, OSError) and (
        error.errno == errno.ENOSPC or os.strerror(errno.ENOSPC) in str(error)
    )


def disk_full(error: Exception) -> KnowledgeError:
    """The disk did not take what was to be written."""
    return KnowledgeError(
        Bilingual(
            "Nothing was changed: the disk is full or cannot be written ({why}).",
            "Nichts wurde geändert: Die Platte ist voll oder nicht beschreibbar ({why}).",
        ).with_(why=_reason(error)),
        Bilingual("Make room and try again.", "Schaffen Sie Platz und versuchen Sie es erneut."),
    )


def reopen(error: Exception | None = None) -> KnowledgeError:
    """A commit could neither be done nor taken back."""
    message = Bilingual(
        "A change could not be completed, so nothing more is changed until the next start",
        "Eine Änderung konnte nicht abgeschlossen werden; bis zum nächsten Start wird nichts mehr "
        "geändert",
    )
    why = f" ({_reason(error)})." if error else "."
    return KnowledgeError(
        Bilingual(message.en + why, message.de + why),
        Bilingual(
            "Make room on the disk and start clusterradar again; it completes the change.",
            "Schaffen Sie Platz auf der Platte und starten Sie clusterradar neu; es schließt die "
            "Änderung ab.",
        ),
    )


def _reason(error: Exception) -> object:
    return getattr(error, "strerror", None) or error


def no_such_batch(number: int | str) -> KnowledgeError:
    """There is no batch of this number."""
    return KnowledgeError(
        Bilingual("There is no batch {n}.", "Es gibt keinen Stapel {n}.").with_(n=number),
        Bilingual(
            "The list of batches shows their numbers.",
            "Die Liste der Stapel zeigt ihre Nummern.",
        ),
    )


def already_undone(number: int, by: int) -> KnowledgeError:
    """The batch was taken back before."""
    return KnowledgeError(
        Bilingual(
            "Batch {n} is already undone, by batch {by}.",
            "Stapel {n} ist schon rückgängig gemacht, durch Stapel {by}.",
        ).with_(n=number, by=by),
        Bilingual(
            "To bring it back, undo batch {by}.",
            "Um ihn wiederherzustellen, machen Sie Stapel {by} rückgängig.",
        ).with_(by=by),
    )


def stands_on(number: int, later: Batch) -> KnowledgeError:
    """A later batch needs what this one brought."""
    return KnowledgeError(
        Bilingual(
            "Batch {n} cannot be undone: batch {later} ({title}) builds on it.",
            "Stapel {n} lässt sich nicht rückgängig machen: Stapel {later} ({title}) baut auf ihm "
            "auf.",
        ).with_(n=number, later=later.number, title=later.about.title or later.about.kind),
        Bilingual(
            "Undo batch {later} first.",
            "Machen Sie zuerst Stapel {later} rückgängig.",
        ).with_(later=later.number),
    )


def refuse_what_is_gone(batch: Batch, own: Difference) -> None:
    """Refuse to undo a batch where nothing is kept that could be brought back.

    Raises:
        KnowledgeError: it is an erasure, what it changed was erased since, or it is too old.
    """
    if batch.about.kind == "erasure":
        message = Bilingual(
            "Batch {n} erased data for good; it cannot be undone.",
            "Stapel {n} hat Daten endgültig gelöscht; er lässt sich nicht rückgängig machen.",
        )
    elif not batch.kept:
        message = Bilingual(
            "Batch {n} is so old that what it changed is no longer kept; it cannot be undone.",
            "Stapel {n} ist so alt, dass nicht mehr aufbewahrt wird, was er geändert hat; er lässt "
            "sich nicht rückgängig machen.",
        )
    elif batch.erased and not own:
        message = Bilingual(
            "All that batch {n} changed was erased since; there is nothing to bring back.",
            "Alles, was Stapel {n} geändert hat, wurde seither gelöscht; es gibt nichts "
            "wiederherzustellen.",
        )
    else:
        return
    raise KnowledgeError(
        message.with_(n=batch.number),
        Bilingual(
            "Import or enter what is still wanted anew.",
            "Importieren oder tragen Sie neu ein, was weiter gebraucht wird.",
        ),
    )
