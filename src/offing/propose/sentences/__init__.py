"""Which sentences carry the news, and who does what in them."""
