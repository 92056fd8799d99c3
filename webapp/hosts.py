"""Which names of hosts can only be reached from this machine or this house."""

from ipaddress import ip_address
from urllib.parse import urlsplit


def is_inside(host: str) -> bool:
    """Whether an address, perhaps with a port, can only be reached from this machine or house.

    What can be none counts as inside, so that it opens nothing.

    >>> [is_inside(host) for host in ("127.0.0.1:8137", "[::1]", "localhost", "10.1.2.3")]
    [True, True, True, True]
    >>> is_inside("data.example.org:443")
    False
    """
    try:
        name = urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return True
    if name == "localhost" or name.endswith((".localhost", ".local")):
        return True
    try:
        return not ip_address(name).is_global
    except ValueError:
        return False
