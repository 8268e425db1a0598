"""Text -> values: one module a language read. Every mistake is a diagnostic, and reading goes on after it."""
