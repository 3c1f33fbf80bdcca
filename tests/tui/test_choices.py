"""Pick lists: a name, a code or another word finds a value."""

import pytest

from core import countries, policy
from core.errors import InvalidInput
from core.models import EntityKind
from tui.widgets.choices import of_countries, of_markets, of_values


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("US", "US"),
        ("us", "US"),
        (" usa ", "US"),
        ("UK", "GB"),
        ("United Kingdom (GB)", "GB"),
        ("germ", "DE"),
        ("GERMANY", "DE"),
        ("de", "DE"),
        ("cote d'ivoire", "CI"),
        ("Türkiye", "TR"),
        ("turkey", "TR"),
        ("aland", "AX"),
    ],
)
def test_a_country_is_found_by_its_code_its_name_or_another_word(typed: str, code: str) -> None:
    assert of_countries().read("country", typed) == code


def test_every_country_is_found_by_its_code_and_by_its_name() -> None:
    found = of_countries()
    for code, name in countries.names().items():
        assert found.read("country", code) == found.read("country", name) == found.read("country", found.text(code)) == code


def test_what_could_be_several_is_not_guessed() -> None:
    with pytest.raises(InvalidInput, match=r"United Kingdom .* or others"):
        of_countries(["GB", "US", "AE"]).read("country", "uni")


@pytest.mark.parametrize("typed", ["Narnia", "zz", "", "1"])
def test_what_is_in_no_list_is_a_mistake(typed: str) -> None:
    with pytest.raises(InvalidInput):
        of_markets(policy.load()).read("region", typed)


def test_a_short_list_is_named_in_full() -> None:
    with pytest.raises(InvalidInput) as caught:
        of_values(EntityKind).read("kind", "club")
    assert caught.value.remedy == "Choose company or individual."


def test_a_beginning_comes_before_the_beginning_of_a_later_word() -> None:
    assert [choice.value for choice in of_countries().find("guinea")][:2] == ["GN", "GW"]
    assert [choice.value for choice in of_countries(["US"]).find("un")][:1] == ["US"]
