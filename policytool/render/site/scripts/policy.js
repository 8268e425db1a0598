"use strict";
// A policy's page: states of today, the section that is read, links to copy, what is cited. All can be read without.
{
  const article = document.querySelector(".policy");
  const text = document.getElementById("_text");
  const at = (id) => document.getElementById(id);
  const made = (tag, words = "", name = "") => {
    const element = document.createElement(tag);
    element.textContent = words;
    if (name) element.className = name;
    return element;
  };
  const aimed = (link) => {
    const [, hash] = link.getAttribute("href").split("#");
    try { return at(decodeURIComponent(hash)); } catch { return null; }
  };

  // States

  for (const mark of article.querySelectorAll(".state")) {
    const { key, sign, words } = window.policytool.state(mark);
    const shape = made("span", sign, "sign");
    shape.setAttribute("aria-hidden", "true");
    mark.classList.add(key);
    mark.append(shape, " ", words);
  }

  const print = at("_print");
  print.parentElement.hidden = false;
  print.addEventListener("click", () => window.print());

  // The contents tell where the reader is

  const lines = new Map();
  for (const link of document.querySelectorAll("#_contents a")) {
    const section = aimed(link)?.closest("section");
    if (section) lines.set(section, link);
  }
  const seen = new Set();
  let atEnd = false;
  // The section a fifth down the window; at the end of the page, where the last ones never come so high, the one that
  // was asked for, or else the last.
  const here = () => {
    if (!atEnd) return [...lines.keys()].filter((section) => seen.has(section)).pop();
    const asked = [...lines].find(([, link]) => link.hash === location.hash);
    const isShown = asked && asked[0].getBoundingClientRect().top < window.innerHeight && asked[0].getBoundingClientRect().bottom > 0;
    return isShown ? asked[0] : [...lines.keys()].pop();
  };
  const follow = () => {
    const current = here();
    for (const [section, link] of lines) {
      if (section !== current) link.removeAttribute("aria-current");
      else if (!link.hasAttribute("aria-current")) {
        link.setAttribute("aria-current", "location");
        const list = at("_contents");
        const place = link.offsetTop - list.clientHeight / 2;
        if (list.scrollHeight > list.clientHeight) list.scrollTop = place;
      }
    }
  };
  const watch = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) seen[isIntersecting ? "add" : "delete"](target);
    follow();
  }, { rootMargin: "-12% 0px -80% 0px" });
  for (const section of lines.keys()) watch.observe(section);
  new IntersectionObserver(([{ isIntersecting }]) => {
    atEnd = isIntersecting;
    follow();
  }).observe(document.querySelector(".foot"));
  window.addEventListener("hashchange", follow);

  // What a place is called: "clause 4.2(b)(ii)", "section 5", "appendix A", "footnote 2"

  const number = (block) => block.querySelector(":scope > .number, :scope > p > .number")?.textContent.trim() || "";
  const called = (block) => {
    const list = block.parentElement;
    const mark = number(block);
    if (list.matches(".notes")) return `footnote ${mark}`;
    if (/^H\d$/.test(block.tagName)) return block.matches(".appendix") ? mark.toLowerCase().replace(/\S+$/, (one) => one.toUpperCase()) : mark ? `section ${mark}` : "";
    if (list.matches(".clauses")) return `clause ${mark}`;
    if (!list.matches(".items")) return "";
    return `${holder(list) || "item "}${mark}`;
  };
  // What an item stands in: the clause or item round it, else the nearest numbered heading above.
  const holder = (list) => {
    const entry = list.parentElement.closest("li");
    if (entry) return entry.closest(".items, .clauses") ? called(entry) || holder(entry.parentElement) : holder(entry.parentElement);
    for (let section = list.closest("section"); section && text.contains(section); section = section.parentElement.closest("section")) {
      const words = called(section.firstElementChild);
      if (words) return words;
    }
    return "";
  };

  window.policytool = { ...window.policytool, called };

  // Beside a block: what is wrong in it, and how often it is cited elsewhere

  const first = (block) => (block.matches("li") ? block.querySelector(":scope > p") : block);
  for (const mistake of document.querySelectorAll(".mistakes [data-anchor]")) {
    const block = at(mistake.dataset.anchor);
    if (!block || !text.contains(block)) continue;
    const beside = made("div", "", mistake.className);
    beside.append(...[...mistake.children].map((part) => part.cloneNode(true)));
    first(block).after(beside);
  }
  const cited = new Map();
  for (const { dataset } of document.querySelectorAll("[data-cites]")) {
    cited.set(dataset.cites, (cited.get(dataset.cites) || 0) + 1);
  }
  for (const [id, count] of cited) {
    const block = at(id);
    if (!block || !text.contains(block) || !first(block).matches("p, h2, h3, h4, h5, h6")) continue;
    const link = made("a", `cited by ${count}`, "cited-mark");
    link.href = "#_cited";
    first(block).append(" ", link);
  }

  // Copying

  const said = made("p", "", "heard");
  said.setAttribute("role", "status");
  document.body.append(said);

  const bar = made("span", "", "clip");
  const field = made("input");
  field.readOnly = true;
  field.hidden = true;
  field.setAttribute("aria-label", "To be copied");
  const address = (block) => {
    const whole = new URL(article.dataset.address || location.href, document.baseURI);
    whole.hash = block.id;
    return whole.href;
  };
  const citation = (block) =>
    [article.dataset.title, called(block), article.dataset.told].filter(Boolean).join(", ") + `. ${address(block)}`;

  // By the old way where the new one is not there: it works without a secure connection.
  const copiedByHand = (words) => {
    field.hidden = false;
    field.value = words;
    field.focus();
    field.select();
    return document.execCommand("copy");
  };
  const copied = async (words) => {
    try {
      await navigator.clipboard.writeText(words);
      return true;
    } catch {
      return copiedByHand(words);
    }
  };
  const copier = (label, words, done) => {
    const button = made("button", label);
    button.type = "button";
    button.addEventListener("click", async () => {
      const success = await copied(words(bar.closest("[id]")));
      if (success) {
        field.hidden = true;
        button.focus({ preventScroll: true });
        button.textContent = "Copied";
        setTimeout(() => { button.textContent = label; }, 2000);
      }
      said.textContent = "";
      setTimeout(() => { said.textContent = success ? done : "Press Ctrl and C to copy what is selected"; }, 50);
    });
    return button;
  };
  const buttons = [copier("Copy link", address, "Link copied"), copier("Copy citation", citation, "Citation copied")];
  bar.append(...buttons, field);

  // The buttons stand after the number of the clause that the pointer or the focus is in, and stay while one of them has
  // the focus. Where there is no margin for them they would cover words, and must be asked for: by the number.
  const margin = window.matchMedia("(min-width: 72rem)");
  const blockOf = (target) => target.closest?.(".text li[id], .text :is(h2, h3, h4, h5, h6)[id]");
  const isHeld = () => bar.contains(document.activeElement);
  const offer = (block) => {
    if (!number(block) || block.matches(".notes > li") || bar.closest("[id]") === block || isHeld()) return;
    const place = called(block);
    buttons[0].setAttribute("aria-label", `Copy link to ${place}`);
    buttons[1].setAttribute("aria-label", `Copy citation of ${place}`);
    field.hidden = true;
    block.querySelector(":scope > .number, :scope > p > .number").after(bar);
  };
  let isAsked = false; // by a press on a number, until the next press elsewhere: to follow its link takes the focus away
  const entered = ({ target, pointerType }) => {
    const block = blockOf(target);
    if (pointerType === "touch" || !block) return;
    if (margin.matches) offer(block);
    else if (isAsked || isHeld()) return;
    else if (target.closest(".number")) offer(block);
    else if (bar.closest("[id]") !== block) bar.remove();
  };
  const focused = ({ target }) => {
    const block = blockOf(target);
    if (block && (margin.matches || target.closest(".number"))) offer(block);
  };
  text.addEventListener("pointerover", entered);
  text.addEventListener("focusin", focused);
  text.addEventListener("click", ({ target }) => {
    if (bar.contains(target)) return;
    isAsked = Boolean(target.closest(".number a"));
    if (isAsked) offer(blockOf(target));
  });
  text.addEventListener("pointerleave", () => { if (!isAsked && !text.contains(document.activeElement)) bar.remove(); });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !bar.isConnected) return;
    const link = bar.previousElementSibling?.querySelector("a");
    if (bar.contains(document.activeElement)) link?.focus({ preventScroll: true });
    bar.remove();
  });
}
