"""What may be asked of imports, and of where pages come from."""
