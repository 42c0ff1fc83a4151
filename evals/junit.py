"""What the gate found as JUnit XML, which build servers read."""

from pathlib import Path

from junitparser import Error, Failure, JUnitXml, Skipped, TestCase, TestSuite

from evals.gate_report import Report
from evals.runs import Outcome


def write_junit(path: Path, report: Report) -> None:
    """A suite with a test for each thing that stops the version, and one a kind of case with a test a case.

    A breach is an error, a case of a significant loss a failure; any other wrong one is skipped, saying so: a build
    server is not to fail for what the gate lets pass.
    """
    written = JUnitXml("caveat")
    gate = TestSuite("gate")
    for block in report.blocks:
        test = TestCase(f"{block.kind}: {block.where}", "caveat.gate")
        failure = Failure(block.what, block.kind)
        failure.text = "\n".join(block.lines)
        test.result = [failure]
        gate.add_testcase(test)
    gate.add_testcase(TestCase("asked", "caveat.gate"))  # a suite without a test counts as broken
    written.add_testsuite(gate)
    outcomes = report.after.outcomes if report.after else ()
    lost = {case for block in report.blocks if block.kind == "loss" for case in block.cases}
    for kind in sorted({outcome.kind for outcome in outcomes}):
        suite = TestSuite(kind)
        suite.add_testcases([_test(one, one.case in lost) for one in outcomes if one.kind == kind])
        written.add_testsuite(suite)
    written.update_statistics()
    path.parent.mkdir(parents=True, exist_ok=True)
    written.write(str(path), pretty=True)


def _test(outcome: Outcome, is_lost: bool) -> TestCase:
    test = TestCase(outcome.case, f"caveat.{outcome.set}.{outcome.kind}")
    wrong = "; ".join(outcome.faults)
    if outcome.breaches:
        test.result = [Error("; ".join(outcome.breaches), "breach")]
    elif is_lost:
        test.result = [Failure(wrong, "lost")]
    elif wrong:
        test.result = [Skipped(f"wrong, which does not stop it: {wrong}")]
    test.system_out = f"{' > '.join(outcome.turns)}\n\n{outcome.answer.get('text', '')}"
    return test
