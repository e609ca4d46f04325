"""What sentences, their pieces and mentions mean: `config/models/meaning.npz`."""
