"""Who signs for a version."""

import pytest

from index.release import Unsigned, signed
from index.types import Signature


def test_a_signature_names_somebody_and_gives_a_reason_only_where_the_check_is_passed_over() -> None:
    assert signed(" Ada  Lovelace ") == Signature("Ada Lovelace")
    assert signed("Ada", force=False, reason="none needed") == Signature("Ada")
    assert signed("Ada", force=True, reason=" new\n study ") == Signature("Ada", "new study")


@pytest.mark.parametrize(
    ("by", "force", "reason", "lacks"),
    [(" ", False, "", "say who signs"), ("Ada", True, " ", "needs a reason")],
)
def test_what_a_signature_lacks_is_said(by: str, force: bool, reason: str, lacks: str) -> None:
    with pytest.raises(Unsigned, match=lacks):
        signed(by, force, reason)
