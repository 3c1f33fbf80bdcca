"""Numbers with their nouns, singular and plural."""

from core.plurals import count_of


def test_numbers_agree_with_their_nouns() -> None:
    told = [count_of(number, "product") for number in (0, 1, 2, 1000)]
    assert told == ["0 products", "1 product", "2 products", "1,000 products"]
    assert [count_of(number, "rule passes", "rules pass") for number in (1, 2)] == ["1 rule passes", "2 rules pass"]
