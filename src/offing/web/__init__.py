"""web: FastAPI and Jinja2; reads and decisions only."""
