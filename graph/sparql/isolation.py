"""No network for this process, for good: the system refuses every socket.

The guard refuses ``SERVICE`` before anything parses a query. Should the engine ever read a text
otherwise than the guard does, the query still reaches nobody.
"""

import ctypes
import errno
import platform
import sys
from typing import Final

_NO_NEW_PRIVILEGES: Final = 38
_SECCOMP: Final = 22
_FILTER: Final = 2
_SYSTEMS: Final = {"x86_64": (0xC000003E, 41), "aarch64": (0xC00000B7, 198)}
"""For each kind of processor its number in the kernel, and that of the system call for a socket."""

_LOAD, _IF_EQUAL, _RETURN = 0x20, 0x15, 0x06
_NUMBER, _ARCHITECTURE = 0, 4
"""Where the number of the system call and the kind of processor stand in what a filter sees."""

_REFUSE: Final = 0x00050000 | errno.EACCES
_ALLOW: Final = 0x7FFF0000


class _Step(ctypes.Structure):
    _fields_ = (
        ("code", ctypes.c_ushort),
        ("if_true", ctypes.c_ubyte),
        ("if_false", ctypes.c_ubyte),
        ("value", ctypes.c_uint),
    )


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("steps", ctypes.POINTER(_Step)))


def give_up_network() -> bool:
    """Let this thread, and all that it starts from now on, make no socket any more.

    Returns:
        Whether the system does so; only Linux does, on common processors.
    """
    if sys.platform != "linux" or platform.machine() not in _SYSTEMS:
        return False
    architecture, socket = _SYSTEMS[platform.machine()]
    steps = (_Step * 6)(
        _Step(_LOAD, 0, 0, _ARCHITECTURE),
        _Step(_IF_EQUAL, 0, 3, architecture),
        _Step(_LOAD, 0, 0, _NUMBER),
        _Step(_IF_EQUAL, 0, 1, socket),
        _Step(_RETURN, 0, 0, _REFUSE),
        _Step(_RETURN, 0, 0, _ALLOW),
    )
    program = _Program(len(steps), steps)
    prctl = ctypes.CDLL(None).prctl
    prctl.argtypes = [ctypes.c_int, *[ctypes.c_ulong] * 4]
    address = ctypes.addressof(program)
    return not prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0) and not prctl(_SECCOMP, _FILTER, address, 0, 0)
