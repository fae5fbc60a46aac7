"""The Sphinx extension: numbers, verdicts, claim cards and figures on the pages, all read from records at build time."""
