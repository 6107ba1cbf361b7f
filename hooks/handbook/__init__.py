"""The core of the Nordic AI handbook: data, references, checks, PDF, command line.

A plain package that imports no site generator; ``hooks/site.py`` is the only file
that does.
"""

__version__ = "2026.11"
