"""The two themes: one accent color; red only for blocking or destructive things."""

from textual.theme import BUILTIN_THEMES, Theme

AVATARS = 8
"""How many background colors initials can have."""


def _avatars(*colors: str) -> dict[str, str]:
    """Name the background colors of initials: $avatar-0, $avatar-1 and so on."""
    return {f"avatar-{number}": color for number, color in enumerate(colors)}


# Fields, buttons and the selected row have backgrounds that differ from the page's even in 256 and 16 colors.
_ON_DARK = {
    "muted": "#8a8f98",
    "line": "#2a2e37",
    "on-accent": "#06201f",
    "on-avatar": "#06201f",
    "field": "#2a2e37",
    "selected": "#001656",
    **_avatars("#ffb454", "#4ade80", "#7aa2ff", "#ff7ac6", "#25c8f4", "#c7a6ff", "#f4d125", "#ff8f6b"),
}
_ON_LIGHT = {
    "muted": "#555b65",
    "line": "#c3c8d0",
    "on-accent": "#ffffff",
    "on-avatar": "#ffffff",
    "field": "#cfd4db",
    "selected": "#aaf6f2",
    **_avatars("#a86300", "#0d8038", "#3556c8", "#b8327f", "#0a7a9c", "#7a4fd0", "#8a6f00", "#c04a22"),
}


def variables(dark: bool) -> dict[str, str]:
    """Return shoplink's own color variables, for themes that do not define them."""
    return _ON_DARK if dark else _ON_LIGHT


DARK = Theme(
    name="shoplink-dark",
    primary="#25f4ee",
    secondary="#8a8f98",
    accent="#25f4ee",
    foreground="#e8eaed",
    background="#0b0c0f",
    surface="#121419",
    panel="#1a1d24",
    success="#4ade80",
    warning="#ffb454",
    error="#fe2c55",
    dark=True,
    variables={
        **_ON_DARK,
        "footer-background": "#1a1d24",
        "footer-key-foreground": "#25f4ee",
        "footer-description-foreground": "#8a8f98",
        "input-cursor-background": "#25f4ee",
        "block-cursor-background": "#001656",
        "block-cursor-foreground": "#e8eaed",
        "scrollbar": "#2a2e37",
        "scrollbar-background": "#0b0c0f",
    },
)

LIGHT = Theme(
    name="shoplink-light",
    primary="#00696b",
    secondary="#5b616b",
    accent="#00696b",
    foreground="#17191d",
    background="#fbfbfc",
    surface="#f1f3f5",
    panel="#e6e9ed",
    success="#0b6b34",
    warning="#704c1c",  # a more vivid one is yellow on white in 16 colors
    error="#c00034",
    dark=False,
    variables={
        **_ON_LIGHT,
        "footer-background": "#e6e9ed",
        "footer-key-foreground": "#00696b",
        "footer-description-foreground": "#454a53",
        "input-cursor-background": "#00696b",
        "block-cursor-background": "#aaf6f2",
        "block-cursor-foreground": "#17191d",
        "scrollbar": "#c3c8d0",
        "scrollbar-background": "#fbfbfc",
    },
)

NAMES = frozenset({*BUILTIN_THEMES, DARK.name, LIGHT.name})
"""Every theme: Textual's and these two."""
