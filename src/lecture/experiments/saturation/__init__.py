"""Experiments of the chapter 'saturation'."""
