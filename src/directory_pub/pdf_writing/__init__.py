"""Write PDF objects as bytes."""
