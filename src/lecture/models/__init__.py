"""Networks whose layers carry a leading replica axis."""
