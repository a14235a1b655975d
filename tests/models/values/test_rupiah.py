import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.values.rupiah import Rupiah

amounts = st.integers(-(10**15), 10**15)


@pytest.mark.parametrize("amount", [1.0, "1000", None, True])
def test_only_whole_numbers_are_money(amount):
    with pytest.raises(TypeError):
        Rupiah(amount)


@given(amounts, amounts)
def test_arithmetic_is_that_of_whole_numbers(one, other):
    assert Rupiah(one) + Rupiah(other) == Rupiah(one + other)
    assert Rupiah(one) - Rupiah(other) == Rupiah(one - other)
    assert -Rupiah(one) == Rupiah(-one)
    assert (Rupiah(one) < Rupiah(other)) == (one < other)


@given(st.lists(amounts))
def test_a_sum_is_all_of_them(several):
    assert Rupiah.sum(map(Rupiah, several)) == Rupiah(sum(several))


@given(amounts, st.integers(0, 120))
def test_many_times_is_adding_it_up(amount, count):
    assert Rupiah(amount) * count == Rupiah.sum([Rupiah(amount)] * count)


def test_a_fraction_of_it_cannot_be_made():
    with pytest.raises(TypeError):
        Rupiah(3) * 0.5


def test_nothing_is_false_and_a_debt_is_not():
    assert not Rupiah(0)
    assert Rupiah(1)
    assert Rupiah(-1)


@pytest.mark.parametrize(
    ("amount", "written"),
    [(0, "Rp0"), (999, "Rp999"), (33_600, "Rp33.600"), (42_000_000, "Rp42.000.000")],
)
def test_it_is_written_as_indonesians_write_it(amount, written):
    assert str(Rupiah(amount)) == written
