"""Admins see to the accounts of staff."""

from typing import Any
from uuid import UUID

from flask.views import MethodView

from api.auth import staff
from api.idempotency import idempotent
from api.smorest import Blueprint, ports
from models.staff import StaffAccount
from models.values.page import Page, PageRequest
from models.values.permission import Permission
from schemas.staff_account import (
    NewCredentialsSchema,
    NewOfficerSchema,
    StaffAccountSchema,
    StaffAccountsQuerySchema,
    StaffAccountsSchema,
)
from services.callers import StaffCaller
from services.once import Once
from services.staff import accounts
from services.staff.account_errors import (
    AccountClosed,
    AccountNotFound,
    LastAdmin,
    OwnAccount,
    UsernameTaken,
)
from services.staff.accounts import NewCredentials, NewOfficer

blp = Blueprint(
    "staff-accounts", __name__, url_prefix="/v1/staff/accounts", description="Accounts of staff"
)


@blp.route("")
class StaffAccounts(MethodView):
    @staff(Permission.ACCOUNTS)
    @blp.arguments(StaffAccountsQuerySchema, location="query")
    @blp.response(200, StaffAccountsSchema)
    def get(self, query: dict[str, PageRequest], caller: StaffCaller) -> Page[StaffAccount]:
        """List the accounts of staff

        By username, closed ones too.
        """
        return accounts.listed(ports(), caller, query["page"])

    @staff(Permission.ACCOUNTS)
    @blp.arguments(NewOfficerSchema)
    @idempotent(NewCredentialsSchema)
    @blp.response(201, NewCredentialsSchema)
    @blp.problems(UsernameTaken)
    def post(
        self, body: dict[str, Any], caller: StaffCaller, once: Once[NewCredentials]
    ) -> NewCredentials:
        """Add an account for an officer

        Password and secret are in this answer and nowhere else. Give them to the officer in person;
        they can change the password themselves.
        """
        return accounts.add(ports(), caller, NewOfficer(**body), once)


@blp.route("/<uuid:account_id>/close")
class StaffAccountClosing(MethodView):
    @staff(Permission.ACCOUNTS)
    @blp.response(200, StaffAccountSchema)
    @blp.problems(AccountNotFound, OwnAccount, LastAdmin)
    def post(self, account_id: UUID, caller: StaffCaller) -> StaffAccount:
        """Close an officer's account

        At once, and for good: its sessions end, and what it did stays on record. Doing it again
        changes nothing.
        """
        return accounts.close(ports(), caller, account_id)


@blp.route("/<uuid:account_id>/reset")
class StaffAccountReset(MethodView):
    @staff(Permission.ACCOUNTS)
    @idempotent(NewCredentialsSchema, 200)
    @blp.response(200, NewCredentialsSchema)
    @blp.problems(AccountNotFound, OwnAccount, AccountClosed)
    def post(
        self, account_id: UUID, caller: StaffCaller, once: Once[NewCredentials]
    ) -> NewCredentials:
        """Give an officer another password and secret

        For those who forgot the one or lost the phone with the other. Their sessions end, and so
        does a lock-out.
        """
        return accounts.reset(ports(), caller, account_id, once)
