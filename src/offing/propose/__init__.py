"""propose: from an article and its mentions to proposals, each field with its quote. Pure."""
