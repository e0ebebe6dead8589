# The part of Flask-Login that this project uses; the package carries no types itself.

from collections.abc import Callable
from typing import Any

from flask import Flask, Request

class AnonymousUserMixin:
    is_authenticated: bool
    is_active: bool
    is_anonymous: bool
    def get_id(self) -> str | None: ...

class LoginManager:
    def __init__(self, app: Flask | None = None) -> None: ...
    def init_app(self, app: Flask, add_context_processor: bool = True) -> None: ...
    def request_loader(
        self, callback: Callable[[Request], object | None]
    ) -> Callable[[Request], object | None]: ...

# Whoever the request loader returned; elearning.web.access gives it its type.
current_user: Any
