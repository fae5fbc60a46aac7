"""Experiments of the page "How we test"."""
