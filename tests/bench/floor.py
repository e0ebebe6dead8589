"""The control: what a bare Flask application does with the same requests, page sizes and databases.

A choice is POST, 303, GET with one commit through the database's raw driver; a module page is read
through Flask-Login and the ORM of Flask-SQLAlchemy. No access rules, no CSRF, no languages, no
security headers, no engine: a floor that can be come near to and not passed.
"""

from __future__ import annotations

import os
from http import HTTPStatus
from typing import Protocol
from uuid import UUID, uuid4

import psycopg
from flask import Flask, abort, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import LoginManager, current_user
from flask_sqlalchemy import SQLAlchemy
from jinja2 import DictLoader
from sqlalchemy import ForeignKey, select
from sqlalchemy.engine import make_url
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from elearning.storage.engine import attach_rules, engine_options
from elearning.storage.sqlite_library import LIBRARY
from tests.bench.floor_pages import PAGES, fit

SECRET = "a secret key that is used in benchmarks only"  # noqa: S105 - nothing is protected by it
LEARNER = UUID(int=1)


class Base(DeclarativeBase):
    """The floor's own tables."""


class Learner(Base):
    """Who is signed in."""

    __tablename__ = "learner"
    is_authenticated = True
    id: Mapped[UUID] = mapped_column(primary_key=True)
    name: Mapped[str]


class PageRead(Base):
    """A page that was read."""

    __tablename__ = "page_read"
    learner_id: Mapped[UUID] = mapped_column(ForeignKey("learner.id"), primary_key=True)
    page: Mapped[str] = mapped_column(primary_key=True)


class Step(Base):
    """A choice; the raw drivers write it."""

    __tablename__ = "step"
    attempt: Mapped[str] = mapped_column(primary_key=True)
    turn: Mapped[int] = mapped_column(primary_key=True)
    choice: Mapped[str]


class Driver(Protocol):
    """A database without SQLAlchemy."""

    def add(self, attempt: str, turn: int, choice: str) -> None:
        """Insert one step and commit."""

    def choices(self, attempt: str) -> list[str]:
        """Return what was chosen."""


class Sqlite:
    """The bare driver with the durability of the application."""

    def __init__(self, file: str) -> None:
        """Open a connection of this process."""
        self.connection = LIBRARY.connect(file, timeout=15, isolation_level=None)
        self.connection.execute("PRAGMA journal_mode=WAL")
        self.connection.execute("PRAGMA synchronous=FULL")

    def add(self, attempt: str, turn: int, choice: str) -> None:
        """Insert one step and commit."""
        self.connection.execute("BEGIN IMMEDIATE")
        self.connection.execute("INSERT INTO step VALUES (?, ?, ?)", (attempt, turn, choice))
        self.connection.execute("COMMIT")

    def choices(self, attempt: str) -> list[str]:
        """Return what was chosen."""
        query = "SELECT choice FROM step WHERE attempt = ? ORDER BY turn"
        return [row[0] for row in self.connection.execute(query, (attempt,))]


class Postgresql:
    """psycopg with one connection per process."""

    def __init__(self, url: str) -> None:
        """Open a connection of this process."""
        self.connection = psycopg.connect(url, autocommit=True)

    def add(self, attempt: str, turn: int, choice: str) -> None:
        """Insert one step and commit."""
        values = (attempt, turn, choice)
        self.connection.execute("INSERT INTO step VALUES (%s, %s, %s)", values)

    def choices(self, attempt: str) -> list[str]:
        """Return what was chosen."""
        query = "SELECT choice FROM step WHERE attempt = %s ORDER BY turn"
        return [row[0] for row in self.connection.execute(query, (attempt,))]


def connect(url: str) -> Driver:
    """Return the raw driver for a SQLAlchemy address."""
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        return Sqlite(str(parsed.database))
    plain = parsed.set(drivername="postgresql")
    return Postgresql(plain.render_as_string(hide_password=False))


def create_floor(url: str, turn_bytes: int, module_bytes: int) -> Flask:
    """Return the bare application; its pages are as many bytes as ours."""
    app = Flask(__name__)
    app.config.update(
        SECRET_KEY=SECRET,
        SQLALCHEMY_DATABASE_URI=url,
        SQLALCHEMY_ENGINE_OPTIONS=engine_options(url),
    )
    db = SQLAlchemy(metadata=Base.metadata)
    db.init_app(app)
    with app.app_context():
        attach_rules(db.engine)
    app.jinja_loader = DictLoader(PAGES)
    _add_choice(app, url)
    _add_page(app, db)
    fit(app, "turn.html", turn_bytes)
    fit(app, "module.html", module_bytes)
    return app


def _add_choice(app: Flask, url: str) -> None:
    opened: list[Driver] = []

    def driver() -> Driver:
        if not opened:
            opened.append(connect(url))
        return opened[0]

    @app.get("/turn/<uuid:attempt>/<int:turn>")
    def show(attempt: UUID, turn: int) -> str:
        chosen = driver().choices(str(attempt))
        return render_template(
            "turn.html", who=session["who"], turn=turn, chosen=chosen, attempt=attempt
        )

    @app.post("/turn/<uuid:attempt>/<int:turn>")
    def choose(attempt: UUID, turn: int) -> ResponseReturnValue:
        driver().add(str(attempt), turn, request.form["choice"])
        return redirect(url_for("show", attempt=attempt, turn=turn + 1), code=HTTPStatus.SEE_OTHER)


def _add_page(app: Flask, db: SQLAlchemy) -> None:
    manager = LoginManager()
    # Otherwise every page loads the learner, the raw driver's too.
    manager.init_app(app, add_context_processor=False)

    @manager.request_loader
    def load(_request: object) -> Learner | None:
        return db.session.get(Learner, UUID(session["learner"]))

    @app.get("/page/<name>")
    def page(name: str) -> str:
        if not current_user.is_authenticated:
            abort(HTTPStatus.UNAUTHORIZED)
        rows = db.session.scalars(select(PageRead).where(PageRead.learner_id == LEARNER)).all()
        read = [row.page for row in rows]
        return render_template("module.html", who=session["who"], name=name, read=read)


def prepare_floor(url: str) -> None:
    """Create the floor's tables with one learner in them."""
    app = Flask(__name__)
    app.config["SQLALCHEMY_DATABASE_URI"] = url
    db = SQLAlchemy(metadata=Base.metadata)
    db.init_app(app)
    with app.app_context():
        db.create_all()
        db.session.add(Learner(id=LEARNER, name="Noor de Wit"))
        db.session.flush()
        db.session.add(PageRead(learner_id=LEARNER, page="1"))
        db.session.commit()
        db.engine.dispose()


def new_attempt() -> str:
    """Return the key of a play that nobody has begun."""
    return str(uuid4())


def application() -> Flask:
    """Return the floor as gunicorn serves it, from the environment."""
    sizes = os.environ["BENCH_TURN_BYTES"], os.environ["BENCH_MODULE_BYTES"]
    return create_floor(os.environ["BENCH_DATABASE_URL"], *map(int, sizes))
