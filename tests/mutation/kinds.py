"""The kinds of defects, and why one of a kind may go unseen."""

from __future__ import annotations

from typing import Final

from tests.mutation import acts, edges, rules, wording
from tests.mutation.defect import Kind

ALWAYS_SEEN: Final = "it should not"
KINDS: Final = (
    Kind(
        "edge redirected",
        edges.redirected,
        "it leads on to a node from which nothing is missed: as a story it may make no sense, "
        "as a graph it is sound",
    ),
    Kind("edge leads back without progress", edges.back_without_progress, ALWAYS_SEEN),
    Kind("edge misspelt", edges.misspelt_target, ALWAYS_SEEN),
    Kind(
        "straight to the good ending",
        edges.to_a_good_end,
        "that early nothing passes, and the ending is reached without a pass by others too; what "
        "the ending promises is not declared as `always: visited(…) implies …`",
    ),
    Kind("ending unreachable", edges.ending_unreachable, ALWAYS_SEEN),
    Kind(
        "flag dropped",
        acts.flag_dropped,
        "the flag only picks between two wordings, or is set again further on",
    ),
    Kind("flag misspelt", acts.flag_misspelt, ALWAYS_SEEN),
    Kind("order swapped", acts.order_swapped, ALWAYS_SEEN),
    Kind(
        "repair removed",
        acts.repair_removed,
        "the option still repairs another error, and after the one that it no longer repairs no "
        "play passes anyway",
    ),
    Kind("error never raised", acts.error_never_raised, ALWAYS_SEEN),
    Kind(
        "effect dropped",
        acts.effect_dropped,
        "a second chance gives a point less: the best play still has all of them, and how much a "
        "second chance is worth is the author's to say",
    ),
    Kind("harm rewarded", acts.harm_rewarded, ALWAYS_SEEN),
    Kind("guard negated", acts.guard_negated, ALWAYS_SEEN),
    Kind("guard dropped", acts.guard_dropped, ALWAYS_SEEN),
    Kind("cut above the most", rules.cut_above_the_most, ALWAYS_SEEN),
    Kind("cut at the bottom", rules.cut_at_the_bottom, ALWAYS_SEEN),
    Kind(
        "range widened",
        rules.range_widened,
        "choices give more points than the range had room for, so the wider one is filled too",
    ),
    Kind(
        "window shortened",
        rules.window_shortened,
        "the first repair, right after the error, is in time as before; only a second opportunity "
        "is lost",
        only_narrows=True,
    ),
    Kind("error made fatal", rules.error_made_fatal, ALWAYS_SEEN),
    Kind("must-do not asked for", rules.must_do_not_asked, ALWAYS_SEEN),
    Kind(
        "harm made passable",
        rules.harm_made_passable,
        "a limit on errors that were repaired (`raised_A <= 3`) is declared nowhere in `prove`, "
        "and without it luck still passes in at most 2 %",
    ),
    Kind("option duplicated", wording.option_duplicated, ALWAYS_SEEN),
    Kind("translation: id changed", wording.translation_id_changed, ALWAYS_SEEN),
    Kind("translation: choice lost", wording.translation_choice_lost, ALWAYS_SEEN),
)
# What comes of these is another sound scenario. Whether it is a worse one, only a reader can say.
FOR_A_READER: Final = (
    Kind("choice removed", edges.choice_removed, "one option fewer is as good a graph"),
    Kind("one point more", acts.effect_raised, "what a choice is worth is the author's to say"),
    Kind(
        "error not raised by one choice",
        acts.error_not_raised_here,
        "the choice is a weak one now, as many are; that it hurts stands in its words alone",
    ),
)
