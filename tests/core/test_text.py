"""Text from outside: refused on the way in, harmless on the way out, masked where others can see it."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import text
from core.errors import InvalidInput

anything = st.text(alphabet=st.characters(codec=None), max_size=200)


@given(anything)
def test_no_control_character_is_shown(given: str) -> None:
    shown = text.show(given)
    assert not [char for char in shown if unicodedata.category(char) in {"Cc", "Cf", "Cs"} and char != "\u200d"]
    assert text.show(shown) == shown


@given(anything, st.integers(2, 50))
def test_shown_text_stays_within_its_limit(given: str, limit: int) -> None:
    assert len(text.show(given, limit)) <= limit


@given(anything)
def test_accepted_text_is_shown_unchanged(given: str) -> None:
    try:
        taken = text.clean("name", given)
    except InvalidInput:
        return
    assert text.show(taken) == taken


@pytest.mark.parametrize(
    "bad", ["\x1b[31mred", "a\x00b", "a\ufffeb", "a\u202eb", "two\nlines", "\x9b1m", "a\u200bb", "\ud800", "e" + "\u0301" * 5]
)
def test_control_characters_are_refused(bad: str) -> None:
    with pytest.raises(InvalidInput):
        text.clean("name", bad)


@pytest.mark.parametrize(
    "fine", ["[/]", "[b]bold[/b]", "[@click=app.quit]gift[/]", "光の蝋燭店", "متجر", "Zoë’s “Café”", "👩‍👩‍👧"]
)
def test_markup_and_every_script_are_plain_text(fine: str) -> None:
    assert text.show(text.clean("name", fine)) == unicodedata.normalize("NFC", fine)


@pytest.mark.parametrize(
    ("contact", "masked"),
    [
        ("owner@lumen.example", "o••••@lumen.example"),
        ("+1 555 010 0142", "+1 ••• ••• 0142"),
        ("5550100142", "••• ••• 0142"),
        ("123456", "••• ••• 56"),
    ],
)
def test_a_contact_is_masked(contact: str, masked: str) -> None:
    assert text.mask_contact(contact) == masked


@given(st.emails())
def test_a_masked_email_never_contains_the_name(email: str) -> None:
    name = email.split("@", maxsplit=1)[0]
    assert len(name) < 2 or name not in text.mask_email(email)
