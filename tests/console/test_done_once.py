"""What the second press of a button is answered where it cannot have the answer to the first."""

import pytest

from console.done_once import answered_once
from console.refusals import FormInProgress, FormUsed
from services.errors import IdempotencyKeyReused, RequestInProgress


@pytest.mark.parametrize(
    ("error", "said"), [(RequestInProgress, FormInProgress), (IdempotencyKeyReused, FormUsed)]
)
def test_it_speaks_of_the_form_and_not_of_keys(app, error, said):
    def do(_):
        raise error

    with (
        app.test_request_context("/console/reviews", method="POST", data=b""),
        pytest.raises(said),
    ):
        answered_once(None, do, lambda _: None)
    assert "kunci" not in f"{said.title.id} {said.detail.id}".lower()
