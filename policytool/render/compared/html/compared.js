"use strict";
// From change to change, by buttons and by the keys n and p. Without this the page can be read all the same.
{
  const changes = [...document.querySelectorAll(".change:not(.along)")];
  const status = document.getElementById("_status");
  const keys = document.getElementById("_keys");
  let current = null;

  const isShown = (change) => change.getClientRects().length > 0;
  const say = (words) => { status.textContent = words; };
  const count = (number) => `${number} ${number === 1 ? "change" : "changes"}`;

  // Where the reader is: the change with the focus, else the last one visited, else the place on the screen.
  const here = (shown, step) => {
    const index = shown.indexOf(document.activeElement.closest(".change") || current);
    if (index >= 0) return index + step;
    const below = shown.findIndex((change) => change.getBoundingClientRect().top > 0);
    return step > 0 ? (below < 0 ? shown.length : below) : (below < 0 ? shown.length : below) - 1;
  };

  const go = (step) => {
    const shown = changes.filter(isShown);
    const index = here(shown, step);
    if (!shown.length) return say("No change is shown");
    if (index < 0) return say("This is the first change");
    if (index >= shown.length) return say("This is the last change");
    current = shown[index];
    current.focus({ preventScroll: true });
    current.scrollIntoView({ block: "start" });
    say(`Change ${index + 1} of ${shown.length}`);
  };

  document.getElementById("_next").addEventListener("click", () => go(1));
  document.getElementById("_previous").addEventListener("click", () => go(-1));
  document.addEventListener("keydown", (event) => {
    if (!keys.checked || event.ctrlKey || event.altKey || event.metaKey || event.repeat) return;
    if (event.key === "n") go(1);
    if (event.key === "p") go(-1);
  });

  document.getElementById("_unchanged").addEventListener("change", (event) => {
    for (const fold of document.querySelectorAll(".fold")) fold.open = event.target.checked;
  });
  for (const box of document.querySelectorAll("[id^='_show-'], #_substance")) {
    box.addEventListener("change", () => {
      const number = changes.filter(isShown).length;
      say(number === changes.length ? count(number) : `${number} of ${count(changes.length)}`);
    });
  }
  for (const part of document.querySelectorAll(".scripted")) part.hidden = false;
}
