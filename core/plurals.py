"""Write a number with its noun."""


def count_of(number: int, one: str, many: str = "") -> str:
    """Write `1 product` or `2 products`. `many`: the plural, where it is not `one` with an s."""
    return f"{number:,} {one if number == 1 else many or f'{one}s'}"
