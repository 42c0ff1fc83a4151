"""What tests of the pages share: the page's words as HTML, and a button that is pressed, and a desk."""

from pathlib import Path

from streamlit.testing.v1 import AppTest

from assembly import Assembly
from assistant.assistant import Assistant
from assistant.page_service import Desk
from assistant.storage import Storage


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


def desk(
    assembly: Assembly, data_dir: Path, assistant: Assistant | None = None, storage: Storage | None = None
) -> Desk:
    """What the page works with over the assembly's material; what is kept goes into the folder, unless elsewhere."""
    return Desk(
        assistant or assembly.assistant, data_dir, storage or Storage(data_dir), assembly.glossary,
        lambda: assembly.index().content,
    )  # fmt: skip
