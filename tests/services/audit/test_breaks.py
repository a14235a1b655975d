"""The first place where a chain is broken, whatever was done to it."""

from dataclasses import replace
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.audit_chain import FORM
from services.audit.breaks import Fault, Walk
from services.audit.chain import START, Chain, Head, Link, NotAHead, canonical

CHAIN = Chain(b"k" * 32)
texts = st.none() | st.text(max_size=4)
forms = st.tuples(*[texts] * len(FORM))


def linked(events, chain=CHAIN):
    head, links = START, []
    for event in events:
        head = chain.after(head, event)
        links.append(Link(head.position, UUID(int=head.position), head.digest, event))
    return links


def first_break(links, expected=()):
    return Walk(CHAIN, expected=expected).first_break(links)


@given(forms, forms)
def test_no_two_events_have_one_form(one, other):
    assert (canonical(one) == canonical(other)) == (one == other)


@given(st.lists(forms, max_size=5))
def test_a_chain_that_nobody_has_been_at_is_whole(events):
    links = linked(events)
    walk = Walk(CHAIN, expected=[Head(each.position, each.digest) for each in links])
    assert walk.first_break(links) is None
    assert walk.head.position == len(events)


@given(st.lists(forms, min_size=1, max_size=6), st.data())
def test_what_is_changed_is_found_where_it_is(events, data):
    links = linked(events)
    at = data.draw(st.integers(0, len(links) - 1))
    form = data.draw(forms.filter(lambda other: other != events[at]))
    links[at] = replace(links[at], form=form)
    found = first_break(links)
    assert found.position == at + 1
    assert found.fault is (Fault.MISMATCH if at + 1 == len(links) else Fault.EVENT_CHANGED)


@given(st.lists(forms, min_size=1, max_size=6, unique=True), st.data())
def test_any_other_order_or_selection_is_found_by_the_head(events, data):
    links = linked(events)
    head = Head(links[-1].position, links[-1].digest)
    places = st.lists(st.integers(0, len(links) - 1), max_size=7)
    chosen = data.draw(places.filter(lambda kept: kept != list(range(len(links)))))
    assert first_break([links[each] for each in chosen], [head]) is not None


@given(st.lists(forms, min_size=1, max_size=5))
def test_one_made_with_another_key_is_broken_at_the_first(events):
    found = first_break(linked(events, Chain(b"x" * 32)))
    assert (found.position, found.fault) == (1, Fault.MISMATCH)


@pytest.mark.parametrize(
    "text",
    ["", "12", "12:abc", f"-1:{'0' * 64}", f"١:{'0' * 64}", f"1:{'g' * 64}", f"1:{'0' * 65}"],
)
def test_what_is_no_head_is_refused(text):
    with pytest.raises(NotAHead):
        Head.parse(text)


def test_a_head_is_read_as_it_is_written():
    head = CHAIN.after(START, [None] * len(FORM))
    assert Head.parse(f" {head}\n") == head


def test_the_key_and_what_is_sealed_are_put_together_like_this_for_ever():
    form = ["x" if name in ("action", "id") else None for name in FORM]
    assert canonical(form) == b"\0\0\0\6action\0\0\0\1x\0\0\0\2id\0\0\0\1x"
    made = "4c0364508943f49d23e5f9058762c4dbfa7d296c280a53afbc6b817e83e2fd70"
    assert CHAIN.digest(START.digest, form).hex() == made
