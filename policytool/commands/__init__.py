"""The doors: one module a command. They read options, call the pipeline, and print."""
