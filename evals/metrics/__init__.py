"""Measures of a run's answers, each a pure function with its formula and where it comes from."""
