"use strict";
// The register: says how each policy stands today, and finds, sifts and sorts. What is chosen stands in the address of
// the page, so that a link may lead to all that is overdue. Without it the page is a table of dates.
{
  const { state, states, today } = window.policytool;
  const WITHDRAWN = { key: "withdrawn", sign: "×", words: "withdrawn" };
  const ALL = [states.overdue, states.never, states.due, states.soon, states.current, WITHDRAWN];
  const one = (id) => document.getElementById(id);
  const count = (number, word, words) => `${number.toLocaleString("en-GB")} ${number === 1 ? word : words}`;
  const made = (name, attributes, ...inside) => {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    element.append(...inside);
    return element;
  };
  // Letters without case, accents and the shapes of quotes, so that what is typed on any keyboard is found.
  const folded = (words) =>
    words.normalize("NFKD").replace(/\p{M}/gu, "").replace(/[‘’]/g, "'").replace(/[“”]/g, '"').toLowerCase();

  // --- the rows

  const [main, gone] = document.querySelectorAll(".policies tbody");
  const marks = new Map(ALL.map(({ key, sign, words }) => [
    key,
    made("td", { role: "cell", class: "stands" },
      made("span", { class: `state ${key}` }, made("span", { class: "sign", "aria-hidden": "true" }, sign), ` ${words}`)),
  ]));
  const nothing = made("td", { role: "cell", class: "stands" }, "–");

  const standing = (element, reviews) => {
    if (element.dataset.withdrawn <= today) return WITHDRAWN;
    const found = new Set(reviews.map(state));
    return ALL.find((each) => found.has(each));
  };

  const row = (element, place) => {
    const [head, next, , owner, audience] = element.cells;
    const reviews = [...next.getElementsByClassName("review")];
    const found = standing(element, reviews);
    head.after(found ? marks.get(found.key).cloneNode(true) : nothing.cloneNode(true));
    element.classList.toggle("gone", found === WITHDRAWN);
    const days = reviews.map((review) => review.dataset.due ?? "").sort();
    return {
      element,
      state: found?.key,
      place: "before" in element.dataset ? element.dataset.before - 0.5 : place,
      next: found === WITHDRAWN ? "" : days[0] ?? "9999-99",
      owner: owner.textContent,
      audience: new Set(Array.from(audience.querySelectorAll("span"), (each) => each.textContent)),
      words: folded(`${head.firstChild.textContent} ${owner.textContent} ${element.dataset.policy}`),
      isShown: true,
    };
  };

  const rows = Array.from(main?.rows ?? [], row);
  const withdrawn = Array.from(gone?.rows ?? [], row);
  const tables = [{ body: main, rows }, { body: gone, rows: withdrawn }].filter(({ body }) => body);

  // What will be withdrawn only later is in force today.
  for (const each of withdrawn.filter((found) => found.state !== "withdrawn")) {
    withdrawn.splice(withdrawn.indexOf(each), 1);
    rows.push(each);
  }
  rows.sort((a, b) => a.place - b.place);
  const all = [...rows, ...withdrawn];

  // --- what is chosen

  const [filter, owner, audience] = [one("_filter"), one("_owner"), one("_audience")];
  const chosen = new Set();
  let order = "title";

  const read = () => {
    const asked = new URLSearchParams(location.search);
    filter.value = asked.get("q") ?? "";
    owner.value = asked.get("owner") ?? "";
    audience.value = asked.get("audience") ?? "";
    if (owner.selectedIndex < 0) owner.value = "";
    if (audience.selectedIndex < 0) audience.value = "";
    chosen.clear();
    for (const key of (asked.get("state") ?? "").split(",")) if (chips.has(key)) chosen.add(key);
    order = ["title-down", "next", "next-down"].find((each) => each === asked.get("sort")) ?? "title";
  };

  let waiting;
  const written = () => {
    const asked = new URLSearchParams(Object.entries({
      q: filter.value.trim(), state: [...chosen].join(), owner: owner.value, audience: audience.value,
      sort: order === "title" ? "" : order,
    }).filter(([, value]) => value));
    const query = String(asked).replaceAll("%2C", ",");
    history.replaceState(null, "", location.pathname + (query && `?${query}`) + location.hash);
  };

  // --- what is shown

  const chips = new Map(ALL.filter(({ key }) => all.some((each) => each.state === key)).map(({ key, sign, words }) => {
    const number = made("b", {});
    const button = made("button", { type: "button", class: `state ${key}` },
      made("span", { class: "sign", "aria-hidden": "true" }, sign), made("span", {}, words), number);
    button.addEventListener("click", () => {
      if (!chosen.delete(key)) chosen.add(key);
      changed();
    });
    return [key, { button, number }];
  }));

  const show = () => {
    const words = folded(filter.value).split(/\s+/).filter(Boolean);
    const found = new Map();
    let shown = 0;
    for (const each of all) {
      const fits = (!owner.value || each.owner === owner.value) && (!audience.value || each.audience.has(audience.value))
        && words.every((word) => each.words.includes(word));
      if (fits) found.set(each.state, (found.get(each.state) ?? 0) + 1);
      const isShown = fits && (!chosen.size || chosen.has(each.state));
      if (isShown !== each.isShown) each.element.hidden = !isShown;
      each.isShown = isShown;
      shown += isShown;
    }
    for (const [key, { button, number }] of chips) {
      number.textContent = (found.get(key) ?? 0).toLocaleString("en-GB");
      button.setAttribute("aria-pressed", chosen.has(key));
    }
    for (const { body, rows } of tables) (body.closest("section") ?? body.parentElement).hidden = !rows.some((each) => each.isShown);
    one("_none").hidden = shown > 0;
    one("_count").textContent = shown === all.length
      ? count(shown, "policy", "policies") : `${shown.toLocaleString("en-GB")} of ${count(all.length, "policy", "policies")}`;
  };

  const sort = () => {
    const [key, down] = order.split("-");
    const sign = down ? -1 : 1;
    const by = key === "title" ? () => 0 : (a, b) => (a.next < b.next ? -1 : a.next > b.next ? 1 : 0);
    for (const { body, rows } of tables) {
      rows.sort((a, b) => sign * (by(a, b) || a.place - b.place));
      if (rows.some((each, place) => each.element !== body.rows[place])) body.append(...rows.map((each) => each.element));
    }
    for (const head of document.querySelectorAll("[data-sort]")) {
      if (head.dataset.sort === key) head.setAttribute("aria-sort", down ? "descending" : "ascending");
      else head.removeAttribute("aria-sort");
    }
  };

  const changed = () => {
    show();
    clearTimeout(waiting);
    waiting = setTimeout(written, 150);
  };

  // --- the page

  const begin = () => {
    for (const table of document.getElementsByClassName("policies")) {
      table.classList.add("told");
      table.querySelector("th").after(made("th", { role: "columnheader", scope: "col" }, "State"));
    }
    for (const head of document.querySelectorAll(".register > .policies [data-sort]")) {
      head.dataset.words = head.textContent; // for paper, on which no button is
      const button = made("button", { type: "button" }, ...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => {
        order = order === head.dataset.sort ? `${order}-down` : head.dataset.sort;
        sort();
        changed();
      });
    }
    one("_states").append(...Array.from(chips.values(), ({ button }) => made("li", {}, button)));
    one("_day").textContent = `as on ${new Date().toLocaleDateString("en-GB", { dateStyle: "long" })}`;
    for (const each of [filter, owner, audience]) each.addEventListener("input", changed);
    one("_clear").addEventListener("click", () => {
      filter.value = owner.value = audience.value = "";
      chosen.clear();
      changed();
      filter.focus();
    });
    addEventListener("pagehide", () => waiting && written());
    one("_tools").hidden = false;
    read();
    sort();
    show();
  };
  if (one("_tools")) begin();
}
