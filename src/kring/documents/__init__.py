"""Values in; pages, pictures and PDF out. No database: the web and the command draw the same report."""
