"""The secret of an installation: what signs cookies and links, and keys the digests of addresses.

It lies in the data folder for its owner's eyes only, or in a setting where several servers have to
know the same. Without it what was signed before is void: everybody signs in again, and links that
went out by mail lead nowhere.
"""

import hmac
import os
import secrets
from pathlib import Path
from typing import Final

FILE: Final = "secret.key"


def secret_of(folder: Path | None, chosen: str = "") -> bytes:
    """The secret: the one chosen, or that of the data folder, or a new one that nobody keeps.

    Args:
        folder: the data folder; None where everything is in memory.
        chosen: what the setting says; wins where it says anything.
    """
    if chosen:
        return chosen.encode()
    if folder is None:
        return secrets.token_bytes(32)
    file = folder / FILE
    if not file.exists():
        _write(file)
    return bytes.fromhex(file.read_text(encoding="ascii").strip())


def key_for(purpose: str, secret: bytes) -> bytes:
    """A key for one purpose; nothing about one key follows from another.

    >>> key_for("links", b"s") == key_for("erased", b"s")
    False
    """
    return hmac.digest(secret, purpose.encode(), "sha256")


def _write(file: Path) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    new = file.with_name(f"{FILE}.{secrets.token_hex(4)}")
    handle = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as stream:
        stream.write(secrets.token_hex(32) + "\n")
    try:
        # Of two processes that start together one wins, and both read what it wrote.
        os.link(new, file)
    except FileExistsError:
        return
    finally:
        new.unlink()
