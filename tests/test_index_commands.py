"""The life of an index, from a terminal."""

import gc
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from assembly import Assembly
from assistant.storage import Storage
from evals.cases import load_cases
from index.embedding import MiniLM
from index.types import IndexUnusable, Signature, Verdict
from tests.command_line import Caveat, fails, json_lines
from tests.conftest import make_settings
from tests.postgres import everything

Edit = Callable[..., dict]


@pytest.fixture
def edit(run: Caveat, tmp_path: Path) -> Edit:
    """Writes the one document of a folder anew, and builds; returns the report."""
    folder = tmp_path / "source"
    folder.mkdir()

    def edit(words: str, *arguments: str) -> dict:
        (folder / "tendons.md").write_text(f"# Tendons\n\n{words}\n", encoding="utf-8")
        return json_lines(run("index", "build", "--source", str(folder), "--json", *arguments))[0]

    return edit


def test_a_build_reports_what_it_did(run: Caveat, tmp_path: Path) -> None:
    source = tmp_path / "source"
    source.mkdir()
    (source / "a.txt").write_text("Tendons join muscle to bone.\n", encoding="utf-8")
    (source / "b.txt").write_text("Bones carry the body.\n", encoding="utf-8")
    (source / "c.pdf").write_bytes(b"%PDF")
    first = json_lines(run("index", "build", "--source", str(source), "--json"))[0]
    (source / "a.txt").unlink()
    (source / "b.txt").write_text("Bones carry all of the body.\n", encoding="utf-8")
    second = json_lines(run("index", "build", "--source", str(source), "--json"))[0]
    assert (first["added"], first["skipped"]) == (
        ["a", "b"], [{"where": "c.pdf", "reason": "is no PDF that can be opened; it may be damaged or cut off"}],
    )  # fmt: skip
    assert (second["added"], second["updated"], second["removed"], second["unchanged"]) == ([], ["b"], ["a"], [])
    (status,) = json_lines(run("index", "status", "--json"))
    assert (status["version"], status["documents"], status["sources"]) == (second["version"], 1, [str(source)])


def test_a_build_with_skipped_files_is_done_and_says_which(run: Caveat, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"Tendons join muscle to bone.\n")
    (tmp_path / "b.doc").write_bytes(b"\xff\xfe")
    result = run("index", "build", "--source", str(tmp_path))
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.splitlines()[1:] == [
        "note: first build",
        "added: a",
        "skipped: b.doc: files ending in .doc are not read; save it as .docx",
    ]


def test_versions_are_listed_with_who_made_them_live(run: Caveat, edit: Edit) -> None:
    first, second = edit("Tendons mend.", "--by", "Ada"), edit("Tendons tear.", "--stage-only")
    (listed,) = json_lines(run("index", "versions", "--json"))
    assert [(v["version"], v["live"], v["documents"], v["error"]) for v in listed] == [
        (first["version"], True, 1, None), (second["version"], False, 1, None),
    ]  # fmt: skip
    assert [[(p["by"], p["how"]) for p in v["promotions"]] for v in listed] == [[("Ada", "build")], []]
    lines = run("index", "versions").stdout.splitlines()
    assert lines[0].startswith(f"live  {first['version']}  1 documents, 1 passages, ")
    assert lines[1].endswith("MB  (never live)")


def test_a_version_is_promoted_and_taken_back(run: Caveat, edit: Edit) -> None:
    first, second = edit("Tendons mend."), edit("Tendons tear.", "--stage-only")
    assert run("index", "text", "tendons").stdout == "# Tendons\n\nTendons mend.\n"
    promoted = run("index", "promote", second["version"], "--by", "Ada")
    assert (promoted.exit_code, promoted.stdout) == (0, f"version {second['version']} is live\n")
    assert run("index", "text", "tendons").stdout == "# Tendons\n\nTendons tear.\n"
    (back,) = json_lines(run("index", "rollback", "--json"))
    assert back == {"version": first["version"], "promoted": True, "verdict": []}
    assert run("index", "text", "tendons").stdout == "# Tendons\n\nTendons mend.\n"
    assert fails(run("index", "rollback"), 3).endswith(
        "there is no earlier version to go back to; 'caveat index versions' lists them"
    )


def test_status_says_who_made_it_live_and_what_is_out_of_date(run: Caveat, edit: Edit, tmp_path: Path) -> None:
    edit("Tendons mend.", "--by", "Ada")
    glossary = tmp_path / "glossary.toml"
    glossary.write_text('[[term]]\nterm = "tendon"\nmeaning = "It joins muscle to bone."\n', encoding="utf-8")
    (status,) = json_lines(run("index", "status", "--json", glossary=glossary))
    assert (status["promotion"]["by"], status["promotion"]["how"]) == ("Ada", "build")
    assert status["outdated"] == ["the glossary changed: the index of words is made anew, vectors are carried over"]
    assert "live since " in run("index", "status").stdout


def test_a_difference_shows_the_words(run: Caveat, edit: Edit) -> None:
    first, second = edit("Tendons mend."), edit("Tendons tear.")
    shown = run("index", "diff").stdout.splitlines()
    assert shown == [
        f"{first['version']} -> {second['version']}: documents 0 added, 1 changed, 0 removed, 0 unchanged",
        "",
        "changed: tendons (Tendons)",
        "  changed: Tendons",
        "  - Tendons mend.",
        "  + Tendons tear.",
    ]
    (values,) = json_lines(run("index", "diff", second["version"], first["version"], "--json"))
    assert values["documents"] == [
        {"id": "tendons", "title": "Tendons", "kind": "changed", "sections": [
            {"section": ["Tendons"], "removed": ["Tendons tear."], "added": ["Tendons mend."], "kind": "changed"},
        ]},
    ]  # fmt: skip


def test_a_whole_version_verifies_and_a_damaged_one_does_not(run: Caveat, edit: Edit, tmp_path: Path) -> None:
    version = edit("Tendons mend.")["version"]
    (verified,) = json_lines(run("index", "verify", "--json"))
    assert verified == {"version": version, "documents": 1, "passages": 1, "whole": True}
    folder = tmp_path / "data" / "index" / "versions" / version
    (folder / "vectors.npy").write_bytes(b"")
    assert fails(run("index", "verify", version), 3) == (
        f"{folder}/vectors.npy: the index is damaged (a file is missing or changed); run 'caveat index build'"
    )


def test_pruning_says_what_it_gave_back(run: Caveat, edit: Edit) -> None:
    names = [edit(f"Tendons mend in {n} weeks.")["version"] for n in range(3)]
    (pruned,) = json_lines(run("index", "prune", "--keep", "2", "--json"))
    assert (pruned["removed"], pruned["kept"], pruned["in_use"]) == (names[:1], names[1:], [])
    assert run("index", "prune", "--keep", "1").stdout.startswith("deleted 1, kept 1, ")


@pytest.mark.parametrize(
    ("arguments", "code", "line"),
    [
        (["promote", "none"], 3, "index: there is no finished version 'none'; 'caveat index versions' lists them"),
        (["diff", "none"], 3, "index: there is no finished version 'none'; 'caveat index versions' lists them"),
        (["verify", "none"], 3, "index: there is no finished version 'none'; 'caveat index versions' lists them"),
        (["promote", "none", "--force"], 2, "--force needs a reason; say why with --reason"),
        (["build", "--force", "--reason", " "], 2, "--force needs a reason; say why with --reason"),
    ],
)
def test_what_cannot_be_done_is_one_line(ask: Caveat, arguments: list[str], code: int, line: str) -> None:
    assert fails(ask("index", *arguments), code) == line


def test_a_check_that_says_no_ends_with_1_and_a_reason_goes_past_it(
    run: Caveat, edit: Edit, tmp_path: Path, embedder: MiniLM, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = edit("Tendons mend.")["version"]

    def no(staged: str, live: str | None) -> Verdict:
        return Verdict(False, ("1 answer changed",))

    checking = Assembly(make_settings(tmp_path / "data"), embedder, check=no)
    monkeypatch.setattr("index_commands.joined", lambda: checking)
    source = str(tmp_path / "source")
    built = run("index", "build", "--source", source)
    assert built.exit_code == 1
    assert built.stdout.splitlines()[-2] == "1 answer changed"
    assert built.stdout.splitlines()[-1].startswith("not made live, as the check says no: 'caveat index promote ")
    assert json_lines(run("index", "status", "--json"))[0]["version"] == first
    forced = run("index", "build", "--source", source, "--by", "Ada", "--force", "--reason", "old cases")
    assert forced.exit_code == 0
    promotion = json_lines(run("index", "status", "--json"))[0]["promotion"]
    assert (promotion["by"], promotion["seen"], promotion["reason"]) == ("Ada", "1 answer changed", "old cases")


# What runs while versions change


@pytest.fixture
def running(edit: Edit, tmp_path: Path, embedder: MiniLM) -> Assembly:
    """A process that has the first version open."""
    edit("Tendons mend.")
    assembly = Assembly(make_settings(tmp_path / "data"), embedder)
    assembly.index()
    return assembly


def test_a_new_version_is_picked_up_between_two_questions(running: Assembly, edit: Edit) -> None:
    first = running.index()
    version = edit("Tendons tear.")["version"]
    assert running.index().version == version
    assert first.content.text_of("tendons") == "# Tendons\n\nTendons mend.\n"  # who still holds it reads on


def test_a_former_version_is_closed_once_nobody_holds_it(running: Assembly, edit: Edit, run: Caveat) -> None:
    first = running.index().version
    edit("Tendons tear.")
    assert json_lines(run("index", "prune", "--keep", "1", "--json"))[0]["in_use"] == [first]
    running.index()
    assert json_lines(run("index", "prune", "--keep", "1", "--json"))[0]["removed"] == [first]


def test_a_new_version_that_cannot_be_opened_leaves_the_old_one_answering(
    running: Assembly, edit: Edit, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    first = running.index().version
    broken = edit("Tendons tear.")["version"]
    (tmp_path / "data" / "index" / "versions" / broken / "vectors.npy").write_bytes(b"")
    assert [running.index().version for _ in range(2)] == [first, first]
    assert [r.message for r in caplog.records if r.levelname == "ERROR"] == [
        "the live index version cannot be opened; the one before it goes on answering"
    ]
    mended = edit("Tendons tear.")["version"]
    assert running.index().version == mended
    with pytest.raises(IndexUnusable):
        Assembly(make_settings(tmp_path / "data"), running.embedder).promote("promote", broken, Signature())


def test_words_that_were_withdrawn_are_gone_from_conversations_too(
    run: Caveat, tmp_path: Path, storage: Storage
) -> None:
    def held() -> bytes:
        if storage.database:
            return everything(storage.database).encode()
        return stored_bytes(tmp_path / "data", "conversations.sqlite")

    run = partial(run, database=storage.database)
    source = tmp_path / "source"
    source.mkdir()
    (source / "tendons.md").write_text("# Tendons\n\nTendons heal within six weeks after an injury.\n")
    (source / "hair.md").write_text("# Hair growth\n\nZanthoprax makes hair grow within nine months.\n")
    run("index", "build", "--source", str(source))
    for question in ("What makes hair grow?", "How soon do tendons heal after an injury?"):
        (answer,) = json_lines(run("ask", "--json", "--conversation", "a", question))
        assert answer["status"] == "answered"
    assert b"Zanthoprax" in held()

    (source / "hair.md").write_text("# Hair growth\n\nNothing makes hair grow within nine months.\n")
    run("index", "build", "--source", str(source))
    (pruned,) = json_lines(run("index", "prune", "--keep", "2", "--conversations", "--json"))
    assert pruned["withdrawn_answers"] == 0  # the version before still holds the words

    gc.collect()  # the index that answered is closed
    (pruned,) = json_lines(run("index", "prune", "--keep", "1", "--conversations", "--json"))
    assert (pruned["in_use"], pruned["withdrawn_answers"]) == ([], 1)
    assert b"zanthoprax" not in stored_bytes(tmp_path / "data", "").lower() + held().lower()
    assert b"Tendons heal within six weeks" in held()
    (answer,) = json_lines(run("ask", "--json", "--conversation", "a", "And how soon do tendons heal?"))
    assert answer["status"] == "answered"  # the conversation goes on


def stored_bytes(folder: Path, name: str) -> bytes:
    """What all files below a folder hold whose names begin so."""
    return b"".join(p.read_bytes() for p in folder.rglob(f"{name}*") if p.is_file())


# The gate


def test_going_back_waits_for_no_check(running: Assembly, edit: Edit, monkeypatch: pytest.MonkeyPatch) -> None:
    first = running.index().version
    edit("Tendons tear.")
    running.check = lambda staged, live: Verdict(False, ("no",))
    assert running.promote("rollback", None, Signature("Ada")) == (first, True, ())


def test_a_promotion_records_the_summary_of_what_was_seen(run: Caveat, edit: Edit) -> None:
    first = edit("Tendons mend in 6 weeks.")["version"]
    second = edit("Tendons mend in 9 weeks.")["version"]
    seen = {v["version"]: v["promotions"][0]["seen"] for v in json_lines(run("index", "versions", "--json"))[0]}
    assert seen == {
        first: "no version was live: nothing to compare with",
        second: f"against {first}: cases left out, about other material: {len(load_cases(sets=('tuning',)))}",
    }


def test_a_preview_stages_and_shows_the_answers_that_change(run: Caveat, edit: Edit, tmp_path: Path) -> None:
    first = edit("Tendons mend.")["version"]
    (tmp_path / "source" / "tendons.md").write_text("# Tendons\n\nTendons tear.\n", encoding="utf-8")
    (shown,) = json_lines(run("index", "preview", "--source", str(tmp_path / "source"), "--json"))
    assert (shown["gate"]["passed"], shown["gate"]["live"], shown["build"]["updated"]) == (True, first, ["tendons"])
    assert json_lines(run("index", "status", "--json"))[0]["version"] == first
    lines = run("index", "preview", "--source", str(tmp_path / "source")).stdout.splitlines()
    assert " cases left out, about other material: " in lines[0]
    assert lines[-1].endswith("makes it live as it was shown here")
    assert run("index", "promote", shown["version"]).exit_code == 0
