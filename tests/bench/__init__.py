"""Benchmarks: `python -m tests.bench --help`. Run by hand; CI runs a smoke at small size."""
