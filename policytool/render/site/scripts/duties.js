"use strict";
// Which duties are shown: by words, and by how strong they are. Without this all are.
{
  const tools = document.querySelector(".sift");
  const words = document.getElementById("_words");
  const boxes = [...document.querySelectorAll("[data-shows]")];
  const shares = [...document.querySelectorAll(".share")].map((share) => ({
    share,
    title: share.querySelector("summary").textContent.toLowerCase(),
    lines: [...share.querySelectorAll("li")].map((line) => ({ line, kind: line.className, text: "" })),
  }));
  const all = shares.reduce((sum, one) => sum + one.lines.length, 0);
  const many = 300;
  const folded = all > many;
  let unfolded = false;

  // Where policies are folded because there are so many duties, those with the few that are left are unfolded.
  const fold = (number, were) => {
    const few = folded && number <= many;
    shares.forEach(({ share }, place) => {
      if (few && !share.hidden && (were[place] || !unfolded)) share.open = true;
      if (!few && unfolded) share.open = false;
    });
    unfolded = few;
  };

  // What a line says is asked for when somebody first types.
  const read = () => {
    for (const { lines } of shares) for (const one of lines) one.text ||= one.line.textContent.toLowerCase();
  };

  const sift = () => {
    const wanted = words.value.toLowerCase().split(/\s+/).filter(Boolean);
    const kinds = new Set(boxes.filter((box) => box.checked).map((box) => box.dataset.shows));
    if (wanted.length) read();
    const were = shares.map(({ share }) => share.hidden);
    let number = 0;
    for (const { share, title, lines } of shares) {
      let shown = 0;
      for (const { line, kind, text } of lines) {
        const is = kinds.has(kind) && wanted.every((word) => text.includes(word) || title.includes(word));
        if (line.hidden === is) line.hidden = !is;
        if (is) shown += 1;
      }
      share.hidden = !shown;
      number += shown;
    }
    fold(number, were);
    tools.querySelector(".found").textContent =
      number === all ? "" : number ? `${number} of ${all} ${all === 1 ? "duty" : "duties"}` : "No duty is like that";
  };

  if (tools) {
    words.addEventListener("input", sift);
    for (const box of boxes) box.addEventListener("change", sift);
    tools.hidden = false;
    sift();
  }
}
