"""Pipeline runs: the runner, and one module for each verb."""
