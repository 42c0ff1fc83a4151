"""Runs as JUnit XML, which build servers read."""

from pathlib import Path

from junitparser import Error, Failure, JUnitXml, TestCase, TestSuite

from evals.runs import Outcome


def write_junit(path: Path, outcomes: tuple[Outcome, ...], blocks: tuple[str, ...]) -> None:
    """One suite a kind with a test a case: a wrong answer is a failure, a breach an error; and the gate's own suite."""
    report = JUnitXml("caveat")
    for kind in sorted({outcome.kind for outcome in outcomes}):
        suite = TestSuite(kind)
        suite.add_testcases([_test(outcome) for outcome in outcomes if outcome.kind == kind])
        report.add_testsuite(suite)
    gate = TestSuite("gate")
    passed = TestCase("gate", "caveat.gate")
    passed.result = [Failure(block, "blocked") for block in blocks]
    gate.add_testcase(passed)
    report.add_testsuite(gate)
    report.update_statistics()
    path.parent.mkdir(parents=True, exist_ok=True)
    report.write(str(path), pretty=True)


def _test(outcome: Outcome) -> TestCase:
    test = TestCase(outcome.case, f"caveat.{outcome.set}.{outcome.kind}")
    test.result = [
        *(Error(breach, "breach") for breach in outcome.breaches),
        *(Failure(fault, "wrong") for fault in outcome.faults),
    ]
    test.system_out = f"{' > '.join(outcome.turns)}\n\n{outcome.answer.get('text', '')}"
    return test
