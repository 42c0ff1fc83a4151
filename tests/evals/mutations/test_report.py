"""The table names kind, area and example, and the scores come with n."""

import json

from evals.alarms import Alarm
from evals.mutations.report import HEAD, row, scores, to_json
from evals.mutations.types import Seen

ALARM = Alarm("citations", "size", "marker [2] leads nowhere", "How big?")
SEEN = [
    Seen("forged", "citations", "citations", 100, 40, (ALARM,)),
    Seen("unseen", "retrieval", None, 100, 0, ()),
    Seen("misplaced", "policy", "citations", 100, 3, (ALARM,)),
    Seen("harmless", None, None, 100, 1, ()),
]


def test_each_mutation_has_a_row_and_what_is_wrong_is_marked() -> None:
    rows = [row(one) for one in SEEN]
    assert rows[0].split() == (
        "forged yes citations citations 100 40 size: marker [2] leads nowhere | How big?".split()
    )
    assert [row.endswith("<- WRONG") for row in rows] == [False, True, True, False]
    assert HEAD.index("area named") == rows[0].index("citations")
    assert scores(SEEN) == [
        "faults noticed: 2 of 3, 67% (95 % interval 21% to 94%)",
        "mutation score (noticed, right area): 1 of 3, 33% (95 % interval 6% to 79%)",
        "harmless changes that raised an alarm: 0 of 1, 0% (95 % interval 0% to 79%)",
    ]


def test_it_can_be_printed_as_json() -> None:
    first = json.loads(json.dumps(to_json(SEEN)))["mutations"][0]
    assert (first["kind"], first["is_right"], first["alarms"][0]["area"]) == ("forged", True, "citations")
