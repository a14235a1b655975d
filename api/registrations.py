"""Joining the register."""

from flask.views import MethodView

from api.auth import phone_verified
from api.idempotency import idempotent
from api.smorest import Blueprint, ports
from api.whole_forms import whole_form
from models.application import Application
from schemas.worker import RegisteredSchema, RegistrationSchema
from services import registration
from services.callers import VerifiedPhone
from services.errors import AlreadyRegistered
from services.newcomer import Registered
from services.once import Once

blp = Blueprint(
    "registrations", __name__, url_prefix="/v1/registrations", description="Joining the register"
)


@blp.route("")
class Registrations(MethodView):
    @phone_verified
    @whole_form(lambda values, caller: registration.other_faults(ports(), caller, values))
    @blp.arguments(RegistrationSchema)
    @idempotent(RegisteredSchema)
    @blp.response(201, RegisteredSchema)
    @blp.problems(AlreadyRegistered)
    def post(
        self, application: Application, caller: VerifiedPhone, once: Once[Registered]
    ) -> Registered:
        """Register a worker

        The NIK, name, birth date and sex are checked against the population registry afterwards;
        `worker.identity` says how that went. The worker is signed in at once. Where a platform has
        enrolled this NIK with this phone, and nobody has signed in since, the form replaces what it
        sent; what it has paid for stays.
        """
        return registration.register(ports(), caller, application, once)
