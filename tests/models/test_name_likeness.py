"""Which names may be one person's: what callers say, and what stands on the KTP."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.name_likeness import MOST, likeness

ONE_PERSON = """
    case and spacing
        Siti Aminah = SITI  AMINAH
        Siti Aminah = siti aminah
    order
        Siti Aminah = Aminah Siti
        Budi Santoso Wijaya = Wijaya, Budi Santoso
    accents and apostrophes
        José Fernandes = Jose Fernandes
        D'Arcy Manuhutu = Darcy Manuhutu
        Ma'ruf Amin = MARUF AMIN
    missing parts
        Siti Aminah = Siti Aminah Rahayu
        Siti Aminah = Aminah
        Siti Aminah = Siti
        Budi Santoso = Budi
        Muhammad Rizki Pratama = Rizki Pratama
        Aminah Putri = Siti Aminah
        I Made Suarta = Made Suarta
        Ni Luh Putu Ayu = Luh Putu Ayu
    single names
        Suparman = SUPARMAN
        Suparman = Soeparman
        Kartini = Kartinni
        Mohammad = Muhammad
    Muhammad
        Muhammad Rizki = Mohamad Rizky
        Muhammad Rizki = Muh. Rizki
        Muhammad Rizki = Muh Rizki
        Muhammad Rizki = M. Rizki
        Muhammad Rizki = M.Rizki
        Muhammad Rizki = Moch. Rizqi
        Muhammad Rizki = Mochammad Rizki
        Muhammad Rizki = Mohd Rizki
        Muhammad Rizki = Rizki
        Muhamad Soleh = Moh Sholeh
    other abbreviations
        Abdul Rahman = Abd. Rahman
        Ahmad Dahlan = A. Dahlan
        Siti Aminah = St. Aminah
        Siti Aminah = Siti A.
    words run together
        Abdul Rahman = Abdurrahman
        Abdul Rahman = Abdurahman
        Siti Nurhaliza = Siti Nur Haliza
        Siti Nur Hayati = Nurhayati
    titles and degrees
        Siti Aminah = Hj. Siti Aminah
        Ahmad Dahlan = H. Akhmad Dahlan
        Budi Santoso = Ir. Budi Santoso
        Budi Santoso = Drs. H. Budi Santoso, M.Si
        Budi Santoso = Budi Santoso, S.E., M.M.
        R. Bambang Kusuma = Bambang Kusuma
        Raden Ajeng Kartini = Kartini
        Ali bin Abu = Ali Abu
    spellings of before 1972
        Soeharto = Suharto
        Djoko Widodo = Joko Widodo
        Tjahjo Kumolo = Cahyo Kumolo
        Rachmad Hidajat = Rahmat Hidayat
        Jusuf Maulana = Yusuf Maulana
        Noer Hajati = Nur Hayati
        Siti Chadidjah = Siti Khadijah
    close spellings
        Sri Wahyuni = Srie Wahyuni
        Siti Aminah = Sitti Amina
        Ratna Dewi = Ratna Dewie
        Heri Setiawan = Hery Setyawan
        Fajar Nugroho = Pajar Nugraha
        Khairul Anwar = Chaerul Anwar
        Zaenal Abidin = Jainal Abidin
        Syaiful Bahri = Saeful Bahri
        Aisyah Putri = Aisha Putri
        Fatimah Zahra = Fatima Zahro
        Budi Santoso = Budi Santosa
        Budi Santoso = budi santosso
        Sugiyanto = Soegijanto
        Wahyudi = Wahjudi
        Ibrahim = Ibrohim
        Arief Budiman = Arif Budiman
        Hendra Wijaya = Hendra Widjaja
        Tuti Alawiyah = Tuty Alawiah
        Slamet Riyadi = Slamet Riadi
        Yohanes Wanggai = Johannes Wanggai
        Maria Magdalena = Maria Magdalina
"""
TWO_PEOPLE = """
    another name before the same one
        Budi Santoso / Agus Santoso
        Budi Santoso / Rudi Santoso
        Dian Sastro / Dina Sastro
    another name behind the same one
        Siti Aminah / Siti Rahayu
        Siti Fatimah / Siti Fatonah
        Sri Wahyuni / Sri Rahayu
        Slamet Riyadi / Slamet Widodo
        Ahmad Fauzi / Ahmad Fadli
        Abdul Rahman / Abdul Karim
        Nur Aini / Nur Azizah
        Muhammad Rizki / Muhammad Fajar
        Muhammad Rizki / M. Fajar
        I Made Suarta / I Wayan Suarta
        Ni Luh Ayu / Ni Made Sari
    a man and a woman
        Yanto / Yanti
        Eko / Eka
        Eko Prasetyo / Eka Prasetya
        Sutarno / Sutarni
        Susanto / Susanti
        Supriyanto / Supriyanti
        Hendra / Hendri
        Dewa / Dewi
        Andi / Ani
    short names that are alike
        Rina / Rini
        Yuni / Yani
        Wati / Yati
        Sri / Siti
    long names that are alike
        Maryati / Haryati
        Nurhayati / Nurjanah
        Agus / Bagus
    nothing in common
        Budi / Bambang
        Joko Widodo / Siti Aminah
"""


def pairs(table, parted_by):
    lines = (line.strip() for line in table.splitlines())
    return [tuple(line.split(parted_by)) for line in lines if parted_by in line]


@pytest.mark.parametrize(("one", "other"), pairs(ONE_PERSON, " = "))
def test_these_may_be_one_person(one, other):
    assert likeness(one, other) > 0


@pytest.mark.parametrize(("one", "other"), pairs(TWO_PEOPLE, " / "))
def test_these_are_two_people(one, other):
    assert likeness(one, other) == 0


def test_the_same_name_is_the_most_alike_and_a_missing_part_makes_it_less():
    said = "Muhammad Rizki Pratama"
    known = [
        "MUHAMMAD RIZKI PRATAMA",
        "Mohamad Rizky Pratama",
        "Muh. Rizki Pratamma",
        "M. Rizki Pratama",
        "Rizki Pratama",
        "Rizki",
        "Dewi Lestari",
    ]
    scores = [likeness(said, each) for each in known]
    assert scores == sorted(scores, reverse=True)
    assert scores[0] == MOST > scores[1]
    assert scores[-1] == 0 < scores[-2]


WORDS = [
    *("Siti", "Aminah", "Muhammad", "Mohamad", "M", "Rizki", "Budi", "Santoso", "Sri", "Srie"),
    *("Nur", "Hayati", "Nurhayati", "H", "Hj", "Ir", "Made", "I", "Suharto", "Soeharto", "Abdul"),
    *("Rahman", "Abdurrahman", "Yanti", "Yanto", "Dewi", "Eko", "bin", "SE"),
]
NAMES = st.lists(st.sampled_from(WORDS), min_size=1, max_size=5).map(" ".join)


@given(NAMES, NAMES)
def test_it_is_the_same_both_ways_round_and_within_bounds(one, other):
    assert likeness(one, other) == likeness(other, one)
    assert 0 <= likeness(one, other) <= MOST


@given(NAMES, st.randoms(use_true_random=False))
def test_case_spaces_and_accents_change_nothing(name, random):
    shouted = name.upper().replace(" ", "   ").replace("A", "Á")
    assert likeness(name, shouted) == MOST


@given(
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=5, unique=True), st.permutations(range(5))
)
def test_the_order_of_the_words_does_not_matter_for_whether_it_may_be_one(words, order):
    # But for titles, which stand in front.
    plain = [word for word in words if word not in ("H", "Hj", "Ir", "SE")] or ["Siti"]
    mixed = [plain[place] for place in order if place < len(plain)]
    assert likeness(" ".join(plain), " ".join(mixed)) > 0


@given(st.text(max_size=60), st.text(max_size=60))
def test_whatever_is_typed_is_judged(one, other):
    assert 0 <= likeness(one, other) <= MOST
    assert likeness(one, other) == likeness(other, one)


@pytest.mark.parametrize("nothing", ["", " ", "...", "'", "-"])
def test_no_name_is_like_no_name(nothing):
    assert likeness(nothing, nothing) == 0
    assert likeness(nothing, "Siti") == 0
