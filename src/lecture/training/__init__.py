"""Training many replicas as one program."""
