"""Read API and its OpenAPI description."""
