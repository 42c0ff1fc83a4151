"""Where new cases are written."""

from pathlib import Path

from evals.case_places import CasePlaces, case_places


def test_a_folder_of_the_settings_is_read_beside_the_shipped_cases(tmp_path: Path) -> None:
    own, shipped = tmp_path / "own", tmp_path / "evals" / "cases"
    assert case_places(tmp_path, own, shipped) == CasePlaces((shipped, own), own)
    assert case_places(tmp_path, shipped, shipped) == CasePlaces((shipped,), shipped)


def test_without_one_a_checkout_takes_them_and_an_installed_package_does_not(tmp_path: Path) -> None:
    data, shipped = tmp_path / "data", tmp_path / "code" / "evals" / "cases"
    shipped.mkdir(parents=True)
    assert case_places(data, None, shipped) == CasePlaces((shipped, data / "cases"), data / "cases")
    (tmp_path / "code" / ".git").mkdir()
    assert case_places(data, None, shipped) == CasePlaces((shipped,), shipped)
