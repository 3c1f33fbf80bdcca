"""Numbers of things in words."""


def count_of(number: int, one: str, many: str = "") -> str:
    """`1 product`, `2 products`. `many`: the word for other numbers than one, where it is not `one` with an s."""
    return f"{number:,} {one if number == 1 else many or f'{one}s'}"
