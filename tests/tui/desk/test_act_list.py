"""The list of a card's acts."""

import pytest
from textual.content import Content

from tui.desk.act_list import ActList, ListedAct


@pytest.mark.parametrize(
    ("width", "names", "lines"),
    [
        (30, ["Approve", "Reject"], [" a  Approve     b  Reject"]),
        (30, ["Approve anyway", "Reject"], [" a  Approve anyway", " b  Reject"]),
        (30, ["Reject", "Approve anyway"], [" a  Reject", " b  Approve anyway"]),
        (30, ["Approve"], [" a  Approve"]),
        (30, ["TikTok allows it against a rule"], [" a  TikTok allows it against a", "    rule"]),
        (30, [], []),
        (24, ["Reinstate", "Verify"], [" a  Reinstate", " b  Verify"]),
    ],
)
def test_two_short_names_share_a_line_with_room_for_both_and_a_long_one_has_as_many_as_it_needs(
    width: int, names: list[str], lines: list[str]
) -> None:
    acts = (ListedAct(key, Content(name), "app.bell") for key, name in zip("ab", names, strict=False))
    assert [line.plain.rstrip() for line in ActList(*acts).lines(width)] == lines
