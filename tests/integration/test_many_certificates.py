"""Whole certificates of many people meet both standards (`make certificates-check`: of 60)."""

from __future__ import annotations

import os
from dataclasses import replace
from itertools import cycle, islice, product

import page
import pytest

from elearning.integrations.typst_pdf import (
    badge_attachment,
    render_certificate,
    statement_attachment,
)
from elearning.learning.certificate import CertificateDocument
from elearning.learning.theme import OWN, Logo, Theme
from tests.badges import BADGE, signed
from tests.integration.test_certificate_pdf import DUTCH, ENGLISH
from tests.integration.test_signed_statement import SIGNED as STATEMENT

# `make certificates-check` sets it to 60.
COUNT = int(os.environ.get("CERTIFICATE_PDFS", "4"))
NAMES = (
    "Noor de Wit", "Şerife Gökçe-Łukasiewicz", "Siobhán O\u2019Brien", "Nguyễn Thị Ánh",
    "Ελένη Παπαδοπούλου", "Дмитро Їжакевич", "משה כהן", "محمد بن أحمد", "İpek Işık",
    "Þórður Ægisson",     "Jean-François d\u2019Aboville-Lévêque",
    "Maria Wilhelmina Antoinette van der Berg-van Nieuwenhuizen",
    "A", "O'Neill <b>&amp;", "Zoë Ñandú Čapek", "Ğüneş Öztürk", "Anne-Lise Ødegård", "Łucja Żółć",
    "W" * 60, "van 't Hof - de Ruyter van Steveninck",
)  # fmt: skip
LOGO = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 30">'
    '<rect width="30" height="30" rx="4" fill="#8a1538"/><path d="M40 15h70" stroke="#333"/></svg>'
)
THEMES = (OWN, Theme("#8A1538", Logo(LOGO, {"nl": "De Lage Landen", "en": "The Low Lands"})))
ALL = tuple(product((DUTCH, ENGLISH), NAMES, THEMES))
# A step that shares no factor with the number of combinations visits each of them.
CHOSEN = tuple(islice(cycle(ALL), 0, 7 * COUNT, 7))


@pytest.mark.parametrize(
    ("document", "name", "theme"),
    CHOSEN,
    ids=[f"{document.lang}-{number}" for number, (document, _, _) in enumerate(CHOSEN)],
)
def test_a_whole_certificate_meets_both_standards(
    document: CertificateDocument, name: str, theme: Theme
) -> None:
    made = replace(document, name=name, theme=theme)
    badge = signed(replace(BADGE, lang=document.lang))
    pdf = render_certificate(
        made,
        attachments=(
            statement_attachment(made, STATEMENT),
            badge_attachment(made, str(badge)),
        ),
    )
    for profile in ("3a", "ua1"):
        report = page.validate_pdf_bytes(pdf, profile=profile)
        assert [each.message for each in report.failures] == []
