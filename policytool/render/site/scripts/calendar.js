"use strict";
// How each review stands today, and what is over. Without this there are days, and no state.
{
  const { state, states, today } = window.policytool;
  const found = new Map();
  const add = (key, number) => { if (number) found.set(key, (found.get(key) || 0) + number); };

  // Once a policy is withdrawn nobody reviews it.
  for (const review of document.querySelectorAll(".review[data-withdrawn]")) {
    if (review.dataset.withdrawn <= today) review.remove();
  }
  for (const review of document.querySelectorAll(".review[data-due]")) {
    const { key, sign, words } = state(review);
    const place = review.querySelector(".state");
    const mark = document.createElement("span");
    mark.className = "sign";
    mark.setAttribute("aria-hidden", "true");
    mark.textContent = sign;
    place.classList.add(key);
    place.append(mark, ` ${words}`);
    place.hidden = false;
    add(key, 1);
  }
  add("never", document.querySelectorAll(".unheld .review").length);

  for (const meeting of document.querySelectorAll(".meeting")) meeting.classList.toggle("over", meeting.dataset.day < today);
  // A review stays in its month until it is held: a month that is over is folded away only where none waits in it.
  for (const month of document.querySelectorAll(".month")) {
    const over = month.dataset.last < today && !month.querySelector(".review");
    month.classList.toggle("over", over);
    if (over) month.open = false;
  }

  const told = ["overdue", "never", "due", "soon"].filter((key) => found.has(key));
  const standing = document.querySelector(".today");
  standing.textContent = told.length
    ? `Today: ${told.map((key) => `${found.get(key)} ${states[key].words}`).join(", ")}.`
    : "Today no review is due.";
  standing.hidden = false;
}
