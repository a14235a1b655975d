"""Where a request comes from, as far as the network tells."""

from __future__ import annotations

import ipaddress

# The smallest part of the internet that one line is given: whoever has it has all of its
# 18 million million million addresses, and may use another for every request.
_IPV6_PREFIX = 64


def counted_as(address: str) -> str:
    """What an address is counted as: itself, or for IPv6 the ``/64`` that it lies in.

    IPv4 written as IPv6 (``::ffff:10.9.8.7``) is IPv4. What is no address stays as it is.
    """
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if isinstance(ip, ipaddress.IPv4Address):
        return str(ip)
    if ip.ipv4_mapped is not None:
        return str(ip.ipv4_mapped)
    return str(ipaddress.ip_network((ip, _IPV6_PREFIX), strict=False))
