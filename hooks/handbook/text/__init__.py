"""The handbook's Markdown: references, citations, unit headings and generated blocks as Markdown extensions."""
