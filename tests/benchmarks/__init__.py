"""Benchmarks, run by hand: `python -m tests.benchmarks`. Pages show what the last run recorded."""
