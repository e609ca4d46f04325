"""extract: from a page to an article. Pure; runs in a worker process."""
