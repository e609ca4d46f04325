"""The parts of the planted-mistakes test: values, their articles, and the mistakes."""
