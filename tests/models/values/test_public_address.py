"""Which addresses we may be sent to, by tables and by the standard library as a second opinion."""

from ipaddress import IPv4Address, IPv6Address, ip_address

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from models.values.public_address import is_loopback, is_public

PUBLIC = [
    "1.1.1.1",
    "8.8.8.8",
    "100.63.255.255",
    "100.128.0.0",
    "172.15.255.255",
    "172.32.0.0",
    "191.255.255.255",
    "223.255.255.255",
    "2001:200::1",
    "2404:6800:4003:c00::65",
    "2606:4700:4700::1111",
]
NOT_PUBLIC = [
    "0.0.0.0",  # noqa: S104
    "10.0.0.1",
    "100.64.0.1",
    "100.127.255.255",
    "127.0.0.1",
    "127.255.255.254",
    "169.254.169.254",
    "172.16.0.1",
    "172.31.255.255",
    "192.0.0.170",
    "192.88.99.1",
    "192.168.1.1",
    "198.19.255.255",
    "224.0.0.1",
    "239.255.255.255",
    "255.255.255.255",
    "::",
    "::1",
    "::7f00:1",
    "::ffff:8.8.8.8",
    "::ffff:127.0.0.1",
    "64:ff9b::8.8.8.8",
    "64:ff9b:1::a00:1",
    "100::1",
    "2001::1",
    "2001:db8::1",
    "2002:7f00:1::",
    "2002:808:808::",
    "3fff::1",
    "5f00::1",
    "fc00::1",
    "fd12:3456::1",
    "fe80::1",
    "fe80::1%eth0",
    "2606:4700:4700::1111%eth0",
    "fec0::1",
    "ff02::1",
    "",
    "localhost",
    "127.1",
    "0x7f000001",
    "2130706433",
    "8.8.8.8 ",
    "008.8.8.8",
]


@pytest.mark.parametrize("address", PUBLIC)
def test_the_internet_is_public(address):
    assert is_public(address)


@pytest.mark.parametrize("address", NOT_PUBLIC)
def test_nothing_else_is(address):
    assert not is_public(address)


@given(st.ip_addresses())
@example(IPv4Address("169.254.169.254"))
@example(IPv6Address("::ffff:a00:1"))
def test_what_is_public_to_us_is_so_to_the_standard_library(address):
    if is_public(str(address)):
        assert address.is_global
        assert not address.is_multicast
        assert not address.is_reserved


@given(st.ip_addresses(v=4))
def test_no_way_to_carry_an_ipv4_address_in_an_ipv6_one_is_public(inner):
    carried = int(inner)
    for outer in (
        carried,
        0xFFFF << 32 | carried,
        0x64FF9B << 96 | carried,
        0x64FF9B0001 << 80 | carried,
        0x2002 << 112 | carried << 80,
        0x20010000 << 96 | carried ^ 0xFFFFFFFF,
    ):
        assert not is_public(str(IPv6Address(outer)))


@given(st.text() | st.ip_addresses().map(str))
def test_no_text_breaks_the_judge_and_only_addresses_are_public(text):
    if is_public(text):
        assert ip_address(text).is_global


@pytest.mark.parametrize(
    ("address", "is_it"),
    [("127.0.0.1", True), ("127.8.9.10", True), ("::1", True), ("128.0.0.1", False), ("::", False)],
)
def test_this_machine_is_known_by_its_addresses(address, is_it):
    assert is_loopback(address) is is_it
