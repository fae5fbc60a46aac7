"""Numbers from published sources: small tables, each row with the key of its source in ``book/references.bib``."""
