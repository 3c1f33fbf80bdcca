"""The two themes: near-black and near-white, one accent, red only for what stops or ends something."""

from textual.theme import Theme

VARIABLES = {
    "muted": "#8a8f98",
    "line": "#2a2e37",
    "on-accent": "#06201f",
    "selected": "#0f2d2e",
}
"""Colours of our own beside Textual's; the values here serve themes that do not know them."""

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
        **VARIABLES,
        "footer-background": "#1a1d24",
        "footer-key-foreground": "#25f4ee",
        "footer-description-foreground": "#8a8f98",
        "input-cursor-background": "#25f4ee",
        "block-cursor-background": "#0f2d2e",
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
    warning="#8a4b00",
    error="#c00034",
    dark=False,
    variables={
        "muted": "#555b65",
        "line": "#c3c8d0",
        "on-accent": "#ffffff",
        "selected": "#d5eeee",
        "footer-background": "#e6e9ed",
        "footer-key-foreground": "#00696b",
        "footer-description-foreground": "#454a53",
        "input-cursor-background": "#00696b",
        "block-cursor-background": "#d5eeee",
        "block-cursor-foreground": "#17191d",
        "scrollbar": "#c3c8d0",
        "scrollbar-background": "#fbfbfc",
    },
)
