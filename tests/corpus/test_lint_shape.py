"""Headings out of order and repeated passages are found, and their harmless neighbours are left alone."""

import pytest

from corpus.lint_shape import headings, repetitions
from corpus.readers import read_markdown, read_text

LONG = "Exosomes carry proteins, lipids and nucleic acids from one cell to another cell of the tissue."


DEEP = "make it level 2, or add the one between"
ORDER = "number the headings in their order"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("# A\n\n### B\n", f"warning: a.md:3: heading 'B' is of level 3 below one of level 1; {DEEP}"),
        ("A\n=\n\n#### B\n", f"warning: a.md:4: heading 'B' is of level 4 below one of level 1; {DEEP}"),
        ("# A\n\n## 1. One\n\n## 3. Three\n", f"warning: a.md:5: heading 3 follows 1; {ORDER}"),
        ("# A\n\n## 1.2 B\n\n## 1.1 C\n", f"warning: a.md:5: heading 1.1 follows 1.2; {ORDER}"),
        ("# A\n\n## B\n\n### C\n\n## D\n\n### E\n\n# F\n", ""),
        ("## A\n\n### B\n", ""),
        ("# A\n\nB\n-\n\n### C\n", ""),
        ("# A\n\n## 10 tips\n\n## 3 mistakes\n", ""),
        ("# A\n\n## 1. One\n\n### 1.1 B\n\n### 1.2 C\n\n## 2. Two\n\n### 2.1 D\n", ""),
        ("# A\n\n## 2024 in review\n\n## 2021 in review\n", ""),
        ("# A\n\n## 1. One\n\n## 2. Two\n\n## 1. Another one\n", ""),
    ],
)
def test_headings_follow_each_other(text: str, said: str) -> None:
    assert "".join(str(f) for f in headings(read_markdown(text, "a.md"))) == said


def test_numbers_of_headings_count_in_plain_text_too() -> None:
    text = "1.1 Aims\n\nThe aims are told here.\n\n1.3 Means\n\nThe means are told here.\n"
    assert [f.what for f in headings(read_text(text, "a.txt"))] == ["heading 1.3 follows 1.1"]


def test_a_passage_that_stands_twice_is_found_once() -> None:
    second = "A second sentence with more than eight words stands right behind it."
    one = read_markdown(f"# A\n\n{LONG} {second}\n", "a.md")
    other = read_markdown(f"# B\n\nAn opening.\n\n{LONG} {second}\n", "b.md")
    assert [str(f) for f in repetitions([one, other])] == [
        "warning: b.md:5: 2 sentences stand already at a.md:3 "
        "(“Exosomes carry proteins, lipids and nucleic acids from …”); say it in one place, so that one edit changes it"
    ]


@pytest.mark.parametrize(
    ("again", "is_found"),
    [
        (LONG, True),
        (LONG.replace("proteins, lipids", "proteins and lipids"), False),  # words in a row differ too much
        (LONG.upper(), True),
        (LONG.replace("from one cell", "from any one cell"), False),
        (f"{LONG[:-1]} today.", True),
        (LONG.replace("carry", "do not carry"), False),  # the opposite is no repetition
        (f"{LONG[:-1]} 5 times.", False),
        ("Exosomes carry proteins.", False),
    ],
)
def test_what_counts_as_said_again(again: str, is_found: bool) -> None:
    documents = [read_markdown(f"# A\n\n{words}\n", name) for words, name in ((LONG, "a.md"), (again, "b.md"))]
    assert bool(list(repetitions(documents))) == is_found


def test_short_sentences_may_stand_twice() -> None:
    documents = [read_markdown("# A\n\nSee the section on consent.\n", name) for name in ("a.md", "b.md")]
    assert list(repetitions(documents)) == []
