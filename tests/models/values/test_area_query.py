from models.values.area_query import AreaQuery


def test_the_kind_of_an_area_is_not_searched_for():
    query = AreaQuery.parse("Kel. Sukamaju, Kec. Cilodong")

    assert query is not None
    assert query.words == ("sukamaju", "cilodong")


def test_a_kind_that_may_belong_to_the_name_is_remembered():
    query = AreaQuery.parse("desa baru")

    assert query is not None
    assert (query.whole_name, query.beginning) == ("desabaru", "baru")


def test_a_kind_alone_is_searched_for():
    query = AreaQuery.parse("Desa")

    assert query is not None
    assert query.words == ("desa",)


def test_the_short_form_of_a_special_region_is_not_searched_for():
    readings = [AreaQuery.parse(text).words for text in ("DKI Jakarta", "DI Yogyakarta")]
    assert readings == [("jakarta",), ("yogyakarta",)]


def test_a_text_without_letters_is_no_query():
    assert [AreaQuery.parse(text) for text in ("", "  ", "%_\\", "🙂", "' & |")] == [None] * 5


def test_a_long_text_costs_no_more_than_eight_words():
    query = AreaQuery.parse(" ".join(f"w{n}" for n in range(1000)))

    assert query is not None
    assert len(query.typed) == 8


def test_neighbours_are_also_read_as_one_word():
    query = AreaQuery.parse("suka maju depok")

    assert query is not None
    assert query.all_words == (
        "suka:* & maju:* & depok:* | sukamaju:* & depok:* | suka:* & majudepok:*"
    )


def test_candidates_are_not_looked_for_by_the_beginnings_of_short_words():
    query = AreaQuery.parse("iv koto")

    assert query is not None
    assert query.any_word == "iv | koto:* | ivkoto:*"
