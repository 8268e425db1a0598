"use strict";
// Only where the site is live: it is told when a file has changed, and shows the page again.
new EventSource("/_changes").addEventListener("changed", () => location.reload());
