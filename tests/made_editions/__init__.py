"""Editions with many entries, made up for the tests: who writes them writes the same every time."""
