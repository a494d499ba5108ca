from __future__ import annotations

import pytest

from app.errors import SettingsWrong
from app.settings import checked, named_keys


def test_names_are_told_by_what_they_mean() -> None:
    text = "date=希望日、お届け日; noshi＝熨斗\nmessage = カード"
    assert named_keys(text) == {"希望日": "date", "お届け日": "date", "熨斗": "noshi", "カード": "message"}
    assert named_keys("") == {}


@pytest.mark.parametrize("text", ["希望日", "day=希望日", "date=", "date=a; time=a", "=a"])
def test_what_makes_no_sense_is_refused_with_what_is_known(text: str) -> None:
    assert named_keys(text) is None
    with pytest.raises(SettingsWrong) as refused:
        checked("intake.keys", text)
    assert "noshi=…" in str(refused.value.args_["known"])
