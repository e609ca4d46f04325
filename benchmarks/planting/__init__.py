"""What the test of planted mistakes is made of: values, the articles that they come from, and the mistakes."""
