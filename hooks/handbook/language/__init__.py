"""Checks of the languages themselves: spelling, terms, text left in another language."""
