"""Languages: the current translation, and marked texts of TOML files."""
