"""What the steps of giving an exemption take from an address or a form, and what is wrong with it.

The draft stands in the address from step to step, so that going back and the other language work.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from flask_babel import gettext as _

from elearning.services.exempt import last_until
from elearning.storage.completion import ExemptionCode
from elearning.web.hr.exemption_words import code_text, last_day
from elearning.web.hr.words import long_day
from elearning.web.parts import Choice


@dataclass(slots=True)
class ExemptForm:
    """Why and through which day; `errors` by the name of the field."""

    reden: str
    tot: str
    code: ExemptionCode | None
    last: date | None
    errors: dict[str, str] = field(default_factory=dict)

    @property
    def choices(self) -> tuple[Choice, ...]:
        """Return the reasons that there are."""
        return tuple(Choice(each.value, code_text(each)) for each in ExemptionCode)

    @property
    def summary(self) -> tuple[tuple[str, str], ...]:
        """Return the errors as the summary on top wants them."""
        return tuple((text, name) for name, text in self.errors.items())

    def draft(self) -> tuple[ExemptionCode, date] | None:
        """Return the reason and the first day without exemption; None when something is wrong."""
        if self.errors or self.code is None or self.last is None:
            return None
        return self.code, self.last + timedelta(days=1)


def read_exempt_form(values: Mapping[str, str], today: date) -> ExemptForm:
    """Return the form with everything that is wrong with it."""
    form = empty_exempt_form(values)
    if form.code is None:
        form.errors["reden"] = _("Choose a reason")
    if form.last is None:
        form.errors["tot"] = _("Fill in a day")
        return form
    latest = last_day(last_until(form.code or ExemptionCode.OTHER_EMPLOYER, today))
    if not today <= form.last <= latest:
        form.errors["tot"] = _(
            "Choose a day from today through %(latest)s", latest=long_day(latest)
        )
    return form


def empty_exempt_form(values: Mapping[str, str]) -> ExemptForm:
    """Return the form with what stands in an address, without a judgement."""
    reason, text = values.get("reden", ""), values.get("tot", "")
    code = next((each for each in ExemptionCode if each == reason), None)
    try:
        last = date.fromisoformat(text)
    except ValueError:
        last = None
    return ExemptForm(reason, text, code, last)
