"""The texts of a link's steps: each step that can be recorded has its words."""

from core.models import OPEN, Link, LinkState, Role
from tests.support import NOW
from tui.link_steps import TODO, next_steps, without_answer
from tui.step_texts import says, texts


def test_every_step_of_every_state_has_its_words() -> None:
    for state in LinkState:
        for role in Role:
            link = Link(id="lnk", shop="shp", account="acc", role=role, state=state, authorize_by=NOW)
            for step in (*next_steps(link, NOW), *without_answer(link)):
                assert texts().record[step].button.endswith("…")
                assert "@lumen" in says(step, "lumen")


def test_every_open_request_says_what_to_do_at_tiktok() -> None:
    assert set(TODO) == OPEN
    assert set(TODO.values()) <= texts().todo.keys()


def test_a_late_request_can_expire_and_one_in_time_cannot() -> None:
    link = Link(id="lnk", shop="shp", account="acc", role=Role.OFFICIAL, state=LinkState.AWAITING_AUTHORIZATION, authorize_by=NOW)
    assert "expire" in next_steps(link, NOW)
    assert "expire" not in next_steps(link, NOW.replace(year=2025))
