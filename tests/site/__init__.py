"""The site as a whole: made by the command, read by parsers and checkers, and browsed as people do."""
