"""A register full of people, the same for the same numbers: with birthdays and names as they are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from bench.drivers import villages
from models.values.member_number import MemberNumber
from models.values.registration_number import RegistrationNumber


def _words(text: str) -> list[str]:
    return text.split()


# The commonest first; chosen the more often, the earlier they stand.
_GIVEN = _words(
    "Siti Muhammad Sri Agus Budi Nur Ahmad Dewi Eko Ratna Andi Abdul Rina Joko Wahyu Yuni Hendra Fitri"
    " Slamet Suparman Sumarni Bambang Endang Suharti Mulyadi Rizki Indah Bayu Maya Dedi Fajar Wati Iwan"
    " Arif Putri Ayu Gilang Mega Made Wayan Ketut Nyoman Yohanes Maria Yosef Agustinus Ni Asep Ujang"
    " Cecep Neneng Tuti Euis Dadang Supriyadi Sugeng Sutrisno Paijo Tukiyem Ponirah Kasmin Rukmini"
)
_MORE = _words(
    "Aminah Hidayat Rahayu Santoso Lestari Setiawan Wahyuni Saputra Susanti Kurniawan Handayani Nugroho"
    " Hasanah Rahman Wulandari Pratama Fatimah Susanto Utami Wijaya Hayati Firmansyah Permana Suryani"
    " Maulana Ramadhan Gunawan Yulianti Purnomo Hakim Siregar Nasution Simanjuntak Harahap Sitompul"
    " Lubis Hutagalung Tambunan Manurung Daulay Pohan Situmorang Sihombing Ginting Tarigan Sembiring"
    " Suarta Sudana Suryawan Astuti Haryanto Suyanto Mulyono Widodo Prasetyo Anggraini Safitri Ningsih"
)
# Whose birthday nobody wrote down was given one of these.
_GIVEN_BIRTHDAYS = ((1, 1), (7, 1), (12, 31))
_WITHOUT_BIRTHDAY = 0.04
_OLDEST, _YOUNGEST = 1962, 2009
_DAYS_IN_A_YEAR = 365


@dataclass(frozen=True, slots=True)
class Person:
    number: int
    nik: str
    phone: str
    full_name: str
    born: date
    woman: bool
    village: str
    registration_number: str
    member_number: str


class Crowd:
    """People in the order of their numbers, from 0 on."""

    def __init__(self, seed: int = 1) -> None:
        self._random = Random(seed)
        self._villages = villages()
        self._serials: Counter[date] = Counter()
        self._number = 0
        self._phone = 0

    def next(self, many: int) -> Iterator[Person]:
        for _ in range(many):
            yield self._person()

    def _person(self) -> Person:
        random, number = self._random, self._number
        self._number += 1
        # One in six has the phone of somebody before them: families share one.
        self._phone += random.random() > 1 / 6
        born, woman = self._birthday(), random.random() < 0.4
        self._serials[born] += 1
        day = born.day + 40 * woman

        def spread(below: int) -> int:
            # Prime to 2, 3 and 5, so that none comes twice.
            return number * 7_123_456_789 % below

        return Person(
            number=number,
            nik=f"327301{day:02}{born:%m%y}{self._serials[born]:04}",
            phone=f"+62812{self._phone:08}",
            full_name=self._name(),
            born=born,
            woman=woman,
            village=random.choice(self._villages),
            registration_number=str(RegistrationNumber.draw(spread)),
            member_number=str(MemberNumber.draw(spread)),
        )

    def _birthday(self) -> date:
        random = self._random
        # The young are more.
        year = int(random.triangular(_OLDEST, _YOUNGEST, 1996))
        if random.random() < _WITHOUT_BIRTHDAY:
            return date(year, *random.choice(_GIVEN_BIRTHDAYS))
        return date(year, 1, 1) + timedelta(days=random.randrange(_DAYS_IN_A_YEAR))

    def _name(self) -> str:
        parts = self._random.choices((1, 2, 3), (15, 60, 25))[0]
        words = [self._common(_GIVEN), *(self._common(_MORE) for _ in range(parts - 1))]
        name = " ".join(words)
        return name.upper() if self._random.random() < 0.3 else name

    def _common(self, words: Sequence[str]) -> str:
        return words[int(len(words) * self._random.random() ** 2)]
