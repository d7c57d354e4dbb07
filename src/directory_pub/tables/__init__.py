"""Tables as people keep them (CSV, XLSX, ODS): every row as a reader sees it, and what nobody can know of its cells."""
