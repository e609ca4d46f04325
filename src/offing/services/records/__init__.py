"""Project records: promoted, composed from people's decisions, merged, published."""
