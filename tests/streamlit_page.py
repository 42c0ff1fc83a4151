"""What tests of the pages share: the page's words as HTML, and a button that is pressed."""

from streamlit.testing.v1 import AppTest


def html(page: AppTest) -> str:
    """All that the page shows of HTML and Markdown, style sheets aside; no exception was shown."""
    assert not page.exception
    values: list[str] = [element.value for element in page.get("html")]  # type: ignore[union-attr]
    shown = [value for value in values if not value.startswith("<style")]
    return "\n".join([*shown, *(element.value for element in page.markdown)])


def press(page: AppTest, label: str) -> str:
    """What the page shows once the button is pressed whose label begins so."""
    next(one for one in page.button if one.label.startswith(label)).click().run()
    return html(page)
