"""Another phone number for those who lost theirs."""

from flask.views import MethodView

from api.auth import phone_verified
from api.idempotency import idempotent
from api.smorest import Blueprint, ports
from models.claimant import Claimant
from schemas.phone_change import ClaimantSchema, PhoneChangeReceivedSchema
from services import phone_recovery
from services.callers import VerifiedPhone
from services.once import Once
from services.phone_recovery import Received

blp = Blueprint(
    "phone-changes",
    __name__,
    url_prefix="/v1/phone-changes",
    description="Another phone number for those who lost theirs",
)


@blp.route("")
class PhoneChanges(MethodView):
    @phone_verified
    @blp.arguments(ClaimantSchema)
    @idempotent(PhoneChangeReceivedSchema, 202)
    @blp.response(202, PhoneChangeReceivedSchema)
    def post(self, claimant: Claimant, caller: VerifiedPhone, once: Once[Received]) -> Received:
        """Ask for a change of number, having lost the old one

        With the phone token of the new number, which is spent by it. The answer is the same for
        everybody. If NIK, name and birth date are those of a worker whose identity is verified,
        the old number is told, and whoever is signed in with it can object; after 72 hours our
        staff decide. Both numbers are told of a change, and one signs in with the new one from
        then on. Who is still signed in changes the number by `PUT /v1/me/phone`, at once.
        """
        return phone_recovery.request(ports(), caller, claimant, once)
