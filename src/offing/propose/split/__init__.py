"""Where an article turns from one project to another."""
