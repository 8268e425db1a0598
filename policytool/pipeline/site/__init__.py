"""A repository -> the site of its policies: written whole, brought up to date, or made page by page."""
