"""Running a site: runs, problems, figures, users."""
