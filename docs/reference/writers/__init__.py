"""One module for each reference page: `page()` returns its Markdown."""
