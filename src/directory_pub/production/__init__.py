"""One edition in work: what the steps share, and how files are finished, checked and delivered."""
