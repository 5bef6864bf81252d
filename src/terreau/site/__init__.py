"""Home pages, layout, catalogue, error pages."""
