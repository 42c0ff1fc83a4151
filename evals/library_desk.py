"""All that the page Library asks; one a process, shared by its sessions."""

import threading
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, date, datetime, time, timedelta

from assistant.history import turns_since
from evals.gaps import Gap, gaps
from evals.library import Live, Places, open_live
from evals.library_check import Checks
from evals.library_work import Rooms, Workshop
from index.diff import Difference, difference


class Library:
    """What the page shows and does."""

    def __init__(
        self,
        places: Places,
        clock: Callable[[], date],
        rooms: Rooms,
        work: Callable[[], AbstractContextManager[Rooms]],
    ) -> None:
        """`rooms` are looked at only; `work` opens others for each piece of work, and closes them."""
        self.places, self.clock, self.rooms = places, clock, rooms
        self.workshop = Workshop(work)
        self.checks = Checks(places, clock)
        self._lock = threading.Lock()
        self._live: Live | None = None
        self._compared: tuple[tuple[str, str], Difference] | None = None

    def live(self) -> Live | None:
        """The live version, opened once; None before the first."""
        with self._lock:
            promotions = self.rooms.versions.promotions()
            if self._live is None or self._live.promotion != promotions[-1]:
                self._live = open_live(self.rooms.versions)  # a former one closes once nobody reads it
            return self._live

    def difference(self, before: str, after: str) -> Difference:
        """What changed from one version to another; the last comparison is kept."""
        with self._lock:
            if self._compared is None or self._compared[0] != (before, after):
                self._compared = (before, after), difference(self.rooms.versions, before, after)
            return self._compared[1]

    def gaps(self, weeks: int) -> list[Gap]:
        """What was asked in the last weeks and found nothing."""
        since = datetime.combine(self.clock() - timedelta(weeks=weeks), time(), UTC)
        return gaps(turns_since(self.rooms.storage, since))
