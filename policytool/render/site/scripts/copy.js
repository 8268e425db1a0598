"use strict";
// A button beside what somebody may want to type elsewhere: it copies the words. Without this they can be marked and copied.
{
  // Where the page is not served safely a browser has no clipboard for scripts: the words are marked instead.
  const mark = (element) => {
    const range = document.createRange();
    range.selectNodeContents(element);
    const selection = getSelection();
    selection.removeAllRanges();
    selection.addRange(range);
    return document.execCommand("copy");
  };

  const copy = async (element) => {
    try {
      await navigator.clipboard.writeText(element.textContent.trim());
      return true;
    } catch {
      return mark(element);
    }
  };

  for (const element of document.querySelectorAll("[data-copy]")) {
    const row = document.createElement("p");
    const button = document.createElement("button");
    const status = document.createElement("span");
    row.className = "copying";
    button.type = "button";
    button.textContent = `Copy the ${element.dataset.copy}`;
    status.setAttribute("role", "status");
    button.addEventListener("click", async () => {
      status.textContent = "";
      const done = await copy(element);
      status.textContent = done ? "Copied" : "It is marked: copy it with the keys of your device";
    });
    row.append(button, " ", status);
    element.after(row);
  }
}
