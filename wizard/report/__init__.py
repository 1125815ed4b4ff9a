"""Reports of a check: one HTML file, Markdown, JSON or JUnit, and what changed since an earlier one."""
