from hypothesis import given
from hypothesis import strategies as st

from models.values.folding import folded_words, squeezed


def test_case_accents_and_signs_do_not_matter():
    assert folded_words("  Désa-BARU/Kidul (2) ") == ("desa", "baru", "kidul", "2")


def test_an_apostrophe_of_any_shape_stands_inside_a_word():
    assert {squeezed(text) for text in ("Ma'rang", "Ma’rang", "Ma`rang", "Marang")} == {"marang"}


def test_one_name_written_as_one_word_or_two_is_the_same():
    assert squeezed("Suka Maju") == squeezed("sukamaju")


def test_full_width_letters_are_letters():
    assert folded_words("ＢＡＲＵ") == ("baru",)


@given(st.text(st.characters(codec=None)))
def test_whatever_is_typed_only_plain_words_are_left(text):
    assert all(word.isascii() and word.isalnum() and word for word in folded_words(text))


@given(st.text())
def test_folding_twice_changes_nothing(text):
    once = folded_words(text)

    assert folded_words(" ".join(once)) == once
