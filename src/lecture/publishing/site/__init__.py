"""What a site has beyond its pages' text: its style sheet and script, its search, its head and its address."""
