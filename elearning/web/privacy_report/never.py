"""What is never recorded: the rules that the tables are held to, in words."""

from __future__ import annotations

from flask_babel import gettext as _

from elearning.storage.never import Never
from elearning.web.privacy_report.document import Chapter, Grid


def never_words() -> dict[Never, str]:
    """Return what each rule means."""
    return {
        Never.WAY_OF_LEARNING: _(
            "No table that HR reads has a column for the way in which somebody learned, the time "
            "it took or how often they tried. Nor for which answers they gave, or how well."
        ),
        Never.LEARNING_BEHIND_COMPLETION: _(
            "No table that HR reads points to what somebody did while learning."
        ),
        Never.NAMES_IN_LEARNING: _(
            "What somebody does while learning has no name, no staff number and no address beside "
            "it: only a random number."
        ),
        Never.SECOND_LINK: _(
            "There is one link from a person to that number. When it is cut, nothing leads back."
        ),
        Never.MOMENTS_OF_LEARNING: _(
            "At what time somebody learned: only days are kept, no times."
        ),
        Never.REASON_OF_ABSENCE: _("Why somebody is away: only the days are kept."),
        Never.PRIVATE_FACTS: _(
            "No table has a column for sex, gender, health, nationality, religion, date of birth "
            "or citizen service number. Nor for private phone numbers, internet addresses, "
            "browsers, devices or notes."
        ),
    }


def never_chapter() -> Chapter:
    """Return the rules; that they hold for these tables was checked when the report was made."""
    rows = tuple((str(number), text) for number, text in enumerate(never_words().values(), 1))
    columns = _("No."), _("Rule")
    return Chapter(
        "never",
        _("What is never recorded"),
        (
            _(
                "These rules were checked against the tables of this version when this report was "
                "made. If one did not hold, there would be no report."
            ),
            _(
                "Leaving quickly, pausing, looking for help and choosing another way are recorded "
                "nowhere. Nobody is asked about what happened to them, and there is no field to "
                "write about a real case."
            ),
        ),
        (Grid(_("Rules for the tables"), columns, (1, 14), rows),),
    )
