"""Every command with every argument and option through which a text comes in."""

import io
import sys
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from typing import TextIO

from tests.proof.hostile.harmless import assert_harmless
from tests.tui.support import SHORT_TOUR
from tui.cli import run

TEXT = "<text>"
"""Stands for the hostile text in the arguments below."""
ALLOWED = {0, 1, 2, 3, 4}
"""Exit codes that mean something; 70 is an error that nobody foresaw."""


@dataclass(frozen=True)
class Said:
    """What a command answered."""

    code: int
    out: str
    err: str


@dataclass(frozen=True)
class Way:
    """Arguments with a text in them. `kept`: the column in which it then stands, as `table.column`."""

    arguments: tuple[str, ...]
    kept: str = ""
    slow: bool = False
    """Takes so long when it is not refused that few texts go this way."""


def _ways(*lines: str) -> tuple[Way, ...]:
    """`COMMAND ARGUMENT … [-> table.column]`, words apart by spaces."""
    found = []
    for line in lines:
        words, _, kept = line.partition(" -> ")
        found.append(Way(tuple(words.split()), kept))
    return tuple(found)


SHOP = "USLCDEMO01"
NEW = "add-shop --name Wax --region US --legal-name Wax --entity-kind company --registration 7 --country US"

COMMANDS: dict[str, tuple[Way, ...]] = {
    "paths": _ways("paths <text>"),
    "init": _ways("init --practice <text>", "init --record <text>"),
    "scenarios": _ways("scenarios <text>"),
    "demo": _ways("demo <text>", "demo --scenario-file <text>", "demo --play <text>", "demo --speed <text>"),
    "tours": _ways("tours <text>"),
    "storyboard": (
        *_ways("storyboard <text> --out made", "storyboard --all --size <text> --out made"),
        *_ways("storyboard --all --theme <text> --out made"),
        Way(("storyboard", SHORT_TOUR, "--out", TEXT), slow=True),
    ),
    "export": (Way(("export", "--out", TEXT), slow=True),),
    "import": _ways("import <text>", "import made.csv --kind <text>"),
    "backup": (Way(("backup", TEXT), slow=True),),
    "doctor": _ways("doctor <text>"),
    "shops": _ways("shops --query <text>", "shops --after <text>", "shops --limit <text>"),
    "add-shop": _ways(
        f"{NEW} --name <text> -> shop.name",
        f"{NEW} --region <text>",
        f"{NEW} --legal-name <text>",
        f"{NEW} --entity-kind <text>",
        f"{NEW} --registration <text> -> entity.registration_number",
        f"{NEW} --country <text>",
        f"{NEW} --probation-until <text>",
    ),
    "rename-shop": _ways("rename-shop <text> Wax", f"rename-shop {SHOP} <text> -> shop.name"),
    "status": _ways("status <text>"),
    "accounts": _ways("accounts --query <text>"),
    "add-account": _ways(
        "add-account <text>",
        "add-account one --nickname <text> -> account.nickname",
        "add-account one --kind <text>",
        "add-account one --region <text>",
        "add-account one --phone <text> -> account.phone",
        "add-account one --email <text> -> account.email",
        "add-account one --standing <text>",
        "add-account one --entity-registration <text> --entity-country US",
        "add-account one --entity-registration 7 --entity-country <text>",
    ),
    "check": _ways(
        f"check <text> --shop {SHOP} --as official",
        "check one --shop <text> --as official",
        f"check one --shop {SHOP} --as <text>",
    ),
    "link": _ways(
        f"link <text> --shop {SHOP} --as marketing", "link one --shop <text> --as official", f"link one --shop {SHOP} --as <text>"
    ),
    "authorize": _ways("authorize <text>"),
    "decline": _ways("decline <text>"),
    "submit": _ways("submit <text>"),
    "approve": _ways("approve <text>"),
    "reject": _ways("reject <text> --reason no", "reject lnk-none --reason <text>"),
    "cancel": _ways("cancel <text>"),
    "unlink": _ways("unlink <text>", "unlink <text> --yes", "unlink lnk-none --yes --confirm <text>"),
    "links": _ways("links --shop <text>", "links --state <text>"),
    "create-org": _ways(
        "create-org --shop <text> --contact a@b.example",
        f"create-org --shop {SHOP} --contact <text>",
        f"create-org --shop {SHOP} --contact a@b.example --username <text>",
    ),
    "members": _ways(
        "members list <text>",
        f"members invite {SHOP} <text> --role operator -> member.contact",
        "members accept <text>",
        "members role <text> admin",
        "members remove <text>",
        "members <text>",
    ),
    "products": _ways("products <text>"),
    "add-product": _ways(
        "add-product <text> --title Candle --price 1",
        f"add-product {SHOP} --title <text> --price 1 -> product.title",
        f"add-product {SHOP} --title Candle --price <text>",
        f"add-product {SHOP} --title Candle --price 1 --currency <text>",
    ),
    "set-product": _ways("set-product <text> --status active", "set-product prd-none --status <text>"),
    "shop-page": _ways("shop-page <text>"),
    "rules": _ways("rules <text>", "rules --shop <text>"),
    "compare": _ways("compare <text>"),
    "history": _ways("history --shop <text>", "history --after <text>", "history --limit <text>", "history --csv --shop <text>"),
    "reminders": _ways("reminders --shop <text>", "reminders --ics --shop <text>"),
    "desk": _ways("desk advance <text>", "desk <text>"),
    "serve": _ways("serve --demo <text>", "serve --port <text>"),
    "completion": _ways("completion <text>"),
}
"""By the command's name; the group's own options are in GROUP."""

GROUP = _ways("--db <text> paths", "--db <text> status USLCDEMO01", "<text>", "--<text>")
AS_JSON = {"serve", "completion"}
"""Commands without --json."""


def answered(arguments: tuple[str, ...] | list[str]) -> Said:
    """Run a command in this process, as `main` does: what it writes is kept as the bytes that would be written."""
    out, err = _stream(), _stream()
    stdin, sys.stdin = sys.stdin, io.StringIO()
    try:
        with redirect_stdout(out), redirect_stderr(err):
            code = run(list(arguments))
    finally:
        sys.stdin = stdin
    return Said(code, _written(out), _written(err))


def try_way(way: Way, text: str, *, db: str, as_json: bool) -> Said:
    """Run a command with this text; raise AssertionError when it crashes or says something that acts."""
    filled = [argument.replace(TEXT, text) for argument in way.arguments]
    options = ["--json"] if as_json and way.arguments[0] not in AS_JSON else []
    where = f"shoplink {' '.join(way.arguments)} with {text[:60]!a}"
    said = answered(["--db", db, *options_first(filled, options)])
    assert said.code in ALLOWED, f"{where} exits with {said.code}: {said.err[:500]}"
    assert "\n  File " not in said.err, where
    assert_harmless(said.out, where)
    assert_harmless(said.err, where)
    if options and not {"--csv", "--ics"} & set(filled):
        assert said.out.isascii(), f"{where}: a document that is not plain ASCII"
        assert "\x7f" not in said.out, f"{where}: DEL"
    return said


def options_first(arguments: list[str], options: list[str]) -> list[str]:
    """Options stand behind the command's name, where a text that begins with a dash takes nothing from them."""
    return [arguments[0], *options, *arguments[1:]] if not arguments[0].startswith("-") else [*arguments, *options]


def _stream() -> TextIO:
    return io.TextIOWrapper(io.BytesIO(), encoding="utf-8", errors="backslashreplace", newline="")


def _written(stream: TextIO) -> str:
    stream.flush()
    raw: io.BytesIO = stream.buffer  # type: ignore[attr-defined]
    return raw.getvalue().decode("utf-8")
