"""The made-up register is as a real one: nobody comes twice, families share phones, birthdays heap up."""

from collections import Counter

from bench.lookup.people import Crowd
from models.values.member_number import MemberNumber
from models.values.nik import Nik
from models.values.phone import PhoneNumber
from models.values.registration_number import RegistrationNumber

PEOPLE = list(Crowd().next(5_000))


def test_their_numbers_are_good_and_nobodys_else():
    for person in PEOPLE[:500]:
        Nik(person.nik), PhoneNumber(person.phone), MemberNumber(person.member_number)
        RegistrationNumber(person.registration_number)
    for column in ("nik", "member_number", "registration_number"):
        assert len({getattr(person, column) for person in PEOPLE}) == len(PEOPLE)


def test_the_nik_tells_birthday_and_sex():
    for person in PEOPLE[:500]:
        nik = Nik(person.nik)
        assert (nik.birth_day, nik.birth_month) == (person.born.day, person.born.month)
        assert (nik.sex.value == "F") == person.woman


def test_some_share_a_phone_with_others_and_most_do_not():
    phones = Counter(person.phone for person in PEOPLE)
    assert 600 < len(PEOPLE) - len(phones) < 1_100


def test_more_were_given_a_birthday_than_have_it():
    days = Counter((person.born.month, person.born.day) for person in PEOPLE)
    assert {day for day, _ in days.most_common(3)} == {(1, 1), (7, 1), (12, 31)}


def test_names_have_one_two_or_three_words():
    words = Counter(len(person.full_name.split()) for person in PEOPLE)
    assert set(words) == {1, 2, 3}
    assert words[2] > words[3] > words[1]


def test_the_same_seed_makes_the_same_people():
    assert list(Crowd().next(100)) == PEOPLE[:100]
    assert list(Crowd(2).next(100)) != PEOPLE[:100]
