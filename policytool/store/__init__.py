"""Disk and git: the only room that touches files."""
