"""The three flows as TikTok's pages have them: each of their steps is seen in a tour, in this order.

A tour's words are looked for on the screen at both sizes, in test_tours.py.
"""

from itertools import chain

import pytest

from tui import tours

FLOWS = {
    "create-organization": (
        ("Nothing is linked yet", ["Choose your next step", "Create an organization account", "Use an existing account"]),
        ("1 Select account type: benefits", ["Credible identity", "Multi-user operation", "Secured ownership"]),
        ("1 Select account type: limits", ["Same entity", "One seller"]),
        ("2 Input creation information: the nickname is fixed", ["Input creation information", "always the shop's name"]),
        ("2 The username is optional and suggested", ["Username (optional)", "If left empty, it becomes @lumen.candle.co"]),
        ("2 In practice a contact", ["Email or phone"]),
        ("3 Confirm, with what will happen", ["Confirm", "You can't undo this"]),
        ("4 Linked at once, no review", ["Linked successfully", "Linked at once, without a review"]),
        ("5 Log into org account", ["Log into org account"]),
        ("5 A verification code", ["Seller Center, Official Account tab: get a verification code and verify yourself"]),
        ("5 Username and code", ["TikTok: log in with the username @lumen.candle.co and that code"]),
        ("5 A member's own", ["Since September 2025 a member can also log in with their own phone or email"]),
        ("Then invite members", ["admin", "invited", "2 active"]),
    ),
    "link-existing": (
        ("Nothing is linked yet", ["Choose your next step", "Use an existing account"]),
        ("Two ways", ["Link an existing personal or business account", "Link an existing organization account"]),
        ("1 Username and agreement", ["I have read and agree to the account linking agreement"]),
        ("2 Every rule checked, with what stops", ["@ember.nights can't be linked now"]),
        ("2 What can't be undone: business upgrade", ["You can't undo this", "A personal account becomes a business account"]),
        ("2 What changes: nickname", ["This changes", "“Lumen” becomes “Lumen Candle Co.”"]),
        ("3 Authorize, in 48 hours", ["@lumen.candles authorizes in TikTok", "Waiting for the holder: 48 h"]),
        ("4 Link sends it to review", ["Choose Link to send the request to TikTok's review"]),
        ("5 In review, cancel possible", ["in review", "Cancel request"]),
        ("6 Approved: linked", ["is your official account", "possible from"]),
        ("6 The account's details", ["Name match", "Possible in 24 h", "3 of 3 unlinks left"]),
    ),
    "link-organization": (
        ("Unlink", ["This uses unlink 1 of 3"]),
        ("Two ways", ["Link an existing personal or business account", "Link an existing organization account"]),
        ("The seller's own, unlinked ones", ["@lumen.candle.co", "@lumen.home", "can be linked now"]),
        ("Choose: what can't be undone", ["You can't undo this"]),
        ("No authorization", ["needs no authorization"]),
        ("No review", ["No review: it is your own organization account"]),
        ("Agree", ["I have read and agree to the account linking agreement"]),
        ("Linked", ["Linked successfully", "Linked at once, without a review"]),
        ("Codes again", ["Seller Center gives verification codes for it again"]),
    ),
}
"""Each flow's steps with the words that show them; a rejection has a tour of its own, rejected-and-again."""


@pytest.mark.parametrize("flow", FLOWS)
def test_a_tour_shows_every_step_of_its_flow_in_order(flow: str) -> None:
    seen = iter(list(chain.from_iterable(step.sees for step in tours.load(flow).steps)))
    for step, words in FLOWS[flow]:
        for text in words:
            assert text in seen, f"{step}: {text}"  # looks on from the one found before
