"""Values -> what is written: one module a language. None of them reads a file or asks the clock."""
