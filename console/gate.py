"""Who may see a page."""

from __future__ import annotations

from collections.abc import Callable
from functools import update_wrapper
from typing import Any, TypeVar, cast

from flask import g, request

from api.request import current
from console import cookies
from console.reach import ports
from models.values.permission import Permission
from services.callers import StaffCaller
from services.staff import access, sessions
from services.staff.access import StaffSignInRequired
from services.tokens import Kind

View = TypeVar("View", bound=Callable[..., Any])


def page(permission: Permission) -> Callable[[View], View]:
    """Pass the officer to the view as ``officer``, if their role has the permission."""

    def decorator(view: View) -> View:
        def wrapper(*args: Any, **kwargs: Any) -> Any:
            officer = signed_in_officer()
            access.require(ports(), officer, permission)
            return view(*args, officer=officer, **kwargs)

        gated = cast(View, update_wrapper(wrapper, view))
        # For who asks what a page asks for.
        gated.permission = permission  # type: ignore[attr-defined]
        return gated

    return decorator


def for_any_officer(view: View) -> View:
    """Pass the officer to the view as ``officer``, whatever their role."""

    def wrapper(*args: Any, **kwargs: Any) -> Any:
        return view(*args, officer=signed_in_officer(), **kwargs)

    return cast(View, update_wrapper(wrapper, view))


def signed_in_officer() -> StaffCaller:
    """:raises StaffSignInRequired: the browser shows no session, or one that is over."""
    cookie = cookies.shown(cookies.SESSION)
    if cookie is None:
        raise StaffSignInRequired
    g.officer = sessions.from_cookie(ports(), cookie, request.remote_addr or "")
    current().caller_kind = Kind.STAFF.value
    return cast(StaffCaller, g.officer)


def officer() -> StaffCaller | None:
    """Whom the page that is being written is for, as far as that is known."""
    return cast("StaffCaller | None", g.get("officer"))
