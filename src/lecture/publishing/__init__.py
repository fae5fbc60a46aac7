"""The Sphinx extension: numbers, verdicts, claim cards and figures, all read from records when the book is built."""
