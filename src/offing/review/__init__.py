"""review: from a candidate and a person's verdict to a decision; the order of the queue. Pure."""
