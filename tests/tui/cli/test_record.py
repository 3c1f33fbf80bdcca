"""Commands of a record: past links, what TikTok ended, changed names and facts, mistakes taken back."""

from pathlib import Path

import pytest

from core.workspace import Workspace
from tests.support import DAY, RunningClock, StoppedClock
from tests.tui.cli.support import SELLER, Run
from tui.cli import run

WICK = ("--as", "official", "--accept-agreement", "--confirm-unknown")
STANDS = ("record-link", "maple.wick", "--as", "official", "--linked-at", "2026-05-10T13:30Z")


def test_a_past_link_is_one_fact(record: Run) -> None:
    ended = ("--unlinked-at", "2026-06-15 09:00", "--ended-by", "tiktok", "--note", "Banned")
    code, link = record("record-link", "maple.live", "--as", "marketing", "--linked-at", "2026-06-01 09:00", *ended)
    assert (code, link["state"], link["ended_by"], link["against"]) == (0, "unlinked", "tiktok", [])
    assert (link["requested_at"], link["linked_at"]) == (None, "2026-06-01T09:00:00Z")
    assert (link["unlinked_at"], link["decided_at"]) == ("2026-06-15T09:00:00Z", None)
    events = record("history", "--link", link["id"])[1]["events"]
    assert [(event["kind"], event["actor"], event["note"]) for event in events] == [
        ("link.unlinked", "TikTok", "Banned"),
        ("link.recorded", "maya", "Banned"),
    ]
    assert events[0]["entry"] == events[1]["entry"]


@pytest.mark.parametrize("by", ["seller", "tiktok", None])
def test_only_an_unlink_of_the_sellers_is_counted(record: Run, by: str | None) -> None:
    record("set-shop", "--unlinks-before", "0")
    code, link = record(*STANDS, "--unlinked-at", "2026-06-10", *(("--ended-by", by) if by else ()))
    assert (code, link["ended_by"]) == (0, by or "seller")
    status = record("status")[1]
    assert (status["unlinks_used"], status["unlinks_left"]) == ((0, 3) if by == "tiktok" else (1, 2))


def test_past_links_overlap_in_no_order(record: Run) -> None:
    assert record(*STANDS)[0] == 0
    before = ("record-link", "maple.old", "--as", "official", "--linked-at", "2026-01-10", "--unlinked-at")
    code, answer = record(*before, "2026-05-10T13:30:00.001Z")
    assert (code, answer["error"]["code"]) == (1, "refused")
    assert record(*before, "2026-05-10T13:30Z")[0] == 0


@pytest.mark.parametrize(
    ("more", "message"),
    [
        (("--linked-at", "2026-11-24"), "in the future"),
        (("--linked-at", "2026-06-01", "--unlinked-at", "2026-05-01"), "before the link was made"),
        (("--linked-at", "03/04/2026"), "could be two dates"),
        (("--linked-at", "2026-06-01", "--ended-by", "tiktok"), "--ended-by needs --unlinked-at"),
        ((), "--linked-at is missing"),
    ],
)
def test_a_past_link_with_a_mistake_changes_nothing(record: Run, more: tuple[str, ...], message: str) -> None:
    code, answer = record("record-link", "maple.live", "--as", "marketing", *more)
    assert (code, answer["error"]["code"]) == (2, "invalid")
    assert message in answer["error"]["message"]
    assert record("accounts")[1]["accounts"] == []


@pytest.mark.parametrize("by", [(), ("--ended-by", "tiktok"), ("--anyway",)])
def test_two_dates_of_today_are_one_moment_though_the_clock_goes_on(
    record: Run, by: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(Workspace.open.__kwdefaults__, "clock", RunningClock())
    today = ("--linked-at", "today", "--unlinked-at", "today")
    code, answer = record("record-link", "maple.live", "--as", "marketing", *today, *by)
    assert (code, answer["error"]["message"]) == (2, "The end date is the moment the link was made.")


def test_a_past_link_against_a_rule_needs_anyway(record: Run) -> None:
    for number in range(4):
        linked = ("--as", "marketing", "--linked-at", f"2026-06-0{number + 1}")
        assert record("record-link", f"maple.{number}", *linked)[0] == 0
    fifth = ("record-link", "maple.5", "--as", "marketing", "--linked-at", "2026-06-09")
    code, answer = record(*fifth)
    assert (code, [verdict["rule"] for verdict in answer["error"]["verdicts"]]) == (1, ["marketing.limit"])
    assert "--anyway" in answer["error"]["remedy"]
    assert record(*fifth, "--anyway")[1]["against"] == ["marketing.limit"]


def test_practice_has_no_commands_of_a_record(practice: Run) -> None:
    for command in (
        ("record-link", "lumen.candles", "--shop", "USLCDEMO01", "--as", "official", "--linked-at", "2026-01-01"),
        ("undo", "--shop", "USLCDEMO01", "--reason", "x", "--yes"),
        ("expire", "lumen.candles"),
        ("members", "expire", "mem-1"),
        ("convert-account", "lumen.candles"),
    ):
        code, answer = practice(*command)
        assert (code, answer["error"]["code"]) == (1, "refused"), command
        assert answer["error"]["remedy"], command
    assert "desk restart" in practice("undo", "--shop", "USLCDEMO01")[1]["error"]["remedy"]
    assert "desk advance" in practice("expire", "lumen.candles")[1]["error"]["remedy"]


def test_what_tiktok_ended_is_no_unlink_and_possible_at_any_time(record: Run) -> None:
    record(*STANDS)
    code, answer = record("unlink", "maple.wick", "--by", "tiktok", "--at", "2026-05-10 14:00")
    assert (code, "This used none of your unlinks" in answer["error"]["message"]) == (2, True)
    code, link = record("unlink", "maple.wick", "--by", "tiktok", "--at", "2026-05-10 14:00", "--yes")
    assert (code, link["ended_by"], link["against"]) == (0, "tiktok", [])
    assert record("status")[1]["unlinks_used"] == 0


def test_a_request_that_tiktok_withdrew(record: Run) -> None:
    record("link", "maple.wick", *WICK)
    code, link = record("cancel", "maple.wick", "--by", "tiktok")
    assert (code, link["state"], link["ended_by"]) == (0, "cancelled", "tiktok")
    assert record("history", "--link", link["id"])[1]["events"][0]["actor"] == "TikTok"
    record("link", "maple.wick", *WICK)
    assert record("cancel", "maple.wick")[1]["ended_by"] == "seller"


def test_nothing_expires_by_itself(record: Run, stopped: StoppedClock) -> None:
    link = record("link", "maple.wick", *WICK)[1]
    record("create-org", "--contact", "owner@lumen.example", "--username", "maple.org", "--anyway")
    member = record("members", "invite", "sam@lumen.example", "--role", "operator")[1]
    code, answer = record("expire", "maple.wick")
    assert (code, answer["error"]["code"]) == (2, "invalid")
    stopped.move(5 * DAY)
    assert record("links", "--account", "maple.wick")[1]["links"][0]["state"] == "awaiting_authorization"
    code, expired = record("expire", "maple.wick")
    assert (code, expired["state"], expired["decided_at"]) == (0, "expired", link["authorize_by"])
    code, expired = record("members", "expire", "sam@lumen.example")
    assert (code, expired["state"], expired["id"]) == (0, "expired", member["id"])
    (event,) = record("history", "--kind", "member.expired")[1]["events"]
    assert (event["at"], event["actor"], event["member"]) == (member["accept_by"], "TikTok", member["id"])


def test_an_answer_is_recorded_however_late_and_one_after_its_hours_with_a_notice(record: Run, stopped: StoppedClock) -> None:
    record("link", "maple.wick", *WICK)
    record("link", "maple.live", "--as", "marketing", "--accept-agreement", "--confirm-unknown")
    stopped.move(5 * DAY)
    shown = record("plan", "maple.wick", "--as", "official", text=True)[1]
    assert "The request should have expired. Record what happened first." in shown
    code, shown = record("authorize", "maple.wick", text=True)
    assert (code, "hours to accept were over. Source: copies of an older" in " ".join(shown.split())) == (0, True)
    assert record("authorize", "maple.live", "--at", "2026-11-24 10:00")[1]["against"] == []


def test_an_organization_account_needs_no_contact_in_a_record(record: Run) -> None:
    code, link = record("create-org", "--at", "2026-11-20 10:00")
    assert (code, link["state"], link["linked_at"]) == (0, "linked", "2026-11-20T10:00:00Z")
    assert link["account"]["username"] == "maple.wick"
    assert record("members", "list")[1]["members"] == []


def test_contacts_are_shown_whole_in_ones_own_record_alone(record: Run, cli: Run) -> None:
    record("create-org", "--contact", "owner@lumen.example")
    assert record("members", "list")[1]["members"][0]["contact"] == "o••••@lumen.example"
    assert record("members", "list", "--show-contacts")[1]["members"][0]["contact"] == "owner@lumen.example"
    assert "owner@lumen.example" in record("members", "list", "--show-contacts", text=True)[1]


def test_practice_masks_every_contact(cli: Run) -> None:
    cli("init", "--practice", "organization")
    assert cli("members", "list", "USLCDEMO01", "--show-contacts")[1]["error"]["code"] == "invalid"


def test_a_changed_username_keeps_everything(record: Run) -> None:
    link = record(*STANDS)[1]
    code, account = record("rename-account", "maple.wick", "@Maple.Wicks", "--at", "2026-11-20")
    assert (code, account["username"], account["former"]) == (0, "maple.wicks", ["maple.wick"])
    assert account["against"] == []
    assert record("status")[1]["official"]["link"]["id"] == link["id"]
    record("add-account", "maple.live")
    code, answer = record("rename-account", "maple.wick", "maple.live")
    assert (code, answer["error"]["code"]) == (1, "refused")  # as by create-org
    assert record("accounts", "--query", "maple.w")[1]["accounts"][0]["username"] == "maple.wicks"
    (event,) = record("history", "--shop", "USLCMAPLE1", "--kind", "account.username_changed")[1]["events"]
    assert (event["summary"], event["at"]) == ("@maple.wick is now @maple.wicks", "2026-11-20T23:59:59.999Z")


def test_a_changed_username_says_when_it_can_change_again(
    record: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    record(*STANDS)
    assert run(["--db", str(tmp_path / "w.db"), "rename-account", "maple.wick", "maple.wicks"]) == 0
    told = capsys.readouterr()
    assert "Note: A username can be changed once in 30 days." in told.err
    assert "Former usernames       @maple.wick" in told.out


def test_an_update_to_an_organization_account_and_its_cancelled_trial(record: Run) -> None:
    record("add-account", "maple.wick", "--kind", "business", "--at", "2026-11-01")
    code, account = record("convert-account", "maple.wick", "--at", "2026-11-20 10:00")
    assert (code, account["kind"], account["converted_at"]) == (0, "organization", "2026-11-20T10:00:00Z")
    code, account = record("convert-account", "maple.wick", "--cancel")
    assert (code, account["kind"], account["converted_at"]) == (0, "business", None)
    assert record("convert-account", "maple.wick", "--cancel")[0] == 1


def test_a_fact_is_withdrawn_by_unknown(record: Run) -> None:
    facts = ("--kind", "personal", "--region", "US", "--verified", "--standing", "good", "--adult", "--nickname", "Maple")
    assert record("add-account", "maple.wick", *facts, "--phone", "+1 555 010 0101")[1]["unknown"] == []
    unknown = [("--kind", "unknown"), ("--region", "unknown"), ("--standing", "unknown"), ("--nickname", "unknown")]
    for option in [*unknown, ("--phone", "unknown"), ("--verified-unknown",), ("--adult-unknown",)]:
        assert record("add-account", "maple.wick", *option)[0] == 0
    (account,) = record("accounts")[1]["accounts"]
    assert account["unknown"] == ["nickname", "kind", "region", "identity_verified", "standing", "holder_is_adult"]
    assert account["phone"] is None


def test_a_shop_is_added_with_what_is_known_of_its_past(cli: Run) -> None:
    cli("init", "--record")
    known = ("--code", "USLCMAPLE1", "--probation", "active", "--unlinks-before", "2")
    code, shop = cli("add-shop", "--name", "Maple Wick", *known, *SELLER)
    assert (code, shop["code"], shop["code_is_made_up"], shop["probation"]) == (0, "USLCMAPLE1", False, "active")
    status = cli("status")[1]
    assert (status["unlinks_before"], status["unlinks_left"], status["unlinks_left_at_most"]) == (2, 1, 1)
    code, shop = cli("add-shop", "--name", "Maple Outlet", *SELLER, "--probation", "2999-01-15", "--unlinks-before", "unknown")
    assert (shop["code_is_made_up"], shop["probation"]) == (True, "active")
    assert shop["probation_until"] == "2999-01-15T23:59:59.999Z"
    code, answer = cli("add-shop", "--name", "Maple Third", "--code", "uslcmaple1", *SELLER)
    assert (code, "is the code of another shop" in answer["error"]["message"]) == (2, True)
    assert cli("add-shop", "--name", "Maple Third", "--unlinks-before", "-1", *SELLER)[0] == 2


def test_what_was_entered_of_a_shop_is_corrected(record: Run) -> None:
    code, shop = record("set-shop", "--code", "USLCMAPLE9", "--probation", "over", "--unlinks-before", "1")
    assert (code, shop["code"], shop["probation"], shop["against"]) == (0, "USLCMAPLE9", "over", [])
    assert record("status", "USLCMAPLE9")[1]["unlinks_before"] == 1
    record("set-shop", "--unlinks-before", "unknown", "--probation", "unknown")
    status = record("status")[1]
    assert (status["unlinks_before"], status["unlinks_left"], status["shop"]["probation"]) == (None, None, None)
    assert record("set-shop")[0] == 2


def test_a_correction_that_changes_nothing_says_so(record: Run) -> None:
    facts = ("set-shop", "--probation", "over", "--legal-name", "Maple Wicks LLC")
    for said in ("Maple Wick, code USLCMAPLE1, is corrected.\n", "Nothing changed: Maple Wick, code USLCMAPLE1, has these facts"):
        assert record(*facts, text=True)[1].startswith(said)


def test_a_legal_entity_is_corrected_for_all_its_shops(record: Run) -> None:
    record("add-shop", "--name", "Maple Outlet", "--code", "USLCMAPLE2", *SELLER)
    code, shop = record("set-shop", "USLCMAPLE1", "--legal-name", "Maple Wicks LLC")
    assert (code, shop["notes"]) == (0, ["The legal entity was corrected for all its shops: 2 shops."])
    assert record("status", "USLCMAPLE2")[1]["shop"]["seller"]["entity"]["legal_name"] == "Maple Wicks LLC"
    code, moved = record("set-shop", "USLCMAPLE2", "--registration", "84-5550200")
    assert (code, moved["seller"]["entity"]["registration_number"]) == (0, "84-5550200")
    assert moved["seller"]["entity"]["legal_name"] == "Maple Wicks LLC"
    assert record("status", "USLCMAPLE1")[1]["shop"]["seller"]["entity"]["registration_number"] == "84-5550199"


def test_a_rename_says_first_what_changes_with_it(record: Run) -> None:
    record(*STANDS)
    code, answer = record("rename-shop", "Maple & Wick")
    assert (code, answer["error"]["code"], answer["error"]["remedy"]) == (2, "invalid", "Give --yes.")
    assert "official.name-match" in [verdict["rule"] for verdict in answer["error"]["verdicts"]]
    assert record("status")[1]["shop"]["name"] == "Maple Wick"
    code, renamed = record("rename-shop", "Maple & Wick", "--yes")
    assert (code, renamed["shop"]["name"], renamed["account"]["nickname"]) == (0, "Maple & Wick", "Maple & Wick")
    assert renamed["against"] == []


def test_a_rename_says_nothing_of_a_nickname_that_is_not_known(record: Run) -> None:
    record("record-link", "maple.wick", "--as", "official", "--linked-at", "2026-05-10")
    assert record("rename-shop", "Maple Wick", text=True) == (0, "Nothing changed: USLCMAPLE1 has this name already.\n")


def test_only_what_never_was_linked_is_removed(record: Run) -> None:
    record("add-account", "maple.wrong")
    code, answer = record("remove-account", "maple.wrong")
    assert (code, answer["error"]["code"]) == (2, "invalid")
    assert "@maple.wrong would be removed" in answer["error"]["message"]
    assert record("remove-account", "maple.wrong", "--yes")[1]["username"] == "maple.wrong"
    assert record("accounts")[1]["accounts"] == []
    record("add-shop", "--name", "Maple Wrong", "--code", "USLCWRONG1", *SELLER)
    assert record("remove-shop", "USLCWRONG1")[0] == 2
    assert record("remove-shop", "USLCWRONG1", "--yes")[0] == 0
    record(*STANDS)
    record("add-shop", "--name", "Maple Jars", "--code", "USLCJARS01", *SELLER)
    record("add-product", "USLCJARS01", "--title", "Amber jar", "--price", "18.50")
    for command in (("remove-shop", "USLCMAPLE1"), ("remove-shop", "USLCJARS01"), ("remove-account", "maple.wick")):
        for yes in ((), ("--yes",)):
            code, answer = record(*command, *yes)
            assert (code, answer["error"]["code"]) == (1, "refused")
    kinds = {event["kind"] for event in record("history")[1]["events"]}
    assert {"shop.removed", "account.removed"} <= kinds


def test_what_cannot_be_removed_in_practice_is_told_without_an_undo(cli: Run) -> None:
    cli("init", "--practice", "linked")
    for command in (("remove-shop", "USLCDEMO01"), ("remove-account", "lumen.candles")):
        code, answer = cli(*command, "--yes")
        assert (code, answer["error"]["code"]) == (1, "refused")
        assert "desk restart" in answer["error"]["remedy"]
        assert "undo" not in answer["error"]["remedy"]


def test_an_undo_says_first_what_would_stand_then(record: Run) -> None:
    link = record("link", "maple.wick", *WICK)[1]["id"]
    record("authorize", link)
    code, answer = record("undo", "--link", link)
    assert (code, answer["error"]["code"], answer["error"]["remedy"]) == (2, "invalid", "Give --reason and --yes.")
    assert "@maple.wick is waiting for the holder." in answer["error"]["message"]
    assert record("undo", "--link", link, "--yes")[0] == 2
    assert record("links")[1]["links"][0]["state"] == "authorized"
    (wrong, *_) = record("history", "--link", link)[1]["events"]
    code, undone = record("undo", "--link", "maple.wick", "--reason", "Not yet", "--yes")
    assert (code, undone["kind"], undone["note"], undone["link"]) == (0, "entry.undone", "Not yet", link)
    assert record("links")[1]["links"][0]["state"] == "awaiting_authorization"
    (found,) = record("history", "--kind", "link.authorized")[1]["events"]
    assert (found["id"], found["undone_by"]) == (wrong["id"], undone["entry"])
    assert f"undone by {undone['entry']}" in " ".join(record("history", text=True)[1].split())


def test_a_second_undo_takes_back_the_one_before(record: Run) -> None:
    record("link", "maple.wick", *WICK)
    record("authorize", "maple.wick")
    record("submit", "maple.wick")
    for state in ("authorized", "awaiting_authorization"):
        assert record("undo", "--account", "maple.wick", "--reason", "Wrong", "--yes")[0] == 0
        assert record("links")[1]["links"][0]["state"] == state
    assert record("undo", "--link", "maple.wick", "--reason", "Wrong", "--yes")[0] == 0
    assert (record("links")[1]["links"], record("accounts")[1]["accounts"]) == ([], [])


def test_an_undo_of_what_is_not_the_newest_is_refused(record: Run) -> None:
    link = record("link", "maple.wick", *WICK)[1]["id"]
    (requested, *_) = record("history", "--kind", "link.requested")[1]["events"]
    record("authorize", link)
    for entry, told in ((requested["entry"], "There is a newer entry on top of it"), ("evt-none", "There is no entry")):
        code, answer = record("undo", entry, "--reason", "Wrong", "--yes")
        assert (code, told in answer["error"]["message"]) == (4 if entry == "evt-none" else 1, True)
    assert record("links")[1]["links"][0]["state"] == "authorized"


@pytest.mark.parametrize("about", [(), ("evt-1", "--shop", "USLCMAPLE1"), ("--shop", "USLCMAPLE1", "--account", "maple.wick")])
def test_an_undo_is_about_one_thing(record: Run, about: tuple[str, ...]) -> None:
    code, answer = record("undo", *about, "--reason", "Wrong", "--yes")
    assert (code, answer["error"]["code"]) == (2, "invalid")


def test_a_fact_of_a_shop_is_undone(record: Run) -> None:
    record("set-shop", "--unlinks-before", "1")
    assert record("undo", "--shop", "USLCMAPLE1", "--reason", "It was another shop's", "--yes")[0] == 0
    assert record("status")[1]["unlinks_before"] is None


def test_a_name_with_a_period_ends_its_sentence(record: Run) -> None:
    said = [record("rename-shop", "USLCMAPLE1", name, "--yes", text=True)[1] for name in ("Lumen Candle Co.", "Lumen Co.")]
    said += [record("undo", "--shop", "USLCMAPLE1", text=True)[1], record("undo", "--shop", "USLCMAPLE1")[1]["error"]["message"]]
    said.append(record("undo", "--shop", "USLCMAPLE1", "--reason", "A typo", "--yes", text=True)[1])
    assert "goes back to: name Lumen Candle Co." in said[-1]
    assert not any(".." in text for text in said)


def test_a_made_up_code_is_marked(cli: Run) -> None:
    cli("init", "--record")
    text = cli("add-shop", "--name", "Maple Wick", *SELLER, text=True)[1]
    assert "made up" in text
    assert "made up" in cli("status", text=True)[1]
    cli("set-shop", "--code", "USLCMAPLE1")
    assert "made up" not in cli("status", text=True)[1]


def test_a_refusal_names_the_option_that_helps(record: Run) -> None:
    never_seen = ("link", "never.seen", "--as", "official")
    remedy = record(*never_seen)[1]["error"]["remedy"]
    assert remedy.startswith(
        "Read the agreement, then give --accept-agreement. Confirm the missing facts yourself with --confirm-unknown"
    )
    assert "add-account never.seen --kind KIND --region REGION --verified --standing good --adult" in remedy
    remedy = record(*never_seen, "--confirm-unknown")[1]["error"]["remedy"]
    assert remedy == "Read the agreement, then give --accept-agreement."
    assert record("add-account", "never.seen", "--kind", "personal", "--region", "US", "--standing", "good", "--adult")[0] == 0
    remedy = record(*never_seen, "--accept-agreement")[1]["error"]["remedy"]
    assert remedy.endswith("add-account never.seen --verified")
    assert record("add-account", "never.seen", "--region", "GB", "--verified")[0] == 0
    remedy = record(*never_seen)[1]["error"]["remedy"]
    region = "Choose an account registered in the shop's region."
    anyway = "If TikTok did it anyway, record it with --anyway."
    assert remedy == f"{region} Read the agreement, then give --accept-agreement. {anyway}"
    assert record(*never_seen, "--accept-agreement")[1]["error"]["remedy"] == f"{region} {anyway}"


def test_what_a_command_needs_is_named_by_its_option(practice: Run) -> None:
    create = ("create-org", "--shop", "USLCDEMO01")
    error = practice(*create)[1]["error"]
    assert error["message"] == "Enter the email or phone number of the person who logs in first."
    assert error["remedy"] == "Give it with --contact."
    assert "--contact" not in practice(*create, "--contact", "nobody")[1]["error"]["remedy"]


def test_a_status_fits_80_columns(record: Run) -> None:
    for number in range(1, 6):
        username = f"maple.wick.number.{number}"
        assert record("record-link", username, "--as", "marketing", "--linked-at", f"2026-10-0{6 - number}")[0] == 0
    lines = record("status", text=True)[1].splitlines()
    assert "breaks a rule" in " ".join(map(str.strip, lines))
    assert max(map(len, lines)) <= 80


def test_an_update_s_moment_is_told_as_other_moments_are(record: Run) -> None:
    record("add-account", "maple.wick")
    printed = record("convert-account", "maple.wick", "--at", "2026-11-20", text=True)[1]
    assert "2026-11-20T" not in printed
    assert max(map(len, printed.splitlines())) <= 80
    assert "Fri Nov 20, 2026, end of day" in printed


def test_only_what_blocks_a_candidate_is_said_to_block_it(record: Run) -> None:
    record("add-account", "maple.wick", "--region", "GB")
    [candidate] = record("candidates")[1]["candidates"]
    assert candidate["official"]["rules"] == ["official.region-match"]


def test_an_undo_with_an_empty_reason_asks_for_one(record: Run) -> None:
    code, answer = record("undo", "--shop", "USLCMAPLE1", "--yes", "--reason", "")
    assert (code, answer["error"]["message"]) == (2, "--reason is empty. Say why you are undoing it.")
