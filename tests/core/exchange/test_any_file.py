"""Whatever a file holds, an import takes all of it or tells why not, and then nothing has changed."""

import json
from pathlib import Path

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from core import exchange, scenarios
from core.errors import InvalidInput
from core.workspace import Workspace
from tests.support import StoppedClock, everything

LINES = (
    b"username,nickname,kind,phone", b"code;name;region;legal_name;entity_kind;registration_number;country;probation",
    b"shop\ttitle\tprice", b"sep=;", b"sep=,", b"USLC1;Lumen;UK;Lumen LLC;company;84-1;US;2027-01-15", b"one,Caf\xe9,personal,",
    b"two,Caf\xc3\xa9,,+1 555 010 0142", b"USLCDEMO01\tFig\t9.90", b'"', b'a"b', b'"a"b', b",,,", b"", b"\0", b"\x81", b"=1+1,@x",
    b"one,7.49517E+18,robot,15550100190.0", b"\xff\xfe", b"\xef\xbb\xbf", b"USLC2;;;;;;;46037", b"x" * 70_000,
)  # fmt: skip
endings = st.sampled_from([b"\n", b"\r\n", b"\r", b"\n\n"])
sheets = st.tuples(st.lists(st.sampled_from(LINES), max_size=8), endings).map(lambda drawn: drawn[1].join(drawn[0]))

with scenarios.in_memory("linked", actor="maya", clock=StoppedClock()) as linked:
    DOCUMENT = json.dumps(exchange.document(linked))
PIECES = (
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    '"',
    '""',
    "null",
    "1",
    "1.0",
    "1e999",
    "-1",
    "NaN",
    "true",
    '"x"',
    "\\",
    "\ud800",
    " ",
    "9" * 5000,
)


@st.composite
def documents(draw: st.DrawFn) -> bytes:
    """A document in which some pieces are replaced by others."""
    text = DOCUMENT
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(text)))
        text = text[:at] + draw(st.sampled_from(PIECES)) + text[at + draw(st.integers(0, 12)) :]
    return text.encode("utf-8", "surrogatepass")


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.one_of(sheets, documents(), st.binary(max_size=200)))
@example(b"{" * 100_000)
@example(b'{"format": "shoplink", "version": 1, "events": [{"details": ' + b"[" * 900 + b"]" * 900 + b"}]}")
def test_any_file_is_imported_or_reported_and_then_nothing_has_changed(
    workspace: Workspace, tmp_path: Path, content: bytes
) -> None:
    file = tmp_path / "any"
    file.write_bytes(content)
    before = everything(workspace)
    try:
        result = exchange.import_file(workspace, file, dry_run=True)
    except InvalidInput:
        pass
    else:
        assert all(problem.message and problem.line >= 1 for problem in result.problems)
    assert everything(workspace) == before
