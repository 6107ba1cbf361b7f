"""Search: what the browser needs to find units, made at build from the rendered text."""
