"""Codes made from a text: the same text always gives the same code."""


def digest(text: str) -> bytes:
    """Return 32 bytes that look random."""
    from hashlib import sha256  # loads OpenSSL, which the first paint does not need

    return sha256(text.encode()).digest()


def letters(text: str) -> str:
    """Return six capital letters or digits, without 0, 1, 8 and 9."""
    from base64 import b32encode

    return b32encode(digest(text)).decode()[:6]
