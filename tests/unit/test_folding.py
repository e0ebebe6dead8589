"""A name is found as somebody types it who has no such letters on the keyboard."""

from __future__ import annotations

import pytest

from elearning.folding import folded


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("Şerife Gökçe", "serife gokce"),
        ("Dilan Yıldız", "dilan yildiz"),
        ("IŞIK İnci", "isik inci"),
        ("Paweł Łukasiewicz", "pawel lukasiewicz"),
        ("Søren Ærø", "soren aero"),
        ("Đorđe Müller-Weiß", "dorde muller-weiss"),
        ("Þóra Sigurðardóttir", "thora sigurdardottir"),
        (" Linh Nguyễn ", "linh nguyen"),
    ],
)
def test_a_name_is_found_without_its_own_letters(name: str, typed: str) -> None:
    assert folded(name) == folded(typed) == typed
