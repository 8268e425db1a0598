"""Benchmarks: how fast policytool is, against what a competent engineer gets from the same libraries."""
