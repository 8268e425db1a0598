"""Policies as structured text: checked, built, compared and reviewed."""

__version__ = "0.1.0"
