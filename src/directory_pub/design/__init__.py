"""The grid, the faces, the inks and the text styles."""
