"use strict";
// What a cross-reference cites, shown beside it while the pointer or the focus is on it. Without this a link is a link.
{
  const text = document.getElementById("_text");
  const soon = 250; // milliseconds: a pointer that only passes over a link opens nothing
  const grace = 200; // for the way from the link to the card
  const most = 280; // letters of what is cited
  const room = 8; // pixels between the card and the edges of the window

  const card = document.createElement("div");
  card.className = "preview";
  card.id = "_preview";
  card.setAttribute("role", "tooltip");
  const title = card.appendChild(document.createElement("p"));
  const words = card.appendChild(document.createElement("p"));
  const others = new Map();
  for (const one of document.querySelectorAll("#_previews > div")) {
    others.set(one.dataset.href, [...one.children].map((part) => part.textContent));
  }

  let shown = null;
  let timer = 0;
  let byTouch = false;

  // The words of a block, without its number and what scripts have added.
  const plain = (block) => {
    const copy = block.cloneNode(true);
    for (const part of copy.querySelectorAll(".number, .clip, .cited-mark")) part.remove();
    return copy.textContent.trim().replace(/\s+/g, " ");
  };
  // A place on this page: what it is called, and its words; of a section, its title and what it begins with.
  const own = (link) => {
    let block = null;
    try { block = document.getElementById(decodeURIComponent(link.hash.slice(1))); } catch { return null; }
    if (!block || !text.contains(block)) return null;
    const name = window.policytool.called(block);
    if (!/^H\d$/.test(block.tagName)) return [name, plain(block.matches("li") ? block.querySelector(":scope > p") : block)];
    const below = block.parentElement.querySelector(":scope > p, :scope > :is(ol, ul) > li > p");
    return [[name, plain(block)].filter(Boolean).join(": "), below ? plain(below) : ""];
  };
  const preview = (link) => {
    const href = link.getAttribute("href");
    return others.get(href) || (href.startsWith("#") ? own(link) : null);
  };
  const cut = (said) => (said.length > most ? `${said.slice(0, said.lastIndexOf(" ", most)) || said.slice(0, most)} …` : said);

  const hide = () => {
    clearTimeout(timer);
    if (!shown) return;
    shown.removeAttribute("aria-describedby");
    shown = null;
    card.remove();
  };

  // Below the link or above it, wherever there is more room; never over it, never beyond the window.
  const place = (link) => {
    const { left, top, bottom } = link.getBoundingClientRect();
    const wide = document.documentElement.clientWidth;
    const below = window.innerHeight - bottom - 2 * room;
    const above = top - 2 * room;
    card.style.maxHeight = "none";
    const under = card.offsetHeight <= below || below >= above;
    card.style.maxHeight = `${Math.max(under ? below : above, 60)}px`;
    const start = Math.max(room, Math.min(left, wide - card.offsetWidth - room));
    const high = under ? bottom + room / 2 : top - room / 2 - card.offsetHeight;
    card.style.left = `${start + window.scrollX}px`;
    card.style.top = `${high + window.scrollY}px`;
  };

  const show = (link) => {
    hide();
    const found = preview(link);
    if (!found) return;
    const [name, said] = found;
    if (!said && (!name || name === link.textContent.trim())) return; // it would say nothing new
    title.textContent = name.charAt(0).toUpperCase() + name.slice(1);
    title.hidden = !name;
    words.textContent = cut(said);
    words.hidden = !said;
    document.body.append(card);
    shown = link;
    link.setAttribute("aria-describedby", card.id);
    place(link);
  };
  const later = (does, wait) => {
    clearTimeout(timer);
    timer = setTimeout(does, wait);
  };
  const cross = (target) => target.closest?.("a[href]:not(.number a, .back, .cited-mark)");

  text.addEventListener("pointerover", (event) => {
    const link = cross(event.target);
    if (!link || event.pointerType === "touch") return;
    if (link === shown) clearTimeout(timer);
    else later(() => show(link), soon);
  });
  text.addEventListener("pointerout", (event) => {
    if (cross(event.target) && event.pointerType !== "touch") later(hide, grace);
  });
  card.addEventListener("pointerenter", () => clearTimeout(timer));
  card.addEventListener("pointerleave", () => later(hide, grace));
  document.addEventListener("pointerdown", (event) => {
    byTouch = event.pointerType === "touch";
    if (!card.contains(event.target)) hide();
  });
  document.addEventListener("keydown", (event) => {
    byTouch = false;
    if (event.key === "Escape") hide();
  });
  text.addEventListener("focusin", (event) => {
    const link = cross(event.target);
    if (link && !byTouch && link.matches(":focus-visible")) show(link);
  });
  text.addEventListener("focusout", (event) => { if (cross(event.target) === shown) hide(); });
}
