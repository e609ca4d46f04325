"""Later news of known projects, recalled by similarity of meaning."""
