"""Training data: sets of annotated texts, and readers for them."""
