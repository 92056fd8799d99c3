"""How far long work has come, as a bar on the terminal; nothing where nobody looks."""

import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any, Final

import click

from graph import Progress, silent
from ontology import Bilingual
from webapp.cli.speech import spoken_language

_STAGES: Final = {
    "reading": Bilingual("Reading", "Lesen"),
    "mapping": Bilingual("Columns", "Spalten"),
    "validating": Bilingual("Checking", "Prüfen"),
    "matching": Bilingual("Matching", "Abgleichen"),
    "linking": Bilingual("Linking", "Verknüpfen"),
    "comparing": Bilingual("Comparing", "Vergleichen"),
    "committing": Bilingual("Committing", "Übernehmen"),
}
_WIDTH: Final = max(len(text) for words in _STAGES.values() for text in (words.en, words.de))


@contextmanager
def progress_on(*, quiet: bool) -> Iterator[Progress]:
    """Tells how far work has come, one bar a stage, on a terminal's standard error.

    Args:
        quiet: whether nothing is shown in any case.
    """
    if quiet or not sys.stderr.isatty():
        yield silent
        return
    with ExitStack() as bars:
        yield _Bars(bars).tell


class _Bars:
    """The bar of the stage that is under way."""

    def __init__(self, bars: ExitStack) -> None:
        self._bars = bars
        self._stage = ""
        self._bar: Any = None

    def tell(self, stage: str, done: int, whole: int) -> None:
        if stage != self._stage:
            self._bars.pop_all().close()
            self._stage, self._bar = stage, None
        if not whole or stage not in _STAGES:
            return
        if self._bar is None:
            label = _STAGES[stage][spoken_language()].ljust(_WIDTH)
            bar = click.progressbar(length=whole, label=label, file=sys.stderr)
            self._bar = self._bars.enter_context(bar)
        self._bar.update(done - self._bar.pos)
