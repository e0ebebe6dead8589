"""The words of a reminder: neutral, short, alike for everybody, in both languages.

A subject or a first line may be read by whoever sees the screen. So neither says what the training
is about, and no message has a name, a training or anything else about a person but a day.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from babel.dates import format_date

from elearning.learning.letter import HOME_PATH, LATER_PATH, WHY_PATH, MessageText

DAY = {"nl": "d MMMM", "en": "d MMMM"}


@dataclass(frozen=True, slots=True)
class Occasion:
    """What the words depend on; `is_past` is after the last day."""

    due_on: date
    is_past: bool
    is_renewal: bool
    is_several: bool


GREETINGS: Mapping[str, str] = {"nl": "Hallo,", "en": "Hello,"}
BUTTONS: Mapping[str, str] = {"nl": "Ga naar je training", "en": "Go to your training"}
LATER: Mapping[str, str] = {
    "nl": "Liever later, of op een andere manier? Dat kan, zonder uitleg.",
    "en": "Rather later, or another way? You can, and need not say why.",
}
WHY: Mapping[str, str] = {
    "nl": "Waarom krijg je dit bericht?",
    "en": "Why do you get this message?",
}


def reminder_text(occasion: Occasion, lang: str) -> MessageText:
    """Return the words of a reminder in a language; any but Dutch is English."""
    is_dutch = lang == "nl"
    subject, first = (_dutch if is_dutch else _english)(occasion)
    lang = "nl" if is_dutch else "en"
    pause = {
        "nl": "Je kunt op elk moment stoppen en later verdergaan.",
        "en": "You can stop at any time and go on later.",
    }
    return MessageText(
        lang=lang,
        subject=subject,
        greeting=GREETINGS[lang],
        paragraphs=(first, pause[lang]),
        button=BUTTONS[lang],
        path=HOME_PATH,
        links=((LATER[lang], LATER_PATH), (WHY[lang], WHY_PATH)),
    )


def _day(occasion: Occasion, lang: str) -> str:
    return format_date(occasion.due_on, DAY[lang], locale=lang)


def _dutch(occasion: Occasion) -> tuple[str, str]:
    day = _day(occasion, "nl")
    if occasion.is_several:
        if occasion.is_past:
            return (
                "Herinnering: je trainingen staan nog open",
                "Je kunt je trainingen nog gewoon afronden, ook al is de eerste datum voorbij.",
            )
        return (
            f"Herinnering: verplichte trainingen, de eerste uiterlijk {day}",
            f"Er staan trainingen voor je open. De eerste rond je af tot en met {day}.",
        )
    if occasion.is_renewal:
        if occasion.is_past:
            return (
                "Herinnering: je training vernieuwen",
                f"Je certificaat was geldig tot en met {day}. Je kunt de training nog vernieuwen.",
            )
        return (
            f"Je training vernieuwen: uiterlijk {day}",
            f"Je certificaat is geldig tot en met {day}. Je kunt de training nu vernieuwen.",
        )
    if occasion.is_past:
        return (
            "Herinnering: je training staat nog open",
            "De datum voor je training is voorbij. Je kunt de training nog gewoon afronden.",
        )
    return (
        f"Herinnering: verplichte training, uiterlijk {day}",
        f"Er staat een training voor je open. Je kunt die afronden tot en met {day}.",
    )


def _english(occasion: Occasion) -> tuple[str, str]:
    day = _day(occasion, "en")
    if occasion.is_several:
        if occasion.is_past:
            return (
                "Reminder: your trainings are still open",
                "You can still complete your trainings as usual; the first date has passed.",
            )
        return (
            f"Reminder: required trainings, the first by {day}",
            f"Some trainings are open to you. Please complete the first by {day}.",
        )
    if occasion.is_renewal:
        if occasion.is_past:
            return (
                "Reminder: renewing your training",
                f"Your certificate was valid through {day}. You can still renew the training.",
            )
        return (
            f"Renewing your training: by {day}",
            f"Your certificate is valid through {day}. You can renew the training now.",
        )
    if occasion.is_past:
        return (
            "Reminder: your training is still open",
            "The date for your training has passed. You can still complete it as usual.",
        )
    return (
        f"Reminder: required training, by {day}",
        f"A training is open to you. Please complete it by {day}.",
    )
