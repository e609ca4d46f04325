"""What is read in an article: mentions, evidence, and the rules and models by which it is read."""
