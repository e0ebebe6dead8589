"""Who may open what: every view names its rule; without the right role a page is not there."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import wraps
from typing import ParamSpec, TypeVar, cast
from uuid import UUID

from flask import Flask, abort, current_app, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from elearning.services.board_reports import viewer_grants
from elearning.services.hr_scope import named_grants
from elearning.services.late_names import manager_grants
from elearning.services.sign_in import SignedIn
from elearning.storage.people import Role
from elearning.web.state import library
from elearning.web.transaction import SAFE_METHODS

POLICY = "access_policy"
P = ParamSpec("P")
R = TypeVar("R")
View = Callable[P, ResponseReturnValue]


@dataclass(frozen=True, slots=True)
class Policy:
    """Either open to everyone, or to the holders of one of the roles.

    With `everywhere`, only to who holds it without a limit; with `where_allowed`, only where the
    institution says so in its overlay.
    """

    is_public: bool
    roles: frozenset[Role]
    everywhere: bool = False
    where_allowed: bool = False


@dataclass(frozen=True, slots=True)
class Principal:
    """The signed-in person as Flask-Login wants to see them."""

    signed_in: SignedIn
    is_authenticated: bool = True
    is_active: bool = True
    is_anonymous: bool = False

    def get_id(self) -> str:
        """Return the key of the person."""
        return str(self.signed_in.person_id)


def public(view: Callable[P, R]) -> Callable[P, R]:
    """Mark a view as open to everyone, signed in or not."""
    setattr(view, POLICY, Policy(is_public=True, roles=frozenset()))
    return view


def requires(*roles: Role, everywhere: bool = False) -> Callable[[View[P]], View[P]]:
    """Open a view to people who hold one of `roles`; `Role.LEARNER` is everyone who signed in.

    With `everywhere`, only to who holds it without a limit: every unit, every training, names too.
    """

    def decorate(view: View[P]) -> View[P]:
        @wraps(view)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> ResponseReturnValue:
            person = signed_in_or_none()
            if person is None:
                return to_sign_in()
            if not _holds(person, roles, everywhere=everywhere):
                abort(404)
            return view(*args, **kwargs)

        policy = Policy(is_public=False, roles=frozenset(roles), everywhere=everywhere)
        setattr(guarded, POLICY, policy)
        return guarded

    return decorate


def requires_report(*roles: Role) -> Callable[[View[P]], View[P]]:
    """Open a view to whoever may see frozen reports; `roles` are those that can open them.

    HR of a unit can only by a grant for counts: who reads names has figures of today.
    """

    def decorate(view: View[P]) -> View[P]:
        @wraps(view)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> ResponseReturnValue:
            if not may_read_reports():
                abort(404)
            return view(*args, **kwargs)

        return requires(*roles)(guarded)

    return decorate


def requires_late_names(view: View[P]) -> View[P]:
    """Open a view to managers, where the institution lets them see who is past the date."""

    @wraps(view)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> ResponseReturnValue:
        if not may_read_late_names():
            abort(404)
        return view(*args, **kwargs)

    opened = requires(Role.MANAGER)(guarded)
    setattr(opened, POLICY, replace(getattr(opened, POLICY), where_allowed=True))
    return opened


def may_read_late_names() -> bool:
    """Say whether a role shows who is past the date, where the institution allows that."""
    person = signed_in_or_none()
    is_allowed = library().institution.reports.names_for_managers
    return is_allowed and person is not None and bool(manager_grants(person.grants))


def may_read_reports() -> bool:
    """Say whether a role opens frozen reports without names."""
    person = signed_in_or_none()
    return person is not None and bool(viewer_grants(person.grants))


def may(*roles: Role, everywhere: bool = False) -> bool:
    """Say whether the person who signed in holds one of `roles`."""
    person = signed_in_or_none()
    return person is not None and _holds(person, roles, everywhere=everywhere)


def may_read_names() -> bool:
    """Say whether a role opens the pages of HR, on which people are named."""
    person = signed_in_or_none()
    return person is not None and bool(named_grants(person.grants))


def _holds(person: SignedIn, roles: Iterable[Role], *, everywhere: bool) -> bool:
    has = person.has_whole_role if everywhere else person.has_role
    return any(role is Role.LEARNER or has(role) for role in roles)


def signed_in_or_none() -> SignedIn | None:
    """Return who is signed in, or None."""
    return current_user.signed_in if current_user.is_authenticated else None


def signed_in() -> SignedIn:
    """Return who is signed in; only for views behind `requires`."""
    return cast("Principal", current_user).signed_in


def person_id() -> UUID:
    """Return the key of who is signed in; only for views behind `requires`."""
    return signed_in().person_id


def policy_of(app: Flask, endpoint: str) -> Policy | None:
    """Return the rule of a route; None when it names none (a test and the start refuse that)."""
    return getattr(app.view_functions[endpoint], POLICY, None)


def refuse_routes_without_rule(app: Flask) -> None:
    """Stop the start of an application in which a route names no rule."""
    nameless = [name for name in app.view_functions if policy_of(app, name) is None]
    if nameless:
        raise RuntimeError(f"these routes name no access rule: {', '.join(sorted(nameless))}")


def needs_sign_in() -> bool:
    """Say whether this request is for a page behind `requires`, and nobody is signed in."""
    policy = None if request.endpoint is None else policy_of(current_app, request.endpoint)
    return policy is not None and not policy.is_public and not current_user.is_authenticated


def to_sign_in() -> ResponseReturnValue:
    """Lead to the sign-in page and back; the page of a form is where its GET lives, if any."""
    here = request.full_path.rstrip("?") if request.method in SAFE_METHODS else _page_of_form()
    return redirect(url_for("account.sign_in", next=here), code=303)


def _page_of_form() -> str | None:
    adapter = current_app.create_url_adapter(request)
    has_page = adapter is not None and "GET" in adapter.allowed_methods()
    return request.path if has_page else None
