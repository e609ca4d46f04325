"""Training of the reader: one encoder over whole articles, fine-tuned to tag and classify the projects they report."""
