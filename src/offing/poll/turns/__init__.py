"""What one poll changes: outcome, next turn, alarms."""
