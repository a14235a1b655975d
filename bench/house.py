"""Our own web layer around the work that the twin does."""

import os

from flask.views import MethodView

from api.app import create_app
from api.auth import phone_verified
from api.smorest import Blueprint, ports
from bench import same_work
from bench.same_work import Entered
from models.application import Application
from schemas.base import Schema
from schemas.fields import Identifier, Text
from schemas.worker import RegistrationSchema
from services import logs
from services.callers import VerifiedPhone
from services.settings import Settings
from services.wiring import build_ports

blp = Blueprint("same-work", __name__, url_prefix="/v1/registrations", description="The work")


class EnteredSchema(Schema):
    id = Identifier(required=True)
    registration_number = Text(required=True, dump_only=True)


@blp.route("")
class Registrations(MethodView):
    @phone_verified
    @blp.arguments(RegistrationSchema)
    @blp.response(201, EnteredSchema)
    def post(self, application: Application, caller: VerifiedPhone) -> Entered:
        """Enter a worker"""
        return same_work.enter(ports(), caller, application)


logs.set_up("web")
settings = Settings.read(os.environ)
app = create_app(settings, build_ports(settings), blueprints=[blp])
