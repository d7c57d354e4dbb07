"""directory_pub: a printed directory and its email edition from one content folder."""

__version__ = "0.1.0"
