"""Data for pages, programs and sheets: candidates, lists to choose from, updates beside what they update."""
