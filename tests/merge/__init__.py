"""Tests of `policytool.merge`."""
