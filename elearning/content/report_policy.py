"""What an institution says about figures in its overlay; all of it can be left out."""

from __future__ import annotations

from dataclasses import dataclass

from elearning.learning.suppression import LOWEST_LEAST, USUAL_LEAST
from elearning.yaml_fields import Reader, read_fields


@dataclass(frozen=True, slots=True)
class ReportPolicy:
    """Who sees which figures besides HR.

    `smallest_group` is below how many people nothing is shown. `public_training` is the training of
    which one figure is public; None is no public page. `may_be_indexed` lets search engines list
    it. `names_for_managers` lets managers see who is past the date in their own units, by name.
    """

    smallest_group: int
    public_training: str | None
    may_be_indexed: bool
    names_for_managers: bool


def read_report_policy(reader: Reader) -> ReportPolicy:
    """Read `reports`."""
    with read_fields(reader.located("reports"), reader.findings) as fields:
        smallest = fields.optional_number("smallest_group")
        if smallest is not None and smallest < LOWEST_LEAST:
            fields.wrong("smallest_group", f"is {LOWEST_LEAST} or more")
        return ReportPolicy(
            smallest_group=USUAL_LEAST if smallest is None else max(smallest, LOWEST_LEAST),
            public_training=fields.optional_text("public_figure"),
            may_be_indexed=fields.boolean("public_figure_indexed", default=False),
            names_for_managers=fields.boolean("names_for_managers", default=False),
        )
