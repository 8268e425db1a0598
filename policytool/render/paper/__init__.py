"""A paper -> Word, PDF and HTML, with the same words in each."""
