import pytest

from models.identity_verdict import IdentityReason
from services.identity_words import REASONS


@pytest.mark.parametrize("reason", IdentityReason)
def test_every_reason_is_told_in_both_languages(reason):
    words = REASONS[reason]
    assert words.id != words.en
    assert words.id.endswith(".")
    assert words.en.endswith(".")


def test_nobody_is_told_that_somebody_else_holds_their_nik():
    words = REASONS[IdentityReason.HELD_BY_ANOTHER]
    assert not {"orang lain", "another", "someone", "NIK"} & set(
        words.id.split() + words.en.split()
    )


def test_a_death_in_the_registry_is_not_thrown_in_the_face():
    words = REASONS[IdentityReason.DECEASED]
    assert "meninggal" not in words.id
    assert "dece" not in words.en
