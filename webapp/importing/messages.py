"""What is said of an uploaded list that went no further."""

from typing import Final

from graph import KnowledgeError
from ontology import Bilingual

NO_FILE: Final = Bilingual(
    "The list is no longer kept: it waited for a day, or named somebody who was erased. Nothing "
    "was changed. Upload it again.",
    "Die Liste wird nicht mehr aufbewahrt: Sie hat einen Tag gewartet, oder sie nannte jemanden, "
    "der gelöscht wurde. Nichts wurde geändert. Laden Sie sie noch einmal hoch.",
)
BROKEN: Final = Bilingual(
    "Something went wrong on our side. Nothing was changed. Upload the list again; if it stays, "
    "tell whoever runs this server when it happened.",
    "Auf unserer Seite ist etwas schiefgegangen. Nichts wurde geändert. Laden Sie die Liste noch "
    "einmal hoch; bleibt es dabei, sagen Sie den Betreibern, wann es geschah.",
)
CHANGED: Final = Bilingual(
    "The data have changed in the meantime. Nothing was committed. Look at the plan again.",
    "Die Daten haben sich inzwischen geändert. Nichts wurde übernommen. Sehen Sie den Plan noch "
    "einmal an.",
)
INTERRUPTED: Final = Bilingual(
    "The server was started anew in the meantime. Nothing was changed; the list was planned again.",
    "Der Server wurde inzwischen neu gestartet. Nichts wurde geändert; die Liste wurde noch einmal "
    "geplant.",
)
NOT_COMMITTED: Final = Bilingual(
    "The server ended before the list was committed. Nothing was changed; the list was planned "
    "again. Look at the plan and commit it once more.",
    "Der Server endete, bevor die Liste übernommen war. Nichts wurde geändert; die Liste wurde "
    "noch einmal geplant. Sehen Sie den Plan an, und übernehmen Sie ihn noch einmal.",
)
NO_KIND: Final = Bilingual(
    "Choose what one row of the list is.", "Wählen Sie, was eine Zeile der Liste ist."
)
NOT_YOURS: Final = Bilingual(
    "Choose one of your own clusters, and who may read.",
    "Wählen Sie einen Ihrer Cluster und wer lesen darf.",
)
EMPTY: Final = Bilingual(
    "{name} is empty. Choose the file again.", "{name} ist leer. Wählen Sie die Datei noch einmal."
)


def spoken(said: Bilingual) -> dict[str, str]:
    """A message as jobs keep it."""
    return {"en": said.en, "de": said.de}


def spoken_error(error: KnowledgeError) -> dict[str, str]:
    """An error, with what to do, as jobs keep it."""
    return {"en": error.text("en"), "de": error.text("de")}
