"""Build HTML, escaping all text, so that none becomes markup."""

from html import escape

from core.text import show


class Html(str):
    """Markup made here, or a picture made by the program; any other string is text."""

    __slots__ = ()


def element(name: str, *inside: str, **attributes: str) -> Html:
    """Make an element; `class_` and `aria_label` are the attributes `class` and `aria-label`."""
    given = "".join(f' {key.rstrip("_").replace("_", "-")}="{escape(show(value))}"' for key, value in attributes.items())
    return Html(f"<{name}{given}>{joined(*inside)}</{name}>")


def joined(*parts: str) -> Html:
    """Join markup and text; text is escaped, and loses its control characters."""
    return Html("".join(part if isinstance(part, Html) else escape(show(part)) for part in parts))


def preformatted(text: str, **attributes: str) -> Html:
    """Make a `pre` of text with lines."""
    return element("pre", Html("\n".join(joined(line) for line in text.splitlines())), **attributes)
