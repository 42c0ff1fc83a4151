"""A conversation written to keep or to print."""

from assembly import Assembly
from assistant.export import to_html, to_markdown
from tests.assistant.conftest import CAVEAT


def test_markdown_holds_answers_caveats_quotes_and_versions(assembly: Assembly) -> None:
    turn = assembly.assistant.ask(["Are exosomes FDA-approved?"]).to_json()
    text = to_markdown("Status <b>", [turn])
    assert text.startswith("# Status &lt;b>\n\n## Are exosomes FDA-approved?\n\n")
    assert CAVEAT in text
    assert f"- [1] {turn['citations'][0]['title']}" in text
    assert turn["citations"][0]["quote"] in text
    assert text.endswith(f"*Index {turn['index_version']}, policy 1, answered by extractive*\n")


def test_the_page_to_print_needs_nothing_else_and_escapes_its_words(assembly: Assembly) -> None:
    turn = assembly.assistant.ask(["Are exosomes FDA-approved?"]).to_json()
    page = to_html("<script>x</script>", [turn])
    assert "<script" not in page
    assert "http" not in page
    assert '<details class="source" open>' in page
    assert CAVEAT in page
    assert turn["index_version"] in page
