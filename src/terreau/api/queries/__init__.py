"""What the interface and the feeds read."""
