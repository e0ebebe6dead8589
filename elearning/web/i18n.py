"""Two languages: which one a request gets, and catalogues compiled in memory from the .po files."""

from __future__ import annotations

from functools import lru_cache
from io import BytesIO
from pathlib import Path
from urllib.parse import quote, urlencode

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import Translations
from flask import Flask, g, request
from flask.wrappers import Response
from flask_babel import Babel, Domain

from elearning.web.access import signed_in_or_none
from elearning.web.cookieless import is_cookieless
from elearning.web.state import settings

LANGUAGES = {"nl": "Nederlands", "en": "English"}
# British dates and spelling; the catalogue itself is plain `en`.
LOCALES = {"nl": "nl_NL", "en": "en_GB"}
SOURCE_LANGUAGE = "nl"
COOKIE = "lang"
COOKIE_SECONDS = 365 * 24 * 3600
PARAMETER = "lang"


class CompiledDomain(Domain):
    """Serves catalogues that were compiled when the program started; no .mo file is ever stale."""

    def __init__(self, folder: Path) -> None:
        """Read and compile every catalogue below `folder`."""
        super().__init__()
        self.catalogues = {code: compile_catalogue(folder, code) for code in LANGUAGES}

    def get_translations(self) -> Translations:
        """Return the catalogue of the request's language."""
        return self.catalogues[language()]


class CompiledBabel(Babel):
    """Flask-Babel with one domain for all requests, instead of a new one for each."""

    def __init__(self, domain: CompiledDomain) -> None:
        """Keep the domain; `init_app` binds the rest."""
        super().__init__()
        self.compiled = domain

    @property
    def domain_instance(self) -> CompiledDomain:
        """Return the compiled domain."""
        return self.compiled


def compile_catalogue(folder: Path, code: str) -> Translations:
    """Return one language's catalogue, ready to use."""
    source = folder / code / "LC_MESSAGES" / "messages.po"
    return Translations(fp=BytesIO(_compiled(source.read_bytes(), code)))


@lru_cache(maxsize=len(LANGUAGES))
def _compiled(source: bytes, code: str) -> bytes:
    """Return the catalogue as gettext reads it; the same text is not compiled twice."""
    compiled = BytesIO()
    write_mo(compiled, read_po(BytesIO(source), locale=code))
    return compiled.getvalue()


def language() -> str:
    """Return the request's language: asked for, chosen before, the person's, the browser's."""
    if "language" not in g:
        g.language = _choose()
    return str(g.language)


def _choose() -> str:
    wishes = (
        request.args.get(PARAMETER),
        *(() if is_cookieless(request) else _remembered()),
    )
    known = next((wish for wish in wishes if wish in LANGUAGES), None)
    return known or request.accept_languages.best_match(LANGUAGES) or SOURCE_LANGUAGE


def _remembered() -> tuple[str | None, ...]:
    """Return the language of the cookie and of the person; neither counts when one is asked for."""
    if request.args.get(PARAMETER) in LANGUAGES:
        return ()
    person = signed_in_or_none()
    return request.cookies.get(COOKIE), None if person is None else person.language


def switch_address(code: str) -> str:
    """Return this very page in another language."""
    kept = [(name, value) for name, value in request.args.items(multi=True) if name != PARAMETER]
    # One slash in front: an address that begins with two would lead to another site.
    path = quote(request.path.lstrip("/"))
    return f"/{path}?{urlencode([*kept, (PARAMETER, code)])}"


def remember_language(response: Response) -> Response:
    """Keep a language that was asked for, in a cookie that says nothing else."""
    asked = request.args.get(PARAMETER)
    if asked in LANGUAGES and not is_cookieless(request):
        response.set_cookie(
            COOKIE,
            asked,
            max_age=COOKIE_SECONDS,
            httponly=True,
            samesite="Lax",
            secure=settings().is_https,
        )
    return response


def locale() -> str:
    """Return the locale that dates and numbers are written in."""
    return LOCALES[language()]


def init_app(app: Flask, folder: Path) -> None:
    """Bind the languages to the application."""
    domain = CompiledDomain(folder)
    CompiledBabel(domain).init_app(
        app, default_locale=LOCALES[SOURCE_LANGUAGE], locale_selector=locale
    )
    # Templates ask forty times a page: straight to the catalogue, without Flask-Babel's look-ups.
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined] # added by the extension
        gettext=lambda text: domain.get_translations().ugettext(text),
        ngettext=lambda one, many, count: domain.get_translations().ungettext(one, many, count),
        newstyle=True,
    )
    app.after_request(remember_language)
