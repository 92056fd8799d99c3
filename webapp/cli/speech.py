"""In which language a command speaks."""

import locale

import click


def spoken_language() -> str:
    """The language of the running command: its ``--lang``, else what the terminal speaks."""
    context = click.get_current_context(silent=True)
    chosen = context.params.get("lang") if context else None
    return str(chosen or terminal_language())


def terminal_language() -> str:
    """``de`` in a German terminal, else ``en``."""
    spoken = locale.getlocale(locale.LC_MESSAGES)[0] or ""
    return "de" if spoken.lower().startswith(("de", "german")) else "en"
