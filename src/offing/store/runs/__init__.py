"""Due work, runs, and items set aside."""
