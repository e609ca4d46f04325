"""Every request and log-in: headers and limits of answers, and logging in and out."""
