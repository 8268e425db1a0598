"""Tests of the rules of time and of records."""
