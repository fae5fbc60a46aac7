"""What the explorables of the pages show: the controls and the records of each."""
