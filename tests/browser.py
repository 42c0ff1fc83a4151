"""What the tests in a real browser share: a server of their own, and a Chromium that calls nobody."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from settings import PROJECT
from tests.conftest import TODAY

CHROMIUM = Path("/usr/bin/chromium")
QUIET = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
STARTS = 60  # seconds within which the server listens
ANSWERS = 120_000  # milliseconds within which a first answer comes, the index not yet built


@contextmanager
def serving(data_dir: Path, **settings: str) -> Iterator[str]:
    """The address at which `caveat serve` listens, over this data directory."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    values = {"data_dir": str(data_dir), "today": TODAY.isoformat()} | settings
    environment = os.environ | {f"CAVEAT_{name.upper()}": value for name, value in values.items()}
    command = [sys.executable, str(PROJECT / "cli.py"), "serve", "--headless", "--port", str(port)]
    with (data_dir / "serve.log").open("w") as log:
        server = subprocess.Popen(command, env=environment, stdout=log, stderr=log, cwd=data_dir)
        try:
            _wait_until_it_listens(port)
            yield f"http://127.0.0.1:{port}/"
        finally:
            server.terminate()
            server.wait(30)


def _wait_until_it_listens(port: int) -> None:
    last = time.monotonic() + STARTS
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            assert time.monotonic() < last, "caveat serve does not listen"
            time.sleep(0.1)


@contextmanager
def browsing(sync_api: Any) -> Iterator[Any]:
    """A running Chromium."""
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=QUIET)
        yield browser
        browser.close()
