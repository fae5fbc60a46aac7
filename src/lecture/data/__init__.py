"""Data sets: generated, shipped with packages, or downloaded and verified."""
