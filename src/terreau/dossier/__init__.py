"""A territory to and from a folder of files."""
