"""What a run is built on: its context, its workers, patience with trouble, the lock, politeness towards hosts."""
