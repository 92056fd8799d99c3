"""Which files of a data folder a backup takes as they are: keys, and whatever is not made anew."""

import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Final

_NOT: Final = re.compile(
    r"(store|batches|erased)(-\d+)?|copy-.*|journal|checkpoints|uploads|mail|lock|server\.json"
    r"|clusterradar\.json|erasing\.json|accounts\.sqlite.*|.*\.part|\..*"
)
"""What is taken in another form, belongs to a running process or is kept for a while only."""


def files_to_take(folder: Path) -> Iterator[tuple[str, Path]]:
    """Name within the folder, and path, of each file."""
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and not path.is_symlink() and is_to_take(name):
            yield name, path


def is_to_take(name: str) -> bool:
    """Whether a name in an archive can be that of such a file, and leads nowhere else.

    >>> [is_to_take(name) for name in ("secret.key", "store/CURRENT", "../x", "/x", "a/../../x")]
    [True, False, False, False, False]
    """
    path = PurePosixPath(name)
    if path.is_absolute() or "\\" in name or ".." in path.parts or not path.parts:
        return False
    return not _NOT.fullmatch(path.parts[0])
