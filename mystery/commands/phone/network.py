"""Which address of this machine a phone in the same network reaches."""

from __future__ import annotations

import socket
from ipaddress import IPv4Address

# Reserved for documentation: nobody answers there, and for UDP nothing is sent to find the way.
ANY_ADDRESS_OUTSIDE = ("198.51.100.1", 9)


class NoNetwork(OSError):
    """This machine is in no network."""


def find_address() -> IPv4Address:
    """The address of the network card that leads out; raises NoNetwork."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(ANY_ADDRESS_OUTSIDE)
        except OSError as error:
            raise NoNetwork("this machine is in no network") from error
        return IPv4Address(probe.getsockname()[0])
