"""One edition in work: what its steps share, and what becomes of the files."""
