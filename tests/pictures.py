"""Write the README's tour of screens: `python -m tests.pictures`. Its pictures are the snapshots, so they are never stale."""

from pathlib import Path

README = Path(__file__).parent.parent / "README.md"
SNAPSHOTS = Path("tests/tui/__snapshots__/test_snapshots")
BEGIN, END = "<!-- tour: python -m tests.pictures -->", "<!-- end of tour -->"
TOUR = (
    ("120x40-settings-due", "**Settings** is the list of the shop's places, each row with what stands there and what is due."),
    ("80x24-official-nothing-linked", "**Official Account**, nothing linked yet: what it brings, and the two next steps."),
    (
        "80x24-link-rules-blocked",
        "Every rule is checked before anything is asked for. Up and `enter` open the rule that stops it.",
    ),
    ("80x24-link-authorize", "The holder authorizes in TikTok; the Desk plays the holder."),
    ("80x24-official-just-linked", "Linked: the account, the unlink clock, the unlinks left for ever."),
    ("80x24-marketing-full", "**Marketing Accounts**: the places, and how often each account was linked lately."),
    ("120x40-shop-page", "**Shop Page** as a customer sees it, the account's other face beside it."),
    ("80x24-team", "**Team access** of an organization account."),
    ("80x24-rename-effect", "**Shop information**: renaming shows what changes with it before anything is saved."),
    ("120x40-rules", "**Rules**: each with how this shop stands, its limits and its source."),
    ("80x24-compare", "**Compare** the three account types."),
    ("120x40-history-links", "**History**, narrowed to links, with the entry under the cursor in full."),
    ("80x24-reminders", "**Reminders**: `enter` opens the place where each is dealt with."),
    ("120x40-agency-due-first", "**Shops** of an agency, what is due first."),
)
"""Snapshots with their captions, in the order of the tour."""


def tour() -> str:
    """The tour as Markdown, between its marks."""
    parts = [f"{caption}\n\n![{state}]({SNAPSHOTS}/test_looks%5B{state}%5D.svg)" for state, caption in TOUR]
    return "\n\n".join([BEGIN, *parts, END])


def renewed(readme: str) -> str:
    """The README with the tour as it is now."""
    before, rest = readme.split(BEGIN)
    return before + tour() + rest.split(END)[1]


if __name__ == "__main__":
    README.write_text(renewed(README.read_text(encoding="utf-8")), encoding="utf-8")
