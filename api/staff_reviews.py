"""Cases that staff decide: identities, lost phones, refunds."""

from typing import Any
from uuid import UUID

from flask.views import MethodView

from api.auth import staff
from api.idempotency import idempotent
from api.smorest import Blueprint, ports
from models.values.decision import Decision
from models.values.page import Page
from models.values.permission import Permission
from schemas.staff_review import (
    DecidedSchema,
    DecisionSchema,
    OpenedReviewSchema,
    ReviewSchema,
    ReviewsQuerySchema,
    ReviewsSchema,
)
from services.callers import StaffCaller
from services.once import Once
from services.phone_recovery import PhoneChangeOnHold, WantedPhoneUsed
from services.reviews import claiming, deciding, queue
from services.reviews.cases import Case
from services.reviews.deciding import Decided
from services.reviews.errors import (
    DecisionDiffers,
    NikHeldByAnother,
    NobodyDisplaced,
    NothingToSendBack,
    NotTheHolder,
    ReviewChanged,
    ReviewClaimed,
    ReviewNotClaimed,
    ReviewNotFound,
    ReviewOver,
    SecondOfficerNeeded,
)
from services.reviews.shown import OpenedCase

blp = Blueprint(
    "staff-reviews",
    __name__,
    url_prefix="/v1/staff/reviews",
    description="Cases that staff decide",
)


@blp.route("")
class Reviews(MethodView):
    @staff(Permission.REVIEW)
    @blp.arguments(ReviewsQuerySchema, location="query")
    @blp.response(200, ReviewsSchema)
    def get(self, query: dict[str, Any], caller: StaffCaller) -> Page[Case]:
        """List what waits for a decision

        The longest waiting first: identities that are `in_review`, requests of those who lost their
        phone, and money that is to be paid back. Of the workers there are numbers of ours only; who
        opens a case is told to the worker.
        """
        return queue.listed(
            ports(), caller, query["page"], kind=query.get("kind"), state=query.get("state")
        )


@blp.route("/<uuid:review_id>")
class Review(MethodView):
    @staff(Permission.REVIEW)
    @blp.response(200, OpenedReviewSchema)
    @blp.problems(ReviewNotFound)
    def get(self, review_id: UUID, caller: StaffCaller) -> OpenedCase:
        """Look at a case

        All that a decision needs, with NIK and phone masked. Only one of `identity`, `phone_change`
        and `refund` is there, by the case's `kind`. The worker sees in their access log that it was
        looked at, and so do others who claim the NIK.
        """
        return queue.one(ports(), caller, review_id)


@blp.route("/<uuid:review_id>/claim")
class Claim(MethodView):
    @staff(Permission.REVIEW)
    @blp.response(200, OpenedReviewSchema)
    @blp.problems(ReviewNotFound, ReviewOver, ReviewClaimed, SecondOfficerNeeded)
    def post(self, review_id: UUID, caller: StaffCaller) -> OpenedCase:
        """Take up a case

        For half an hour it is yours; claiming again prolongs that. The answer is the case as it is
        now, and what you decide is about that: if the worker corrects something afterwards, claim
        it again and look.
        """
        return claiming.claim(ports(), caller, review_id)


@blp.route("/<uuid:review_id>/release")
class Release(MethodView):
    @staff(Permission.REVIEW)
    @blp.response(200, ReviewSchema)
    @blp.problems(ReviewNotFound, ReviewOver, ReviewClaimed)
    def post(self, review_id: UUID, caller: StaffCaller) -> Case:
        """Let others have a case

        Doing it again changes nothing.
        """
        return claiming.release(ports(), caller, review_id)


@blp.route("/<uuid:review_id>/decision")
class ReviewDecision(MethodView):
    @staff(Permission.REVIEW)
    @blp.arguments(DecisionSchema)
    @idempotent(DecidedSchema, 200)
    @blp.response(200, DecidedSchema)
    @blp.problems(
        ReviewNotFound,
        ReviewOver,
        ReviewClaimed,
        ReviewNotClaimed,
        ReviewChanged,
        SecondOfficerNeeded,
        DecisionDiffers,
        NothingToSendBack,
        NikHeldByAnother,
        NobodyDisplaced,
        NotTheHolder,
        PhoneChangeOnHold,
        WantedPhoneUsed,
    )
    def post(
        self, body: Decision, review_id: UUID, caller: StaffCaller, once: Once[Decided]
    ) -> Decided:
        """Decide a case

        Only of a case that you have claimed. `refuse`, anything about an identity that was refused
        before, and `verify` where another worker holds the NIK, wait for another officer
        (`awaiting_second`), who claims the case and sends the same decision, or `send_back`. The
        worker is told by message.
        """
        return deciding.decide(ports(), caller, review_id, body, once)
