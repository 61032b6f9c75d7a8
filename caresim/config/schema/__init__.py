"""The sections of a config: frozen pydantic models, one for each mapping that a user may write."""
