"""The nouns: frozen values that every other room speaks in, and that import nothing but one another."""
