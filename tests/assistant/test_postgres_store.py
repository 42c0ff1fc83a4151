"""What only a server does: it is away or restarted, lets nobody in, and is used by several servers."""

import subprocess
import sys
import threading
from pathlib import Path

import psycopg
import pytest

from assembly import Assembly
from assistant import postgres_store
from assistant.history import ask_in, conversations
from assistant.page_service import Service
from assistant.postgres_store import IDLE, MOST, TABLES
from assistant.storage import FILE, Storage
from assistant.store import StoreUnusable
from settings import PROJECT
from tests.postgres import Server
from tests.streamlit_page import desk

TURN = {"question": "What are exosomes?", "text": "said"}


@pytest.fixture
def storage(postgres: Server, tmp_path: Path) -> Storage:
    return Storage(tmp_path, postgres.database())


def test_nothing_is_kept_in_a_file_beside_it(storage: Storage) -> None:
    with conversations(storage) as kept:
        kept.keep_turn("a", TURN)
    assert list(storage.data_dir.iterdir()) == []


def test_a_conversation_goes_on_after_the_server_was_restarted(
    postgres: Server, storage: Storage, assembly: Assembly
) -> None:
    ask_in(assembly.assistant, storage, "a", "What are exosomes?")
    with conversations(storage) as kept:
        postgres.stop()
        postgres.start()
        assert len(kept.turns("a")) == 1  # what was open goes on, too
    postgres.stop()
    postgres.start()
    answer = ask_in(assembly.assistant, storage, "a", "How big are they?")
    assert answer.standalone_question == "How big are exosomes?"
    with conversations(storage) as kept:
        assert [(one.id, one.turns) for one in kept.all()] == [("a", 2)]


def test_the_page_says_that_the_server_is_away_and_goes_on_when_it_is_back(
    postgres: Server, storage: Storage, assembly: Assembly
) -> None:
    service = Service(lambda say: desk(assembly, storage.data_dir, storage=storage))
    service.ask("c" * 22, "What are exosomes?", "Ann")
    (asked,) = service.view("c" * 22, "Ann").asked
    asked.outcome.result(60)
    postgres.stop()
    try:
        service.ask("c" * 22, "How big are they?", "Ann")
        (asked,) = [one for one in service.view("c" * 22, "Ann").asked if one.question == "How big are they?"]
        assert isinstance(asked.outcome.exception(60), StoreUnusable)
        seen = service.view("c" * 22, "Ann")
        assert (seen.turns, seen.desk is None) == ([], False)
        assert seen.error == asked.error
        assert "it cannot be reached" in str(seen.error)
    finally:
        postgres.start()
    service.retry()
    seen = service.view("c" * 22, "Ann")
    assert [turn["question"] for turn in seen.turns] == ["What are exosomes?"]
    assert service.view("c" * 22, "Bob").turns == []


def test_servers_that_begin_at_once_set_up_one_after_the_other(storage: Storage) -> None:
    program = "import sys; from assistant.postgres_store import opened\nwith opened(sys.argv[1]) as s, s.using(): pass"
    begun = [subprocess.Popen([sys.executable, "-c", program, storage.database], cwd=PROJECT) for _ in range(4)]
    assert [process.wait() for process in begun] == [0] * 4
    with psycopg.connect(storage.database) as connection:
        made = connection.execute("select count(*) from pg_tables where tablename = any(%s)", [list(TABLES)]).fetchone()
    assert made == (len(TABLES),)


def test_an_answer_that_is_written_holds_no_connection_and_few_stay_open(storage: Storage, assembly: Assembly) -> None:
    open_now = (
        "select count(*) from pg_stat_activity where datname = current_database() and application_name = 'caveat'"
    )
    counted = list[int]()

    def count() -> None:
        with psycopg.connect(storage.database) as connection:
            row = connection.execute(open_now).fetchone()
            assert row
            counted.append(row[0])

    def talk(name: str) -> None:
        for _ in range(3):
            with conversations(storage) as kept:
                kept.give_to(name, "", "What?")
                kept.keep_turn(name, TURN)
        count()

    threads = [threading.Thread(target=talk, args=(f"talk-{number}",)) for number in range(3 * MOST)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert max(counted) <= MOST
    count()
    assert counted[-1] <= IDLE
    with conversations(storage) as kept:
        assert {one.turns for one in kept.all()} == {3}


def test_a_turn_that_cannot_be_counted_is_not_added(storage: Storage) -> None:
    with conversations(storage) as kept:
        kept.give_to("a", "", "What?")
        kept.keep_turn("a", TURN)
        with psycopg.connect(storage.database, autocommit=True) as connection:
            connection.execute("alter table listed add constraint few check (turns < 2)")
        with pytest.raises(StoreUnusable, match=r"it failed \(CheckViolation\); see its log"):
            kept.keep_turn("a", TURN)
        assert len(kept.turns("a")) == 1


def test_after_a_withdrawal_no_file_of_a_table_holds_the_words_or_what_was_deleted(
    storage: Storage, postgres: Server
) -> None:
    with conversations(storage) as kept:
        kept.keep_turn("a", TURN | {"text": "Zanthoprax.", "claims": [], "citations": [{"quote": "Zanthoprax."}]})
        kept.keep_turn("b", TURN | {"text": "Quastenhofer"})
        kept.delete("b")
        held = postgres.table_files()
        assert [word in held for word in (b"Zanthoprax", b"Quastenhofer")] == [True, True]
        assert kept.withdraw(lambda words: False) == 1
    held = postgres.table_files()
    assert [word in held for word in (b"Zanthoprax", b"Quastenhofer")] == [False, False]


def test_words_are_withdrawn_but_a_table_that_is_held_for_long_is_not_waited_for(
    storage: Storage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgres_store, "WAIT", 1)
    with conversations(storage) as kept, psycopg.connect(storage.database) as backup:
        kept.keep_turn("a", TURN | {"claims": [], "citations": [{"quote": "said"}]})
        backup.execute("select count(*) from checkpoints")
        with pytest.raises(StoreUnusable, match="another connection held a table for more than 1 seconds; try again"):
            kept.withdraw(lambda words: False)
        assert kept.turns("a")[0]["text"] != "said"
        backup.rollback()
        assert kept.withdraw(lambda words: False) == 0
        assert len(kept.turns("a")) == 1


def test_a_restart_of_the_server_breaks_no_answer_that_is_kept_afterwards(postgres: Server, storage: Storage) -> None:
    with conversations(storage) as kept:
        barrier = threading.Barrier(4)

        def add(name: str) -> None:
            with conversations(storage) as own:
                own.keep_turn(name, TURN)
                barrier.wait()

        threads = [threading.Thread(target=add, args=(f"t{number}",)) for number in range(3)]
        for thread in threads:
            thread.start()
        barrier.wait()
        for thread in threads:
            thread.join()
        postgres.stop()
        postgres.start()
        for number in range(3):
            kept.keep_turn(f"t{number}", TURN)
            assert len(kept.turns(f"t{number}")) == 2
    assert FILE not in {path.name for path in storage.data_dir.iterdir()}
