import pytest

from models.values.bank_reference import BankReference, InvalidBankReference


def test_it_may_have_been_written_in_several_ways():
    assert set(BankReference.parse(" trx-2026 001a ").forms) == {
        "trx-2026 001a",
        "trx2026001a",
        "TRX-2026 001A",
        "TRX2026001A",
    }


def test_of_digits_alone_there_is_one_way():
    assert BankReference.parse("2026112200001234").forms == ("2026112200001234",)


@pytest.mark.parametrize(
    "typed", ["2026.1122.0000.1234", "2026 1122 0000 1234", "２０２６112200001234"]
)
def test_every_way_of_typing_it_is_squeezed_to_one(typed):
    if typed.isascii():
        assert str(BankReference.parse(typed)) == "2026112200001234"
    else:
        with pytest.raises(InvalidBankReference):
            BankReference.parse(typed)


@pytest.mark.parametrize(
    "typed", ["", "   ", "123", "-.-.-.", "a" * 65, "1234\x00", "12\n34", "nomór"]
)
def test_what_no_bank_writes_is_refused(typed):
    with pytest.raises(InvalidBankReference):
        BankReference.parse(typed)
