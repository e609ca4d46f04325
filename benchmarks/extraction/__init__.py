"""What the comparison of extraction is made of: pages, measure, peers, and the fit of the weights."""
