"""``python -m webapp.translate``: merge the parts of the German catalogue and compile it.

Each concern keeps its own part in ``translations/parts``; the compiled catalogue is made at
set-up and is not kept with the sources.
"""

import io
import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

HERE = Path(__file__).resolve().parent / "translations"
TARGET = HERE / "de" / "LC_MESSAGES" / "messages.mo"


class CatalogueError(ValueError):
    """Two parts translate one message differently."""


def merged(folder: Path = HERE / "parts") -> Catalog:
    """All parts as one catalogue.

    Raises:
        CatalogueError: two parts disagree about a message.
    """
    whole = Catalog(locale="de", domain="messages", charset="utf-8", fuzzy=False)
    for path in sorted(folder.glob("*.po")):
        part = read_po(io.BytesIO(path.read_bytes()), locale="de", abort_invalid=True)
        for message in part:
            if not message.id:
                continue
            known = whole.get(message.id, message.context)
            if known is not None and known.string != message.string:
                raise CatalogueError(f"{path.name}: {message.id!r} has two translations")
            whole.add(message.id, message.string, context=message.context)
    return whole


def compile_catalogue(target: Path = TARGET) -> Path:
    """Write the compiled catalogue; it replaces an older one at once."""
    target.parent.mkdir(parents=True, exist_ok=True)
    buffer = io.BytesIO()
    write_mo(buffer, merged())
    draft = target.with_suffix(".new")
    draft.write_bytes(buffer.getvalue())
    draft.replace(target)
    return target


if __name__ == "__main__":
    compile_catalogue()
    sys.stdout.write(f"German catalogue compiled: {len(merged())} messages\n")
