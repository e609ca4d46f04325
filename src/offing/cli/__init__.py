"""cli: click; one short file per command group; no logic."""
