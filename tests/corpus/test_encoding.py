"""Bytes become text in whatever encoding they were saved."""

import pytest

from corpus.elements import Unreadable
from corpus.encoding import decoded

POLISH = "Ścięgna łączą mięśnie z kośćmi. Ścięgno Achillesa jest największe i goi się powoli przez wiele tygodni."
RUSSIAN = (
    "\u0421\u0443\u0445\u043e\u0436\u0438\u043b\u0438\u0435 \u0441\u043e\u0435\u0434\u0438\u043d\u044f\u0435\u0442 "
    "\u043c\u044b\u0448\u0446\u0443 \u0441 \u043a\u043e\u0441\u0442\u044c\u044e."
)


@pytest.mark.parametrize(
    ("encoding", "words"),
    [
        ("utf-8", "Gewebe wächst."),
        ("utf-8-sig", "Gewebe wächst."),
        ("latin-1", "Gewebe wächst über Wochen."),
        ("cp1252", "“Tissue” grows – slowly – for 30 €."),
        ("utf-16", "Tissue grows – slowly."),
        ("utf-16-le", "Tissue grows slowly."),
        ("utf-32", "Tissue grows – slowly."),
        ("cp1250", POLISH),
        ("cp1251", RUSSIAN),
        ("shift_jis", "腱は筋肉を骨につなぎます。ゆっくり治ります。負荷は治癒を助けます。"),
    ],
)
def test_text_is_read_in_whatever_encoding(encoding: str, words: str) -> None:
    assert decoded(words.encode(encoding)) == words


def test_a_page_says_its_own_encoding() -> None:
    page = '<meta charset="iso-8859-2"><p>Ścięgna łączą.</p>'
    assert decoded(page.encode("iso-8859-2")) == page


@pytest.mark.parametrize("raw", [bytes(100), bytes(range(256)) * 20])
def test_bytes_that_are_no_text_are_refused(raw: bytes) -> None:
    with pytest.raises(Unreadable, match="is no text"):
        decoded(raw)


def test_a_stray_zero_is_a_space() -> None:
    words = "Tendons join muscle to bone. " * 10
    assert decoded(b"A\x00" + words.encode()) == f"A {words}"
