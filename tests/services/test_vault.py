from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.values.nik import Nik
from models.values.phone import PhoneNumber
from services.vault import SealBroken, Vault

ROW, OTHER_ROW = UUID(int=1), UUID(int=2)
PLACE = "worker.nik"
OLD, NEW, SEARCH = b"o" * 32, b"n" * 32, b"s" * 32
VAULT = Vault({"new": NEW, "old": OLD}, SEARCH)
SEALED = VAULT.seal(PLACE, ROW, "3171014507930001")


def breaks(sealed, place=PLACE, row=ROW, vault=VAULT):
    with pytest.raises(SealBroken):
        vault.open(place, row, sealed)
    return True


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=300))
def test_what_is_sealed_opens_as_it_was(text):
    assert VAULT.open(PLACE, ROW, VAULT.seal(PLACE, ROW, text)) == text


def test_the_same_text_is_never_sealed_the_same():
    assert VAULT.seal(PLACE, ROW, "a") != VAULT.seal(PLACE, ROW, "a")


def test_a_value_does_not_open_in_another_row_or_column():
    assert breaks(SEALED, row=OTHER_ROW)
    assert breaks(SEALED, place="worker.phone")
    assert breaks(SEALED, place="worker.ni")


@given(st.integers(0, len(SEALED) - 1), st.integers(1, 255))
def test_a_changed_byte_does_not_open(place, change):
    altered = bytearray(SEALED)
    altered[place] ^= change
    assert breaks(bytes(altered))


@given(st.integers(0, len(SEALED) - 1))
def test_a_part_does_not_open(length):
    assert breaks(SEALED[:length])


@given(st.binary(max_size=80))
def test_other_bytes_do_not_open(data):
    assert breaks(data)


def test_values_of_an_older_key_open_until_it_is_taken_away():
    sealed = Vault({"old": OLD}, SEARCH).seal(PLACE, ROW, "a")
    assert VAULT.open(PLACE, ROW, sealed) == "a"
    assert breaks(sealed, vault=Vault({"new": NEW}, SEARCH))


def test_a_number_is_found_under_one_form_however_it_was_typed():
    typed = VAULT.search_key_of(Nik.parse("3171 0145 0793 0001"))
    assert typed == VAULT.search_key_of(Nik("3171014507930001"))
    assert len(typed) == 16
    assert VAULT.search_key_of(PhoneNumber("+6281234567890")) != typed


def test_the_search_form_is_of_no_use_without_the_key():
    other = Vault({"new": NEW}, b"t" * 32)
    nik = Nik("3171014507930001")
    assert other.search_key_of(nik) != VAULT.search_key_of(nik)


def test_keys_are_not_shown():
    assert "nnn" not in repr(VAULT)
    assert "sss" not in repr(VAULT)


def test_a_value_renamed_to_another_key_does_not_open():
    """Even where both ids stand for the same bytes: the id itself is bound in."""
    vault = Vault({"one": OLD, "two": OLD}, SEARCH)
    sealed = vault.seal(PLACE, ROW, "a")
    assert breaks(sealed.replace(b"one", b"two", 1), vault=vault)


@given(st.binary(max_size=300))
def test_bytes_that_are_sealed_open_as_they_were(data):
    assert VAULT.open_bytes(PLACE, ROW, VAULT.seal_bytes(PLACE, ROW, data)) == data


def test_bytes_that_are_no_text_do_not_open_as_text():
    assert breaks(VAULT.seal_bytes(PLACE, ROW, b"\xff"))


def test_many_are_sealed_as_one_is():
    rows = [(ROW, "a"), (OTHER_ROW, None), (OTHER_ROW, "b")]
    a, nothing, b = VAULT.seal_many(PLACE, rows)
    assert (VAULT.open(PLACE, ROW, a), nothing) == ("a", None)
    assert VAULT.open(PLACE, OTHER_ROW, b) == "b"
    assert breaks(b, row=ROW)


def test_no_two_of_many_are_sealed_the_same():
    sealed = VAULT.seal_many(PLACE, [(ROW, "a")] * 1_000)
    assert len(set(sealed)) == 1_000


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]))))
def test_many_digests_are_those_of_each(texts):
    assert VAULT.digests("nik", texts) == [VAULT.digest("nik", text) for text in texts]


def test_pads_hang_on_key_kind_and_text():
    [pad] = VAULT.pads("driver", ["a"])
    others = (*VAULT.pads("driver", ["b"]), *VAULT.pads("other", ["a"]))
    foreign = Vault({"new": NEW}, b"t" * 32).pads("driver", ["a"])
    assert len(pad) == 64
    assert VAULT.pads("driver", ["a"]) == [pad]
    assert pad not in (*others, *foreign)
