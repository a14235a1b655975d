"""Which network addresses stand on the public internet.

Whoever may name an address for us to call must not reach what only we can reach: this machine, the
network around it, the cloud's own services.
"""

from __future__ import annotations

from ipaddress import AddressValueError, IPv4Address, IPv4Network, IPv6Address, IPv6Network

# IANA IPv4 Special-Purpose Address Registry, with multicast (224/4) and what is reserved (240/4).
_NOT_PUBLIC_V4 = tuple(
    IPv4Network(each)
    for each in (
        "0.0.0.0/8",
        "10.0.0.0/8",
        "100.64.0.0/10",  # shared by the customers of a provider (RFC 6598)
        "127.0.0.0/8",
        "169.254.0.0/16",  # link-local; a cloud's credentials are at 169.254.169.254
        "172.16.0.0/12",
        "192.0.0.0/24",
        "192.0.2.0/24",
        "192.31.196.0/24",
        "192.52.193.0/24",
        "192.88.99.0/24",  # relays of 6to4
        "192.168.0.0/16",
        "192.175.48.0/24",
        "198.18.0.0/15",
        "198.51.100.0/24",
        "203.0.113.0/24",
        "224.0.0.0/4",
        "240.0.0.0/4",
    )
)
# Of IPv6 only what is given out as global unicast (RFC 4291, 2.4), so that loopback, unique-local,
# link-local, multicast, mapped and translated (64:ff9b::/96) addresses are out without being named.
_GIVEN_OUT_V6 = IPv6Network("2000::/3")
_NOT_PUBLIC_V6 = tuple(
    IPv6Network(each)
    for each in (
        "2001::/23",  # of protocols; 2001::/32 (Teredo) carries an IPv4 address
        "2001:db8::/32",
        "2002::/16",  # 6to4: carries an IPv4 address
        "2620:4f:8000::/48",
        "3fff::/20",
    )
)


def is_public(address: str) -> bool:
    """:param address: as a resolver gives it; what is none, such as one with a zone, is not public."""
    try:
        return _is_public_v6(address) if ":" in address else _is_public_v4(address)
    except AddressValueError:
        return False


def is_loopback(address: str) -> bool:
    """Whether it is this machine's own, as resolvers write it."""
    return address == "::1" or address.startswith("127.")


def _is_public_v4(address: str) -> bool:
    read = IPv4Address(address)
    return not any(read in network for network in _NOT_PUBLIC_V4)


def _is_public_v6(address: str) -> bool:
    read = IPv6Address(address)
    if read.scope_id is not None or read not in _GIVEN_OUT_V6:
        return False
    return not any(read in network for network in _NOT_PUBLIC_V6)
