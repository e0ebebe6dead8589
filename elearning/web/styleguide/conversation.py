"""Examples of a conversation and of looking back on it."""

from __future__ import annotations

from flask_babel import gettext as _

from elearning.web.parts import Choice, MediumMark, PathStep, Skill, Turn


def older_turns() -> tuple[Turn, ...]:
    """Return the turns that stand closed."""
    return (
        Turn(1, "Sanne", _("Do you have a moment? It is about my report."), is_me=False),
        Turn(1, _("You"), _("Of course. Sit down."), is_me=True),
    )


def turns() -> tuple[Turn, ...]:
    """Return a short exchange."""
    return (
        Turn(
            2,
            "Sanne",
            _("Something happened at a party. With someone from my year."),
            is_me=False,
            stage=_("She stays by the door."),
        ),
        Turn(2, _("You"), _("Who was it, then?"), is_me=True),
        Turn(
            3,
            "Sanne",
            _("Never mind. I should not have said it."),
            is_me=False,
            is_current=True,
            stage=_("She looks away."),
        ),
    )


def other_media() -> tuple[Turn, ...]:
    """Return how turns look that are not face to face, one of each."""
    told = (
        ("email", _("Email"), _("I would rather write this. Do you have time tomorrow?")),
        ("chat", _("In a chat"), _("never mind, it was nothing")),
        ("group_chat", _("In a group chat, others read along"), _("Does anybody know more?")),
        ("classroom", _("In class, others are listening"), _("That is not the whole story.")),
        ("phone", _("On the phone"), _("I am calling from the platform.")),
        ("video", _("In a video call"), _("I am leaving my camera off.")),
    )
    marks = [(MediumMark(kind, label), said) for kind, label, said in told]
    answer = _("Of course. When suits you?")
    lines = [Turn(4, "Sanne", said, is_me=False, medium=mark) for mark, said in marks]
    mine = Turn(4, _("You write"), answer, is_me=True, medium=marks[0][0])
    return (lines[0], mine, *lines[1:])


def replies() -> tuple[Choice, ...]:
    """Return what the learner may say."""
    return (
        Choice("repair", _("Sorry, I asked too much. You do not have to tell me that.")),
        Choice("calm", _("There is nothing to be ashamed of. It will all work out.")),
        Choice("silence", _("You say nothing and leave a silence.")),
    )


def old_replies() -> tuple[Choice, ...]:
    """Return the replies of a turn that was played before."""
    repair, calm, silence = replies()
    return (repair, Choice(calm.value, calm.label, note=_("You chose this")), silence)


def checks() -> tuple[Choice, ...]:
    """Return the options of a knowledge check, each with its feedback."""
    return (
        Choice(
            "need",
            _("What do you need now?"),
            verdict="fits",
            why=_("The other person decides what happens."),
        ),
        Choice(
            "when",
            _("When did this happen?"),
            verdict="better",
            why=_("You want to understand it. Let the other person decide what comes first."),
        ),
        Choice(
            "who",
            _("Who did this?"),
            verdict="rather_not",
            why=_("You want to help. It sounds like an investigation."),
        ),
    )


def skills() -> tuple[Skill, ...]:
    """Return a skill profile."""
    return (
        Skill(
            _("Giving room"),
            "growing",
            [(2, "#beurt-12")],
            line=_("You listened. One question came too early."),
        ),
        Skill(_("Believing and acknowledging"), "strong", [(2, "#beurt-12"), (3, "#beurt-13")]),
        Skill(_("Knowing the limits of your role"), "practise", []),
    )


def path() -> tuple[PathStep, ...]:
    """Return two steps of a path review."""
    before, mine, after = turns()
    repair = replies()[0]
    return (
        PathStep(
            number=12,
            before=before.said,
            you_said=mine.said,
            speaker="Sanne",
            reaction=_("I had the feeling that I had done something wrong."),
            why=_("A why-question soon sounds like blame, even when you mean well."),
            moment=("info", _("An important moment. You put it right.")),
            alternative=_("What do you need now?"),
            guideline_href="#conversation",
            me=_("You"),
        ),
        PathStep(
            number=13,
            before=after.said,
            you_said=repair.label,
            speaker="Sanne",
            reaction=None,
            why=_("The other person decides what happens."),
            moment=None,
            alternative=None,
            guideline_href=None,
            me=_("You"),
        ),
    )
