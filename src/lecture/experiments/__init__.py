"""What is computed: one experiment a module, one folder a chapter."""
