"""PDF objects as bytes."""
