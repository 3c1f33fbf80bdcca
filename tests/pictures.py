"""Write the screens in tui/README.md: `python -m tests.pictures`. The pictures are the snapshots, so they can't go stale."""

from pathlib import Path

README = Path(__file__).parent.parent / "tui" / "README.md"
SNAPSHOTS = "../tests/tui/__snapshots__/test_snapshots"
"""The folder of the snapshots, as seen from the page."""
BEGIN, END = "<!-- screens: python -m tests.pictures -->", "<!-- end of screens -->"
SCREENS = (
    (
        "120x40-settings-due",
        "A wide screen has the shop's **Settings** at the left with the state of each place, the page in the middle, and related "
        "information at the right. Moving in the list opens places; `enter` moves into the page, `esc` moves back.",
    ),
    (
        "80x24-settings-due",
        "On a narrow screen, **Settings** is a separate page that leads to the same places with the same keys.",
    ),
    (
        "80x24-official-nothing-linked",
        "**Official Account** before anything is linked: what an official account brings, and two next steps.",
    ),
    (
        "80x24-link-rules-blocked",
        "**Link an existing account** checks every rule before you request anything. Press `up`, then `enter`, to open the "
        "rule that blocks.",
    ),
    ("80x24-link-authorize", "The account's holder authorizes the link in TikTok. In practice, you do that at the Desk."),
    (
        "80x24-official-just-linked",
        "**Official Account**, linked: the account, when it can be unlinked, and how many unlinks are left in total.",
    ),
    ("80x24-marketing-full", "**Marketing Accounts**: the four slots, and how often each account was linked recently."),
    ("120x40-shop-page", "**Shop Page** as a customer sees it, with the account's Content view beside it."),
    ("80x24-team", "**Team access**: the people who work in an organization account, and the two ways in."),
    ("80x24-rename-effect", "**Shop information**: renaming shows what else changes before anything is saved."),
    ("120x40-rules", "**Rules**: how this shop stands with each rule, its limits and its source."),
    ("80x24-compare", "**Compare** the three roles of an account."),
    ("120x40-history-links", "**History**, filtered to links, with the selected entry in full."),
    ("80x24-reminders", "**Reminders**: `enter` opens the place where you can do something about it."),
    ("120x40-agency-due-first", "**Shops** of an agency, sorted by what is due first."),
)
"""Snapshots with their captions, in the order of the page."""


def screens() -> str:
    """Return the screens as Markdown, between their marks."""
    parts = [f"{caption}\n\n![{state}]({SNAPSHOTS}/test_looks%5B{state}%5D.svg)" for state, caption in SCREENS]
    return "\n\n".join([BEGIN, *parts, END])


def updated(page: str) -> str:
    """Return the page with the screens as they are now."""
    before, rest = page.split(BEGIN)
    return before + screens() + rest.split(END)[1]


if __name__ == "__main__":
    README.write_text(updated(README.read_text(encoding="utf-8")), encoding="utf-8")
