"""A dossier: the part of the handbook that a council decides on, as a document of its own.

``choose`` turns what somebody asks for into units, ``make_dossier`` puts the book together that the PDF is made of.
"""

from handbook.dossier.book import make_dossier
from handbook.dossier.selection import Request, Selection, SelectionError, choose

__all__ = ["Request", "Selection", "SelectionError", "choose", "make_dossier"]
