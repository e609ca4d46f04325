"""Users, their sessions, and the activity log."""
