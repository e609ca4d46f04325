"""From feed to article: what comes in, and the rules by which publishers are asked."""
