"""Claims of the chapter 'saturation'."""
