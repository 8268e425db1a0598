"""Policies, records, day -> the register, and what is wrong with the records."""
