"""Where files are read, written and kept."""
