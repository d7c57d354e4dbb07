"""What a directory is made of, and who prints it."""
