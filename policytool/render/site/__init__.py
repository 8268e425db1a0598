"""A site: pages for the register, policies, versions, comparisons, duties and the calendar; search and data."""
