"""Draw a QR code with half blocks."""

from textual.content import Content


def qr(text: str, width: int, height: int) -> Content | None:
    """Draw a QR code, two module rows per line; return None if it does not fit."""
    import segno

    matrix = [list(row) for row in segno.make(text, error="l", micro=False).matrix_iter(border=2)]
    if len(matrix[0]) > width or (len(matrix) + 1) // 2 > height:
        return None
    if len(matrix) % 2:
        matrix.append([0] * len(matrix[0]))
    blocks = {(0, 0): " ", (1, 0): "▀", (0, 1): "▄", (1, 1): "█"}
    lines = [
        "".join(blocks[int(bool(top)), int(bool(bottom))] for top, bottom in zip(upper, lower, strict=True))
        for upper, lower in zip(matrix[::2], matrix[1::2], strict=True)
    ]
    return Content.styled("\n".join(lines), "#000000 on #ffffff")
