"""What `check` looks for beyond single lines and entries: links between pages, files, templates, coverage."""
