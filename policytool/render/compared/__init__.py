"""Comparison -> what governors read: text, JSON, an HTML page, a PDF.

Each format is a module of its own, imported when it is asked for. What is said is in `words`, the same for all.
"""
