"""Duties -> text, CSV, JSON, and a paper."""
