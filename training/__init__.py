"""Everything that is learned: data, the steps that learn from them, and what was measured (README.md)."""
