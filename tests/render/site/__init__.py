"""The pages of the site, each made of values."""
