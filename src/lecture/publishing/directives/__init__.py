"""What an author writes on a page beyond MyST: claim cards, figures, numbers, the ledger."""
