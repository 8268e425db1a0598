"use strict";
// How a review stands today: from the days on which each state begins, written in the page, and the reader's own day.
{
  const two = (number) => String(number).padStart(2, "0");
  const day = (now) =>
    `${String(now.getFullYear()).padStart(4, "0")}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
  const today = day(new Date());
  const states = {
    overdue: { key: "overdue", sign: "▲", words: "overdue" },
    never: { key: "never", sign: "△", words: "never reviewed" },
    due: { key: "due", sign: "●", words: "due" },
    soon: { key: "soon", sign: "◐", words: "due soon" },
    current: { key: "current", sign: "○", words: "current" },
  };

  // The state that an element's data-soon, data-due and data-overdue tell; days of four-figure years sort as words.
  const state = (element) => {
    const begins = element.dataset;
    if (!begins.due) return states.never;
    if (begins.overdue <= today) return states.overdue;
    if (begins.due <= today) return states.due;
    return begins.soon <= today ? states.soon : states.current;
  };

  // A page that was left open overnight, or comes back out of the browser's memory, is shown afresh.
  const again = () => {
    if (document.visibilityState === "visible" && day(new Date()) !== today) location.reload();
  };
  addEventListener("pageshow", again);
  document.addEventListener("visibilitychange", again);

  window.policytool = { ...window.policytool, state, states, today };
}
