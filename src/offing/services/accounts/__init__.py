"""Who may log in, and their sessions."""
