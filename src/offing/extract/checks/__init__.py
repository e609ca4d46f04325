"""Whether a text is a whole article, and why a page holds none."""
