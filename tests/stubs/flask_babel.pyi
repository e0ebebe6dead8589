# The part of Flask-Babel that this project uses; the package carries no types itself.

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date

from babel import Locale
from babel.support import NullTranslations
from flask import Flask

class Domain:
    def __init__(
        self, translation_directories: list[str] | None = None, domain: str = "messages"
    ) -> None: ...
    def get_translations(self) -> NullTranslations: ...

class Babel:
    def __init__(self) -> None: ...
    def init_app(
        self,
        app: Flask,
        default_locale: str = "en",
        default_domain: str = "messages",
        default_translation_directories: str = "translations",
        default_timezone: str = "UTC",
        locale_selector: Callable[[], str | None] | None = None,
        timezone_selector: Callable[[], str | None] | None = None,
    ) -> None: ...
    @property
    def domain_instance(self) -> Domain: ...

def gettext(string: str, /, **variables: object) -> str: ...
def ngettext(singular: str, plural: str, num: int, /, **variables: object) -> str: ...

# A lazy string; forms and templates use it as the text that it becomes.
def lazy_gettext(string: str, /, **variables: object) -> str: ...
def format_date(date: date, format: str) -> str: ...
def format_decimal(number: int) -> str: ...
def get_locale() -> Locale | None: ...
def force_locale(locale: str) -> AbstractContextManager[None]: ...
