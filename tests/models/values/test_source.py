import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.values.source import counted_as


@given(st.ip_addresses(v=4))
def test_an_ipv4_address_is_counted_by_itself_however_it_is_written(address):
    assert counted_as(str(address)) == str(address)
    assert counted_as(f"::ffff:{address}") == str(address)


@given(st.integers(1, 2**64 - 1), st.integers(0, 2**64 - 1), st.integers(0, 2**64 - 1))
def test_ipv6_addresses_of_one_line_are_counted_together(line, one, another):
    first, second = (ipaddress.IPv6Address(line << 64 | host) for host in (one, another))
    assert counted_as(str(first)) == counted_as(second.exploded)
    next_line = ipaddress.IPv6Address((line - 1) << 64 | one)
    assert counted_as(str(first)) != counted_as(str(next_line))


def test_the_line_is_a_64():
    assert counted_as("2001:db8:1:2:3:4:5:6") == "2001:db8:1:2::/64"
    assert counted_as("fe80::1%eth0") == "fe80::/64"


@pytest.mark.parametrize("text", ["", "unknown", "10.9.8", "_gazonk"])
def test_what_is_no_address_stays_as_it_is(text):
    assert counted_as(text) == text
