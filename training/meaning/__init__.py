"""Embeddings of texts: `config/models/meaning.npz`."""
