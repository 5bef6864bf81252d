"""Plain data in, plain data out: official codes, shapes, projection, the map. No Django."""
