"""What is said, what tests it, what would refute it: one module a chapter, thirty claims in all."""
