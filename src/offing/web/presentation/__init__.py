"""What templates show: fields, quotes, charts, marks."""
