"""Facts that are corrected by new rows, a dated tree of units, assignment rules, rosters."""

import unicodedata
from datetime import UTC, date, datetime

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

LONG_AGO = date(2000, 1, 1)
LONG_KNOWN = datetime(2000, 1, 1, tzinfo=UTC)
FACTS = ("absence", "appointment", "exemption", "obligation")
INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Apply the revision."""
    _add_tables()
    for table in FACTS:
        with op.batch_alter_table(table) as batch:
            batch.add_column(sa.Column("retracted_at", INSTANT, nullable=True))
    _units_up()
    _people_up()
    _completion_up()


def downgrade() -> None:
    """Undo the revision; what was corrected is then no longer told."""
    for table in FACTS:
        op.execute(f"DELETE FROM {table} WHERE retracted_at IS NOT NULL")  # noqa: S608 - our names
    _completion_down()
    _people_down()
    _units_down()
    for table in FACTS:
        with op.batch_alter_table(table) as batch:
            batch.drop_column("retracted_at")
    for table in (
        "roster_upload",
        "roster_missing",
        "roster_import",
        "assignment_rule",
        "unit_place",
    ):
        op.drop_table(table)


def _known() -> tuple[sa.Column[datetime], sa.Column[datetime]]:
    return (
        sa.Column("recorded_at", INSTANT, nullable=False),
        sa.Column("retracted_at", INSTANT, nullable=True),
    )


def _add_tables() -> None:
    op.create_table(
        "unit_place",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("is_merged", sa.Boolean(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        *_known(),
        sa.CheckConstraint(
            "until_on IS NULL OR until_on > from_on", name=op.f("ck_unit_place_ends_after")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_unit_place_unit_id_unit")),
        sa.ForeignKeyConstraint(
            ["parent_id"], ["unit.id"], name=op.f("fk_unit_place_parent_id_unit")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit_place")),
    )
    op.create_index("ix_unit_place_unit_id", "unit_place", ["unit_id"])
    _add_rules()
    _add_rosters()


def _add_rules() -> None:
    op.create_table(
        "assignment_rule",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("training_id", sa.String(), nullable=False),
        sa.Column("predicate", sa.JSON(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("due_days", sa.Integer(), nullable=False),
        sa.Column("made_by", sa.Uuid(), nullable=True),
        *_known(),
        sa.CheckConstraint(
            "until_on IS NULL OR until_on > from_on", name=op.f("ck_assignment_rule_ends_after")
        ),
        sa.ForeignKeyConstraint(
            ["made_by"],
            ["person.id"],
            name=op.f("fk_assignment_rule_made_by_person"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assignment_rule")),
    )
    _unique_while_known(
        "uq_assignment_rule_code", "assignment_rule", ["code"], "retracted_at IS NULL"
    )


def _add_rosters() -> None:
    op.create_table(
        "roster_import",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("applied_at", INSTANT, nullable=False),
        sa.Column("applied_by", sa.Uuid(), nullable=True),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.Column("problems", sa.JSON(), nullable=False),
        sa.Column("undone_at", INSTANT, nullable=True),
        sa.ForeignKeyConstraint(
            ["applied_by"],
            ["person.id"],
            name=op.f("fk_roster_import_applied_by_person"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roster_import")),
    )
    op.create_table(
        "roster_missing",
        sa.Column("import_id", sa.Integer(), nullable=False),
        sa.Column("appointment_id", sa.Integer(), nullable=False),
        sa.Column("last_seen_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["import_id"],
            ["roster_import.id"],
            name=op.f("fk_roster_missing_import_id_roster_import"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["appointment_id"],
            ["appointment.id"],
            name=op.f("fk_roster_missing_appointment_id_appointment"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("import_id", "appointment_id", name=op.f("pk_roster_missing")),
    )
    op.create_table(
        "roster_upload",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("uploaded_by", sa.Uuid(), nullable=False),
        sa.Column("uploaded_at", INSTANT, nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["uploaded_by"],
            ["person.id"],
            name=op.f("fk_roster_upload_uploaded_by_person"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roster_upload")),
    )
    op.create_index("ix_roster_upload_uploaded_at", "roster_upload", ["uploaded_at"])


def _units_up() -> None:
    place = sa.table(
        "unit_place",
        *(sa.column(name) for name in ("unit_id", "parent_id", "is_merged")),
        sa.column("from_on", sa.Date()),
        sa.column("recorded_at", INSTANT),
    )
    rows = op.get_bind().execute(sa.text("SELECT id, parent_id FROM unit")).all()
    for unit_id, parent_id in rows:
        op.get_bind().execute(
            place.insert().values(
                unit_id=unit_id,
                parent_id=parent_id,
                is_merged=False,
                from_on=LONG_AGO,
                recorded_at=LONG_KNOWN,
            )
        )
    with op.batch_alter_table("unit") as batch:
        batch.drop_index("ix_unit_parent_id")
        batch.drop_constraint("fk_unit_parent_id_unit", type_="foreignkey")
        batch.drop_column("parent_id")


def _units_down() -> None:
    with op.batch_alter_table("unit") as batch:
        batch.add_column(sa.Column("parent_id", sa.Integer(), nullable=True))
        batch.create_foreign_key("fk_unit_parent_id_unit", "unit", ["parent_id"], ["id"])
        batch.create_index("ix_unit_parent_id", ["parent_id"])
    op.execute(
        "UPDATE unit SET parent_id = (SELECT parent_id FROM unit_place"
        " WHERE unit_id = unit.id AND retracted_at IS NULL ORDER BY from_on DESC LIMIT 1)"
    )


def _people_up() -> None:
    with op.batch_alter_table("person") as batch:
        batch.add_column(sa.Column("sort_name", sa.String(), nullable=False, server_default=""))
    rows = op.get_bind().execute(sa.text("SELECT id, display_name FROM person")).all()
    for key, name in rows:
        statement = sa.text("UPDATE person SET sort_name = :name WHERE id = :key")
        op.get_bind().execute(statement, {"name": _folded(name), "key": key})
    with op.batch_alter_table("appointment") as batch:
        batch.add_column(sa.Column("roster_number", sa.String(), nullable=True))
        batch.add_column(sa.Column("function_tags", sa.String(), nullable=False, server_default=""))
        batch.add_column(
            sa.Column("fte_percent", sa.Integer(), nullable=False, server_default="100")
        )
        batch.add_column(sa.Column("first_seen_on", sa.Date(), nullable=True))
    op.execute("UPDATE appointment SET first_seen_on = starts_on")
    _no_defaults()
    op.drop_index("uq_appointment_primary", "appointment")
    op.drop_index("ix_appointment_person_unit", "appointment")
    columns = ["person_id", "unit_id", "starts_on", "ends_on", "retracted_at"]
    op.create_index("ix_appointment_person", "appointment", columns)
    condition = "is_primary AND ends_on IS NULL AND retracted_at IS NULL"
    _unique_while_known("uq_appointment_primary", "appointment", ["person_id"], condition)


def _no_defaults() -> None:
    with op.batch_alter_table("person") as batch:
        batch.alter_column("sort_name", server_default=None)
    with op.batch_alter_table("appointment") as batch:
        batch.alter_column("function_tags", server_default=None)
        batch.alter_column("fte_percent", server_default=None)
        batch.alter_column("first_seen_on", existing_type=sa.Date(), nullable=False)


def _people_down() -> None:
    op.drop_index("uq_appointment_primary", "appointment")
    op.drop_index("ix_appointment_person", "appointment")
    with op.batch_alter_table("appointment") as batch:
        for name in ("roster_number", "function_tags", "fte_percent", "first_seen_on"):
            batch.drop_column(name)
    op.create_index("ix_appointment_person_unit", "appointment", ["person_id", "unit_id"])
    condition = "is_primary AND ends_on IS NULL"
    _unique_while_known("uq_appointment_primary", "appointment", ["person_id"], condition)
    with op.batch_alter_table("person") as batch:
        batch.drop_column("sort_name")


def _completion_up() -> None:
    with op.batch_alter_table("exemption") as batch:
        batch.add_column(sa.Column("person_id", sa.Uuid(), nullable=True))
        batch.add_column(sa.Column("training_id", sa.String(), nullable=True))
    for name in ("person_id", "training_id"):
        op.execute(
            f"UPDATE exemption SET {name} = (SELECT {name} FROM obligation"  # noqa: S608 - our names
            " WHERE obligation.id = exemption.obligation_id)"
        )
    with op.batch_alter_table("exemption") as batch:
        batch.drop_index("ix_exemption_obligation_id")
        batch.drop_constraint("fk_exemption_obligation_id_obligation", type_="foreignkey")
        batch.drop_column("obligation_id")
        batch.alter_column("person_id", existing_type=sa.Uuid(), nullable=False)
        batch.alter_column("training_id", existing_type=sa.String(), nullable=False)
        batch.create_foreign_key(
            "fk_exemption_person_id_person", "person", ["person_id"], ["id"], ondelete="CASCADE"
        )
        batch.create_index("ix_exemption_training", ["training_id", "person_id"])
    with op.batch_alter_table("obligation") as batch:
        batch.add_column(sa.Column("rule_code", sa.String(), nullable=True))
        batch.alter_column("basis", existing_type=sa.String(), type_=sa.String(length=40))
        batch.drop_index("ix_obligation_training")
        batch.drop_index("uq_obligation_open")
        batch.create_index("ix_obligation_training", WHOLE_OBLIGATION)
    op.execute("UPDATE obligation SET basis = 'listed'")
    condition = "closed_on IS NULL AND retracted_at IS NULL"
    _unique_while_known("uq_obligation_open", "obligation", ["person_id", "training_id"], condition)
    with op.batch_alter_table("award") as batch:
        batch.add_column(sa.Column("withdrawal_recorded_at", INSTANT, nullable=True))
        batch.drop_index("ix_award_training")
        batch.create_index("ix_award_training", WHOLE_AWARD)


def _completion_down() -> None:
    with op.batch_alter_table("award") as batch:
        batch.drop_index("ix_award_training")
        batch.create_index("ix_award_training", ["training_id", "person_id"])
        batch.drop_column("withdrawal_recorded_at")
    op.drop_index("uq_obligation_open", "obligation")
    with op.batch_alter_table("obligation") as batch:
        batch.drop_index("ix_obligation_training")
        batch.create_index("ix_obligation_training", ["training_id", "person_id"])
        batch.drop_column("rule_code")
        batch.alter_column("basis", existing_type=sa.String(length=40), type_=sa.String())
    condition = "closed_on IS NULL"
    _unique_while_known("uq_obligation_open", "obligation", ["person_id", "training_id"], condition)
    with op.batch_alter_table("exemption") as batch:
        batch.add_column(sa.Column("obligation_id", sa.Uuid(), nullable=True))
    op.execute(
        "UPDATE exemption SET obligation_id = (SELECT id FROM obligation WHERE"
        " obligation.person_id = exemption.person_id AND"
        " obligation.training_id = exemption.training_id ORDER BY opened_on DESC LIMIT 1)"
    )
    op.execute("DELETE FROM exemption WHERE obligation_id IS NULL")
    with op.batch_alter_table("exemption") as batch:
        batch.drop_index("ix_exemption_training")
        batch.drop_constraint("fk_exemption_person_id_person", type_="foreignkey")
        batch.drop_column("person_id")
        batch.drop_column("training_id")
        batch.alter_column("obligation_id", existing_type=sa.Uuid(), nullable=False)
        batch.create_foreign_key(
            "fk_exemption_obligation_id_obligation",
            "obligation",
            ["obligation_id"],
            ["id"],
            ondelete="CASCADE",
        )
        batch.create_index("ix_exemption_obligation_id", ["obligation_id"])


WHOLE_OBLIGATION = [
    "training_id", "person_id", "opened_on", "closed_on", "due_on", "retracted_at",
]  # fmt: skip
WHOLE_AWARD = [
    "training_id", "person_id", "valid_from", "valid_until", "obtained_on", "withdrawn_on",
    "supersedes_id",
]  # fmt: skip


def _unique_while_known(name: str, table: str, columns: list[str], condition: str) -> None:
    where = sa.text(condition)
    op.create_index(name, table, columns, unique=True, sqlite_where=where, postgresql_where=where)


def _folded(text: str) -> str:
    """Fold a name as the program does at this revision."""
    decomposed = unicodedata.normalize("NFKD", text.strip())
    return "".join(sign for sign in decomposed if not unicodedata.combining(sign)).casefold()
