"""Plain data in, plain data out: who speaks for a structure, and how fresh a page is."""
