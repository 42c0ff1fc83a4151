"""The material's words become Markdown that can do nothing but be read."""

import pytest

from assistant.markup import MARKER, is_safe, plain


@pytest.mark.parametrize(
    ("quote", "shown"),
    [
        ("Plain words, 30–150 nm.", "Plain words, 30–150 nm."),
        ("**bold**, _it_ and `code`", "bold, it and code"),
        ("snake_case and 2*3", "snake_case and 2*3"),
        ("[a link](https://a.example) here", "a link here"),
        ("![a picture](x.png)", "a picture"),
        ("<b>x</b> y", "x y"),
        ("y < z", "y ‹ z"),
        ("as shown [12]", "as shown (12)"),
        ("see https://a.example/b now", "see now"),
        ("on\n   two lines ", "on two lines"),
        ("javascript:alert(1) x", "x"),
    ],
)
def test_words_stay_and_marks_go(quote: str, shown: str) -> None:
    assert plain(quote) == shown


@pytest.mark.parametrize(
    "quote",
    [
        "<script>alert(1)</script>",
        "<scr<script>ipt>alert(1)</script>",
        "<img src=x\nonerror=alert(1)>",
        "![a](![b](c))",
        "[a]([b](https://c.example))",
        "x ![a\nb](c)",
        "<<a>script>",
        "HTTPS://A.EXAMPLE",
        "[x]: https://a.example",
    ],
)
def test_what_is_left_is_safe(quote: str) -> None:
    assert is_safe(plain(quote))
    assert "<" not in plain(quote)


@pytest.mark.parametrize(
    ("quote", "shown"),
    [
        ("It fell (P < 0.05) in groups of n > 30.", "It fell (P ‹ 0.05) in groups of n > 30."),
        ("P<0.05 and n>30", "P‹0.05 and n>30"),
    ],
)
def test_figures_between_comparison_signs_stay(quote: str, shown: str) -> None:
    assert plain(quote) == shown


def test_markers_are_found_with_the_space_before_them() -> None:
    assert MARKER.sub("", "One. [1]\n- Two. [12]") == "One.\n- Two."


@pytest.mark.parametrize("piece", ["<", "[", "![", "![a](", "[a]", "*", "www.", "<a", "(["])
def test_a_long_repetition_is_read_to_its_end(piece: str) -> None:
    assert is_safe(plain((piece * 5_000)[:5_000]))
