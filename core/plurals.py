"""Write a number with its noun."""


def count_of(number: int, one: str, many: str = "") -> str:
    """Format `1 product` or `2 products`. `many`: an irregular plural."""
    return f"{number:,} {one if number == 1 else many or f'{one}s'}"
