"""Experiments of the chapter 'gradient vanishing'."""
