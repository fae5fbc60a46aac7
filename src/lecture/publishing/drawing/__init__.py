"""From matplotlib's figures and from measurements to drawings that belong to the page."""
