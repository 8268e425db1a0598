"use strict";
// Only where the site is live: told that a file has changed, it asks whether this page has, and shows it again if so.
{
  const [arrival] = performance.getEntriesByType("navigation");
  let shown = arrival?.serverTiming?.find((one) => one.name === "page")?.description;
  let stream = null;

  const look = async () => {
    try {
      const answer = await fetch(location.href, { method: "HEAD" });
      const mark = answer.headers.get("ETag")?.replaceAll('"', "");
      shown ??= mark;
      if (mark !== shown) location.reload();
    } catch {
      // Nobody serves the page now: the stream comes back when somebody does.
    }
  };

  const listen = () => {
    stream?.close();
    stream = new EventSource("/_changes");
    stream.addEventListener("open", look);
    stream.addEventListener("changed", look);
    stream.addEventListener("error", () => {
      if (stream.readyState === EventSource.CLOSED) setTimeout(listen, 1000);
    });
  };

  // A browser keeps six connections to a server: pages that nobody sees leave theirs to others.
  const attend = () => {
    if (document.visibilityState === "visible") listen();
    else stream?.close();
  };

  document.addEventListener("visibilitychange", attend);
  attend();
}
