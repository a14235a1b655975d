"""Staff find workers."""

from flask.views import MethodView

from api.auth import staff
from api.smorest import Blueprint, ports
from models.sought import Search
from models.values.permission import Permission
from schemas.lookup import FoundSchema, LookupSchema
from services.callers import StaffCaller
from services.lookup import looking_up
from services.lookup.looking_up import Found
from services.lookup.pacing import TooManyLooks

blp = Blueprint(
    "staff-lookups", __name__, url_prefix="/v1/staff/lookups", description="Staff find workers"
)


@blp.route("")
class Lookups(MethodView):
    @staff(Permission.LOOK_UP)
    @blp.arguments(LookupSchema)
    @blp.response(200, FoundSchema)
    @blp.problems(TooManyLooks)
    def post(self, search: Search, caller: StaffCaller) -> Found:
        """Find a worker

        By exactly one key: one of the numbers; `external_id` with `partner`; or `full_name` with
        `birth_date`. Numbers are read as people type them and compared exactly. Names are compared
        with forgiveness among those who were born on that day: case, spacing, order, accents,
        titles, missing parts and close spellings.

        A POST, so that nothing personal stands in a URL. Nothing is made, so it needs no
        `Idempotency-Key`. It is on record, also when nobody is found, and everybody who is found
        sees it in their access log.
        """
        return looking_up.look_up(ports(), caller, search)
