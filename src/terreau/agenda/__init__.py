"""Events and what came out of them."""
