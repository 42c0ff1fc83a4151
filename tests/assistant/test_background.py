"""Work beside the page, and its errors in words."""

import pytest

from assistant.background import begin, in_words
from index.types import IndexUnusable


def test_work_gives_its_outcome_and_its_error() -> None:
    assert begin(lambda one, other: one + other, 1, 2).result(10) == 3
    error = IndexUnusable("index", "is damaged", "build it")
    failed = begin(_fail, error)
    assert failed.exception(10) is error


def test_an_expected_error_says_itself_and_another_one_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    assert in_words(None, "ask again") is None
    assert in_words(ValueError("too\n long"), "ask again") == "too long"
    begin(_fail, KeyError("x")).exception(10)
    assert in_words(KeyError("x"), "ask again") == (
        "This failed unexpectedly (KeyError); ask again, and tell whoever runs this page if it stays."
    )
    assert [record.message for record in caplog.records] == ["the page caught an unexpected error"]


def _fail(error: Exception) -> None:
    raise error
