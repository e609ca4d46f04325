"""Recognition and proposal combined, applied to articles, with recall of known projects."""
