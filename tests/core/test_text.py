"""Text from outside: refused on the way in, harmless on the way out, masked where others can see it."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import text
from core.errors import InvalidInput

ENGLAND = "\U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f"

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
    "fine",
    [
        "[/]",
        "[b]bold[/b]",
        "[@click=app.quit]gift[/]",
        "光の蝋燭店",
        "متجر",
        "Zoë’s “Café”",
        "👩‍👩‍👧",
        ENGLAND,
        f"Made in {ENGLAND}",
    ],
)
def test_markup_and_every_script_are_plain_text(fine: str) -> None:
    assert text.show(text.clean("name", fine)) == unicodedata.normalize("NFC", fine)


@pytest.mark.parametrize(
    "unseen", ["\u200d", "\u3164\u3164", "\u115f", "\uffa0 \u00a0", "\u2800", "\ufe0f", "\u034f", "\u0301", "\U000e0101"]
)
def test_a_name_that_shows_nothing_is_refused(unseen: str) -> None:
    with pytest.raises(InvalidInput, match="only invisible characters"):
        text.clean("name", unseen)


@pytest.mark.parametrize("bad", [ENGLAND[1:], ENGLAND[:-1], f"a{ENGLAND[1:]}", ENGLAND.replace("\U0001f3f4", "\U0001f3f3")])
def test_the_invisible_letters_of_a_flag_are_taken_in_a_flag_alone(bad: str) -> None:
    with pytest.raises(InvalidInput, match="invisible or control character"):
        text.clean("name", bad)
    assert "\ufffd" in text.show(bad)


@pytest.mark.parametrize("number", ["7.49517E+18", "7,49517E+18", "7e+18", "15550100190.0", "-1.5E-3"])
@pytest.mark.parametrize("limit", ["identifier", "contact"])
def test_a_number_as_a_spreadsheet_shows_it_is_no_identifier(number: str, limit: str) -> None:
    with pytest.raises(InvalidInput, match="Format the column as text"):
        text.clean("code", number, limit)


@pytest.mark.parametrize("number", ["7495170000000000001", "12E4", "84-1", "E+1", "1.2.3", "84.10"])
def test_an_identifier_with_digits_is_taken_as_it_is(number: str) -> None:
    assert text.clean("code", number, "identifier") == number


@pytest.mark.parametrize(
    "number", ["84-5550142", "84 5550142", "84\u20115550142", "８４－５５５０１４２", "84\u22125550142", "845550142"]
)
def test_a_registration_number_is_one_however_it_is_written(number: str) -> None:
    assert text.fold_number(number) == "845550142"


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


@pytest.mark.parametrize(("given", "remedy"), [("x" * 300, "shorten it to at most 200"), ("e" + "\u0301" * 5, "with fewer")])
def test_what_is_wrong_with_a_line_is_told_with_what_to_do_about_it(given: str, remedy: str) -> None:
    with pytest.raises(InvalidInput, match=remedy) as told:
        text.clean("username", given)
    assert "one plain line" not in told.value.in_full()
