"""The list of a card's acts."""

import pytest
from textual.content import Content

from tui.desk.act_list import ActList, ListedAct


@pytest.mark.parametrize(
    ("names", "lines"),
    [
        (["Approve", "Reject"], [" a  Approve     b  Reject"]),
        (["Approve anyway", "Reject"], [" a  Approve anyway", " b  Reject"]),
        (["Reject", "Approve anyway"], [" a  Reject", " b  Approve anyway"]),
        (["Approve"], [" a  Approve"]),
        (["TikTok allows it against a rule"], [" a  TikTok allows it against a", "    rule"]),
        ([], []),
    ],
)
def test_two_short_names_share_a_line_and_a_long_one_has_as_many_as_it_needs(names: list[str], lines: list[str]) -> None:
    acts = (ListedAct(key, Content(name), "app.bell") for key, name in zip("ab", names, strict=False))
    assert [line.plain.rstrip() for line in ActList(*acts).lines(30)] == lines
