"""steps: where a stage meets store and net. One file per verb, plus the runner."""
