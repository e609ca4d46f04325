"""recognize: from an article to its mentions. Pure; runs in a worker process."""
