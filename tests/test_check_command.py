"""The command `caveat check`."""

import json
from pathlib import Path

from tests.command_line import Caveat, fails

SIZE = "Exosomes are nano-sized extracellular vesicles with a diameter of approximately 30–150 nm."


def test_a_draft_that_holds_ends_with_0(ask: Caveat, tmp_path: Path) -> None:
    (tmp_path / "slide.txt").write_text(f"What exosomes are\n\n{SIZE}\n", encoding="utf-8")
    result = ask("check", str(tmp_path / "slide.txt"))
    assert result.exit_code == 0
    assert f"Supported: “{SIZE}”" in result.stdout
    assert result.stdout.endswith("1 sentence: 1 supported\n")


def test_a_draft_that_does_not_hold_ends_with_1_and_shows_the_wording(ask: Caveat) -> None:
    result = ask("check", "-", given="Exosomes are 200 nm in diameter.")
    assert result.exit_code == 1
    assert "Contradicted: “Exosomes are 200 nm in diameter.”" in result.stdout
    assert "the words give 30–150 nm, not 200 nm" in result.stdout


def test_json_holds_every_sentence_with_its_place(ask: Caveat) -> None:
    values = json.loads(ask("check", "-", "--json", given="Exosomes cost $900.").stdout)
    (sentence,) = values["sentences"]
    assert (sentence["finding"], sentence["start"], sentence["end"]) == ("not_allowed", 0, 19)
    assert (values["file"], values["holds"], values["counts"]) == ("-", False, {"not_allowed": 1})
    assert values["index_version"]
    assert values["policy_version"]


def test_a_missing_file_an_unreadable_one_and_an_empty_draft_are_wrong_use(ask: Caveat, tmp_path: Path) -> None:
    assert "no such file" in fails(ask("check", str(tmp_path / "none.txt")), 2)
    (tmp_path / "photo.xyz").write_bytes(b"x")
    assert "files ending in .xyz are not read" in fails(ask("check", str(tmp_path / "photo.xyz")), 2)
    assert "holds no sentence" in fails(ask("check", "-", given="\n"), 2)
