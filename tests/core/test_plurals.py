"""Numbers of things: one is one."""

from core.plurals import count_of


def test_one_thing_is_told_as_one_and_others_as_many() -> None:
    told = [count_of(number, "product") for number in (0, 1, 2, 1000)]
    assert told == ["0 products", "1 product", "2 products", "1,000 products"]
    assert [count_of(number, "rule passes", "rules pass") for number in (1, 2)] == ["1 rule passes", "2 rules pass"]
