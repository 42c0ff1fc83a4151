"""Personal data that is typed stands in no file below the data directory, and in no log."""

import json
import logging
import re
from pathlib import Path

import pytest

from assistant.feedback import complaint, record
from assistant.page_service import Service
from index.embedding import MiniLM
from tests.command_line import Caveat
from tests.conftest import built, make_settings
from tests.streamlit_page import desk

# (what must be in no file, what is typed); made up throughout.
PLANTED = [
    (("Zebulon", "Quastenhofer"), "My patient Zebulon Quastenhofer asks how large exosomes are."),
    (("ottilie", "brambach"), "pt ottilie brambach, dob 17/11/1961, how many sessions?"),
    (("17/11/1961", "1961-11-23"), "d.o.b. 17/11/1961, her twin (born 1961-11-23): are exosomes alive?"),
    (("88314207",), "MRN 88314207: which stem cells are used?"),
    (("634-21-9087",), "SSN 634-21-9087, does consent cover this?"),
    (("QQ 12 34 56 C",), "national insurance QQ 12 34 56 C - is there trial data?"),
    (("4539 1488 0343 6467",), "card 4539 1488 0343 6467 for the deposit; what is the downtime?"),
    (("555-867-5309",), "call her on 555-867-5309 about melanin"),
    (("0160 98765432",), "Tel. 0160 98765432, microneedling?"),
    (("zeb.quast@example.org",), "zeb.quast@example.org asks about maintenance"),
    (("Birkenwaldweg", "79104"), "She lives at Birkenwaldweg 17, 79104 Freiburg, and asks about hydration."),
    (("4711 Thornbury", "62704"), "Send the form to 4711 Thornbury Lane, Springfield, IL 62704. Is it regulated?"),
    (("DE44500105175407324931",), "IBAN DE44500105175407324931 for the refund. What is the secretome?"),
]
VALUES = [value for values, _ in PLANTED for value in values]


def holding(folder: Path) -> list[tuple[str, str]]:
    """Files below a folder with the planted values that their bytes hold, in whatever case and coding."""
    found = []
    for path in (p for p in folder.rglob("*") if p.is_file()):
        held = path.read_bytes().lower()
        found += [(path.name, value) for value in VALUES if _holds(held, value.lower())]
    return found


def _holds(held: bytes, value: str) -> bool:
    """A number within a longer one, as in a time, is another number."""
    edge = rb"[0-9]" if value.isdigit() else rb"(?!)"
    forms = (re.escape(value.encode()), re.escape(value.encode("utf-16-le")))
    return any(re.search(rb"(?<!" + edge + rb")" + form + rb"(?!" + edge + rb")", held) for form in forms)


@pytest.mark.slow
def test_nothing_typed_is_found_in_a_file_or_a_log(
    run: Caveat, embedder: MiniLM, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    assembly = built(make_settings(tmp_path / "data"), embedder)
    printed = [run("ask", typed, "--conversation", "clinic", "--json") for _, typed in PLANTED]
    assert {result.exit_code for result in printed} == {0}
    service = Service(lambda say: desk(assembly, tmp_path / "data"))
    for _, typed in PLANTED:
        service.ask("page", typed, "")
    shown = service.view("page", "").asked
    for asked in shown:
        asked.outcome.result(timeout=60)
    assert run("index", "build").exit_code == 0
    assert list((tmp_path / "data").rglob("conversations.sqlite"))
    assert holding(tmp_path) == []
    turns = service.view("page", "").turns
    for number, (turn, (_, typed)) in enumerate(zip(turns, PLANTED, strict=True)):
        record(tmp_path / "data", complaint("page", number, turn, "other", typed))
    assert holding(tmp_path) == []
    assert len(turns) == len(PLANTED)
    outputs = [json.dumps(turns, ensure_ascii=False), *(r.stdout + r.stderr for r in printed), caplog.text]
    said = " ".join([*outputs, *(asked.question for asked in shown)]).lower()
    assert [value for value in VALUES if _holds(said.encode(), value.lower())] == []


def test_a_planted_value_would_be_found(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"\0\1" + VALUES[0].upper().encode() + b"\0")
    assert holding(tmp_path) == [("file", VALUES[0])]
    (tmp_path / "file").write_bytes(b"at 12:00:00.879104, not so")
    assert holding(tmp_path) == []
    (tmp_path / "file").write_bytes("in 79104 Freiburg".encode("utf-16-le"))
    assert holding(tmp_path) == [("file", "79104")]
