import pytest

from models.values.words import Language, Words

GREETING = Words("Selamat pagi, {name}", "Good morning, {name}")


def test_it_speaks_the_language_asked_for():
    assert GREETING.in_(Language.INDONESIAN, name="Sari") == "Selamat pagi, Sari"
    assert GREETING.in_(Language.ENGLISH, name="Sari") == "Good morning, Sari"


def test_details_are_said_as_they_are_written():
    assert Words("{n} bulan", "{n} months").in_(Language.ENGLISH, n=3) == "3 months"


def test_parts_are_put_into_a_sentence_each_in_its_language():
    name = Words("{Ibu}", "{Mrs}")
    assert GREETING.with_(name=name, other=name) == Words(
        "Selamat pagi, {Ibu}", "Good morning, {Mrs}"
    )


def test_a_finished_sentence_may_hold_braces():
    assert Words("{}", "{").in_(Language.ENGLISH) == "{"


def test_a_missing_detail_is_noticed():
    with pytest.raises(KeyError):
        GREETING.in_(Language.ENGLISH, nama="Sari")


def test_languages_go_by_their_iso_codes():
    assert [language.value for language in Language] == ["id", "en"]
