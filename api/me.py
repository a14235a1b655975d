"""A worker's own record."""

from typing import Any

from flask.views import MethodView

from api.auth import signed_in
from api.smorest import Blueprint, ports
from api.whole_forms import whole_form
from schemas.worker import ChangeSchema, WorkerSchema
from services import profile, profile_change
from services.callers import SignedIn
from services.errors import IdentityVerified
from services.profile import Profile
from services.profile_change import NikUsedHere

blp = Blueprint("me", __name__, url_prefix="/v1/me", description="My own record")


@blp.route("")
class Me(MethodView):
    @signed_in
    @blp.conditional()
    @blp.response(200, WorkerSchema)
    def get(self, caller: SignedIn) -> Profile:
        """Show my record, and what to do next"""
        return profile.show(ports(), caller)

    @signed_in
    @whole_form(lambda values, caller: profile_change.other_faults(ports(), caller, values))
    @blp.arguments(ChangeSchema)
    @blp.response(200, WorkerSchema)
    @blp.problems(IdentityVerified, NikUsedHere)
    def patch(self, changes: dict[str, Any], caller: SignedIn) -> Profile:
        """Correct or update my record

        Until the identity is verified, a corrected name, NIK, birth place, birth date, sex or
        mother's name starts a new check: three a day, and five for one NIK in 30 days. Beyond
        that our staff look at it. The same value sent again is checked again, too. While the
        identity is `in_review` or `refused` a correction is kept for our staff to see: status and
        reason stay as they are, and no check starts. `null` takes away what is optional. A birth
        place or mother's name that is null, because a platform did not know it, may be filled in at
        any time and starts no check.
        """
        return profile_change.change(ports(), caller, changes)
