"""Officers sign in, stay signed in, sign out, and change their password."""

from typing import Any

from flask.views import MethodView

from api.auth import signed_in_officer
from api.request import current
from api.smorest import Blueprint, ports
from schemas.staff_session import (
    PasswordChangeSchema,
    StaffRefreshSchema,
    StaffSignInSchema,
    StaffTokensSchema,
)
from services.callers import StaffCaller
from services.staff import passwords, sessions, signing_in
from services.staff.access import StaffSignInRequired
from services.staff.lock_out import TooManyWrongTries
from services.staff.passwords import PasswordChange, PasswordChangeRefused
from services.staff.sessions import StaffTokens
from services.staff.signing_in import Credentials, StaffSignInRefused

blp = Blueprint(
    "staff-sessions", __name__, url_prefix="/v1/staff", description="Officers sign in and out"
)


@blp.route("/sessions")
class StaffSessions(MethodView):
    @blp.arguments(StaffSignInSchema)
    @blp.response(201, StaffTokensSchema)
    @blp.problems(StaffSignInRefused, TooManyWrongTries)
    def post(self, body: dict[str, str]) -> StaffTokens:
        """Sign in as an officer

        With username, password, and a code of the moment, which is good once. Every refusal looks
        the same. After five wrong tries at one name from one network address within a quarter of an
        hour, or 20 within a day, there are no more until `locked_until`, whether or not the name
        exists.

        The session ends half an hour after it was used last, and ten hours after it began.
        """
        opened = signing_in.sign_in(ports(), Credentials(**body, source=_source()))
        return sessions.tokens_of(ports(), opened.officer, opened.session)

    @signed_in_officer
    @blp.response(204)
    def delete(self, caller: StaffCaller) -> None:
        """Sign an officer out everywhere

        Of the console, too.
        """
        sessions.end_everywhere(ports(), caller)


@blp.route("/sessions/refresh")
class StaffRefresh(MethodView):
    @blp.arguments(StaffRefreshSchema)
    @blp.response(200, StaffTokensSchema)
    @blp.problems(StaffSignInRequired)
    def post(self, body: dict[str, Any]) -> StaffTokens:
        """Exchange an officer's refresh token for a new pair of tokens

        Each refresh token is good once and for half an hour. If the answer was lost, the same token
        gives the same pair again for a minute; shown later, it ends the session.
        """
        return sessions.refresh(ports(), body["refresh_token"], _source())


@blp.route("/sessions/current")
class CurrentStaffSession(MethodView):
    @signed_in_officer
    @blp.response(204)
    def delete(self, caller: StaffCaller) -> None:
        """Sign an officer out here"""
        sessions.end(ports(), caller)


@blp.route("/password")
class OwnPassword(MethodView):
    @signed_in_officer
    @blp.arguments(PasswordChangeSchema)
    @blp.response(204)
    @blp.problems(PasswordChangeRefused, TooManyWrongTries)
    def put(self, body: dict[str, str], caller: StaffCaller) -> None:
        """Change one's own password

        It takes the present one, and a code that was not used to sign in. Every other session of the
        officer ends. Wrong tries are counted with those at signing in.
        """
        passwords.change(ports(), caller, PasswordChange(**body))


def _source() -> str:
    return current().remote_addr or ""
