import base64
from datetime import UTC, datetime
from uuid import UUID

import marshmallow as ma
import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.values.page import Page, PageRequest
from schemas.paging import CursorField, encoded

FIELD = CursorField(datetime, UUID)
SOMEBODY = "0198f6b2-7c4e-7d3a-9a51-2f6f0c1d8e42"


def forged(value):
    return base64.urlsafe_b64encode(orjson.dumps(value)).rstrip(b"=").decode()


@given(
    st.datetimes(timezones=st.just(UTC)),
    st.uuids(),
    st.integers(-(2**63) + 1, 2**63 - 1),
    st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=15),
)
def test_a_cursor_leads_back_to_its_place(instant, identity, number, text):
    place = (instant, identity, number, text)
    assert CursorField(datetime, UUID, int, str).deserialize(encoded(place)) == place


@pytest.mark.parametrize(
    "cursor",
    [
        forged(None),
        forged([]),
        forged({}),
        forged(["2026-11-22T02:00:00Z"]),
        forged(["2026-11-22T02:00:00Z", "x"]),
        forged(["2026-11-22T02:00:00", SOMEBODY]),
        forged([1, SOMEBODY]),
        forged(["2026-11-22T02:00:00Z", None]),
        forged(["2026-11-22T02:00:00Z", SOMEBODY, 1]),
        "é",
        "a",
        "=",
        "x" * 301,
        "W10\x00",
        7,
        "",
    ],
)
def test_a_forged_cursor_is_refused(cursor):
    with pytest.raises(ma.ValidationError) as refused:
        FIELD.deserialize(cursor)
    assert [fault.code for fault in refused.value.messages] == ["not-a-cursor"]


@pytest.mark.parametrize("value", ["a\x00", 1, None])
def test_a_place_holds_nothing_that_the_database_cannot(value):
    with pytest.raises(ma.ValidationError):
        CursorField(str).deserialize(forged([value]))
    with pytest.raises(ma.ValidationError):
        CursorField(int).deserialize(forged([str(value)]))


def test_the_last_page_leads_nowhere():
    request = PageRequest(limit=2)
    assert request.to_read == 3
    assert Page.of([1, 2, 3], request, lambda n: (n,)) == Page([1, 2], (2,))
    assert Page.of([1, 2], request, lambda n: (n,)) == Page([1, 2], None)
    assert Page.of([], request, lambda n: (n,)) == Page([], None)
