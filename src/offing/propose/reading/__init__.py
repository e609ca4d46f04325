"""An article as read: its layout, lines, tense, quotes, and the weight of each mention by its position."""
