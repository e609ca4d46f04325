"""Projects of other bases and names of known projects: importing, dropping, and searching earlier articles for them."""
