"""The register of reviews for people and for programs: one module a language, all with the words of `words`."""
