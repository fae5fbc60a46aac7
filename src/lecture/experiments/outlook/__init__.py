"""Experiments of the outlook."""
