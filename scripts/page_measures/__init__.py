"""Measure the typography of a finished PDF from the file alone."""
