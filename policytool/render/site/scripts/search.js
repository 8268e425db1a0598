"use strict";
// The search over all clauses. Two levels: the index leads from words to policies, in shards by the first letters; the
// texts of the policies that rank best are then searched for passages. Data come as classic scripts that call
// policySearch, because a page opened from the disk may fetch nothing else. Needs words.js.
{
  const AT_ONCE = 10;
  const MOST_READ = 100; // policies read for one phrase before the reader is asked
  const PASSAGES = 3;
  const MORE_PASSAGES = 50;
  const PAUSE = 80; // milliseconds without a key before a search begins
  const REST = 400; // milliseconds without a key before the address changes, which is slow, and refused when done often
  const TURN = 8; // milliseconds of work before the browser gets a turn
  const SNIPPET = 240; // characters
  const COMMON = new Set(("a about all also am an and any are as at be been but by can did do does for from had has have he "
    + "her his how i if in into is it its may no nor not of on or our own she should so such than that the their them then "
    + "there these they this those to under up us was we were what when where which while who why will with would you your")
    .split(" "));
  const CITED = new Set(["clause", "clauses", "section", "sections", "paragraph", "item", "appendix", "number"]);

  const { SIGNS, words, tokens, stemmed, shardOf } = globalThis.policyWords;

  const form = document.getElementById("_form");
  const field = document.getElementById("_query");
  const status = document.getElementById("_status");
  const advice = document.getElementById("_advice");
  const results = document.getElementById("_results");
  const more = document.getElementById("_more");

  // Data: each file is asked for once, and again only if it did not come.

  const arrived = new Map();
  const asked = new Map();
  globalThis.policySearch = (name, data) => { arrived.set(name, data); };

  const data = (name) => {
    if (!asked.has(name)) {
      asked.set(name, new Promise((resolve) => {
        const script = document.createElement("script");
        const done = () => {
          script.remove();
          if (!arrived.has(name)) asked.delete(name);
          resolve(arrived.get(name));
        };
        script.addEventListener("load", done);
        script.addEventListener("error", done);
        script.src = `search/${name.split("/").map(encodeURIComponent).join("/")}.js`;
        document.head.append(script);
      }));
    }
    return asked.get(name);
  };

  let policies = null;
  let shardNames = null;
  const list = async () => {
    if (policies) return true;
    const found = await data("policies");
    if (!found) return false;
    policies = found.policies.map(([id, title]) => ({ id, title }));
    shardNames = new Set(found.shards.split(" "));
    return true;
  };

  const shards = new Map();
  const shard = async (name) => {
    if (!shards.has(name) && shardNames.has(name)) {
      const found = await data(name);
      if (found === undefined) return new Map();
      shards.set(name, new Map(found.split("\n").map((line) => line.split(" "))));
    }
    return shards.get(name) || new Map();
  };

  // What a line of a shard tells, into one number a policy: how many places each policy stands after the one before, in
  // base 36, and its weight as a letter. The most that is told of a policy counts.
  const gather = (scores, coded, share) => {
    let place = -1;
    let step = 0;
    for (let index = 0; index < coded.length; index += 1) {
      const code = coded.charCodeAt(index);
      if (code >= 65 && code <= 90) {
        place += step || 1;
        step = 0;
        const score = (code - 64) * share;
        if (score > scores[place]) scores[place] = score;
      } else step = step * 36 + code - (code > 57 ? 87 : 48);
    }
  };

  // What is asked for: terms, each a word, a phrase or the number of a clause

  const NUMBER = /^(?:[0-9]+|[a-z])(?:\.[0-9]+)+(?:\([a-z]+\))*$|^[0-9]+(?:\([a-z]+\))+$/;

  const wordTerm = (word, isPrefix) => ({
    kind: "word", words: [word], stem: stemmed(word), isPrefix: isPrefix && (word.length > 1 || SIGNS.test(word)), told: word,
  });

  const looseTerms = (text, isLast) => {
    const number = text.toLowerCase().replace(/[.,;:]+$/, "");
    if (NUMBER.test(number)) return [{ kind: "number", number, words: words(number), told: number, isPrefix: isLast }];
    const found = words(text);
    if (found.length > 1 && SIGNS.test(found.join(""))) return [{ kind: "phrase", words: found, told: text, isPrefix: isLast }];
    return found.map((word, index) => wordTerm(word, isLast && index === found.length - 1 && /[\p{L}\p{N}]$/u.test(text)));
  };

  const parsed = (typed) => {
    const terms = [];
    for (const match of typed.matchAll(/["“”]([^"“”]*)(["“”]?)|[^\s"“”]+/g)) {
      const isLast = match.index + match[0].length === typed.length;
      if (match[1] === undefined) terms.push(...looseTerms(match[0], isLast));
      else {
        const found = words(match[1]);
        if (found.length) terms.push({ kind: "phrase", words: found, told: match[1].trim(), isPrefix: isLast && !match[2] && !/\s$/.test(typed) });
      }
    }
    return meant(terms.filter((term, index) => terms.findIndex((other) => other.kind === term.kind && other.told === term.told) === index));
  };

  // Without what says nothing beside the rest: common words, "clause" before a number, a first letter.
  const meant = (terms) => {
    const hasNumber = terms.some((term) => term.kind === "number");
    const kept = terms.filter((term) => term.kind !== "word" || !(
      COMMON.has(term.words[0]) || (hasNumber && CITED.has(term.words[0])) || (term.told.length < 2 && /[a-z]/.test(term.told))));
    return kept.length ? kept : terms;
  };

  // The first level: policies that have all terms

  // How much each policy is about a word, 0 for not at all: those with the word itself more than those with another form
  // of it, and than those with a word that begins so.
  const withWord = async (term, isExact = false) => {
    const word = term.words.at(-1);
    const lines = await shard(shardOf(word));
    const scores = new Float32Array(policies.length);
    const start = word.slice(0, 3); // which all forms of it have
    for (const [one, coded] of lines) {
      if (!one.startsWith(start)) continue;
      if (one === word) gather(scores, coded, 1);
      else if (!isExact && start.length > 2 && term.stem === stemmed(one)) gather(scores, coded, 0.8);
      else if (term.isPrefix && one.startsWith(word)) gather(scores, coded, 0.5);
    }
    return scores;
  };

  const inAll = (all) => all[0].map((_, place) => Math.min(...all.map((scores) => scores[place])));

  const withPhrase = async (term) => inAll(await Promise.all(term.words.map(
    (word, index) => withWord({ words: [word], isPrefix: term.isPrefix && index === term.words.length - 1 }, true))));

  // Clauses by their number, and "2.5 metres" too.
  const withNumber = async (term) => {
    const path = `${term.number.replace(/\(.*/, "")}.`;
    const [lines, scores] = await Promise.all([shard(shardOf(path)), withPhrase({ ...term, isPrefix: false })]);
    gather(scores, lines.get(path) || "", 1);
    return scores;
  };

  const having = (term) => ({ word: withWord, phrase: withPhrase, number: withNumber })[term.kind](term);

  const size = (scores) => scores.reduce((sum, score) => sum + (score > 0), 0);

  const ranked = (all) => {
    const rarity = all.map((scores) => Math.log(1 + policies.length / (size(scores) || 1)));
    const order = [];
    inAll(all).forEach((least, place) => {
      if (least) order.push({ place, score: all.reduce((sum, scores, index) => sum + rarity[index] * (2 + scores[place]), 0) });
    });
    return order.sort((one, other) => other.score - one.score || one.place - other.place);
  };

  // The second level: passages

  const texts = new Map();
  const text = async (place) => {
    const { id } = policies[place];
    if (!texts.has(id)) {
      const found = await data(`texts/${id}`);
      if (!found) return null;
      const numbers = new Map();
      for (const [anchor, number] of found.passages) if (number && !numbers.has(anchor)) numbers.set(anchor, number);
      texts.set(id, {
        ...found,
        id,
        tokens: null,
        read: found.passages.map(([anchor, number, heading, said]) => (
          { anchor, number, cited: number || numbers.get(anchor) || "", heading: found.headings[heading], said, tokens: null })),
      });
    }
    return texts.get(id);
  };

  // How well a token stands for a word: 3 the word itself, 2 another form, 1 its beginning, 0 not at all.
  const likeness = (term, word, index = 0) => {
    const wanted = term.words[index];
    if (word === wanted) return 3;
    if (!word.startsWith(wanted.slice(0, 3))) return 0; // as all forms of it do
    if (term.kind === "word" && wanted.length > 2 && stemmed(word) === term.stem) return 2;
    return term.isPrefix && index === term.words.length - 1 && word.startsWith(wanted) ? 1 : 0;
  };

  // Which terms may begin with a word: [term, likeness], kept for each word, because most words begin none.
  const beginnings = (terms) => {
    const known = new Map();
    return (word) => {
      let begun = known.get(word);
      if (begun === undefined) {
        begun = terms.map((term, number) => [number, likeness(term, word)]).filter(([, like]) => like);
        known.set(word, begun);
      }
      return begun;
    };
  };

  // Where terms stand among tokens: [term, first token, last token, likeness], in order.
  const hits = (terms, found, begun = beginnings(terms)) => {
    const all = [];
    for (let start = 0; start < found.length; start += 1) {
      for (const [number, first] of begun(found[start].word)) {
        const term = terms[number];
        const last = start + term.words.length - 1;
        let like = last < found.length ? first : 0;
        for (let next = start + 1; like && next <= last; next += 1) {
          like = Math.min(like, likeness(term, found[next].word, next - start));
        }
        if (like) all.push([number, start, last, like]);
      }
    }
    return all;
  };

  // The shortest stretch of tokens with all the terms that stand there: [first, last].
  const nearest = (all) => {
    const wanted = new Set(all.map(([term]) => term)).size;
    const last = new Map();
    let best = [0, Infinity];
    for (const [term, start, end] of all) {
      last.set(term, start);
      if (last.size === wanted) {
        const first = Math.min(...last.values());
        if (end - first < best[1] - best[0]) best = [first, end];
      }
    }
    return best;
  };

  const isHeading = ({ heading, said }) => heading === said || heading.endsWith(` › ${said}`);

  const numbered = (term, number) => {
    const own = number.toLowerCase().replace("appendix ", "");
    if (own === term.number) return 2;
    return term.isPrefix && (own.startsWith(`${term.number}.`) || own.startsWith(`${term.number}(`)) ? 1 : 0;
  };

  const scored = (terms, passage, headings, begun) => {
    passage.tokens ??= tokens(passage.said);
    const all = hits(terms, passage.tokens, begun);
    if (!all.length && !terms.some((term) => term.kind === "number")) return null;
    const has = new Set(all.map(([term]) => term));
    let score = 0;
    terms.forEach((term, index) => {
      const exactly = term.kind === "number" ? numbered(term, passage.number) : 0;
      if (exactly) has.add(index);
      score += exactly * 200;
    });
    if (!has.size) return null;
    const [first, last] = all.length ? nearest(all) : [0, 0];
    const above = headings(passage.heading);
    score += 100 * has.size + 40 * terms.filter((_, index) => !has.has(index) && above.has(index)).length;
    score += has.size > 1 && all.length ? 60 / (1 + Math.max(0, last - first + 1 - has.size)) : 0;
    score += Math.min(all.length, 5) + 5 * Math.max(0, ...all.map(([, , , like]) => like));
    if (isHeading(passage)) score += 20;
    return { passage, score, all, first, last, has, isWhole: has.size === terms.length };
  };

  // Gives the browser a turn, and from then on counts anew how long there was none.
  let tired = 0;
  const breath = () => new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      tired = performance.now() + TURN;
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
  const isTired = () => performance.now() > tired;

  // The passages of a policy that have any of the terms, the best first; null where another search has begun.
  const found = async (terms, policy, begun, isStale) => {
    const known = new Map();
    const headings = (heading) => {
      if (!known.has(heading)) known.set(heading, new Set(hits(terms, tokens(heading), begun).map(([term]) => term)));
      return known.get(heading);
    };
    const passages = [];
    for (const passage of policy.read) {
      const one = scored(terms, passage, headings, begun);
      if (one) passages.push(one);
      if (isTired()) {
        await breath();
        if (isStale()) return null;
      }
    }
    return passages.sort((one, other) => other.score - one.score);
  };

  // What is shown

  const element = (name, properties, ...children) => {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...children);
    return made;
  };

  // Words from one place to another, those that were asked for marked.
  const marked = (said, all, found, from = 0, to = said.length) => {
    const parts = [];
    let place = from;
    for (const [, first, last] of all) {
      const start = found[first].start;
      const end = found[last].end;
      if (start < place || end > to) continue;
      parts.push(said.slice(place, start), element("mark", {}, said.slice(start, end)));
      place = end;
    }
    return [...parts, said.slice(place, to)];
  };

  const snippet = ({ passage, all, first, last }) => {
    const { said, tokens: found } = passage;
    if (said.length <= SNIPPET * 1.2 || !all.length) {
      const cut = said.length <= SNIPPET * 1.2 ? said.length : (found.findLast((one) => one.end < SNIPPET) || { end: SNIPPET }).end;
      return [...marked(said, all, found, 0, cut), ...(cut < said.length ? [" …"] : [])];
    }
    const room = Math.max(40, (SNIPPET - (found[last].end - found[first].start)) / 2);
    const low = found[first].start - room;
    const begin = low <= 20 ? 0 : found.find((one) => one.start >= low).start;
    const high = Math.max(begin + SNIPPET, found[first].end + room);
    const end = high >= said.length - 20 ? said.length : found.findLast((one) => one.end <= high).end;
    return [...(begin ? ["… "] : []), ...marked(said, all, found, begin, end), ...(end < said.length ? [" …"] : [])];
  };

  const address = (path, anchor = "") => path.split("/").map(encodeURIComponent).join("/") + (anchor ? `#${encodeURIComponent(anchor)}` : "");

  const line = (policy, one) => {
    const { anchor, cited, heading, said, tokens: read } = one.passage;
    const link = element("a", { href: address(policy.path, anchor) });
    if (cited) link.append(element("span", { className: "number" }, cited), heading ? " " : "");
    const trail = isHeading(one.passage)
      ? [heading.slice(0, -said.length), ...marked(said, one.all, read)]
      : [heading || (cited ? "" : "At the beginning")];
    link.append(element("span", { dir: "auto" }, ...trail));
    const item = element("li", {}, element("div", { className: "where" }, link));
    if (!isHeading(one.passage)) item.append(element("p", { className: "snippet", dir: "auto" }, ...snippet(one)));
    return item;
  };

  const entry = (terms, policy, passages) => {
    const title = tokens(policy.title);
    const shown = element("ol", {}, ...passages.slice(0, PASSAGES).map((one) => line(policy, one)));
    const item = element("li", {},
      element("h2", { dir: "auto" }, element("a", { href: address(policy.path) }, ...marked(policy.title, hits(terms, title), title))),
      shown);
    const rest = passages.slice(PASSAGES, MORE_PASSAGES);
    if (rest.length) {
      const button = element("button", { type: "button" }, `${rest.length} more from this policy`);
      button.addEventListener("click", () => {
        const added = rest.map((one) => line(policy, one));
        shown.append(...added);
        button.remove();
        added[0].querySelector("a").focus();
      });
      item.append(button);
    }
    return item;
  };

  const count = (number, one, many) => `${number} ${number === 1 ? one : many}`;

  // The next policies of a search: the texts come together, then stand in order of their best passages. A phrase and the
  // number of an item are known only from the texts, so that more of those may have to be read.
  const show = async (terms, order, from, isStale) => {
    const isCertain = terms.every((term) => term.kind === "word");
    const until = Math.min(order.length, from + (isCertain ? AT_ONCE : MOST_READ));
    const entries = [];
    let next = from;
    while (next < until && entries.length < AT_ONCE) {
      const page = order.slice(next, next + AT_ONCE);
      next += page.length;
      const added = await read(terms, page, isStale);
      if (!added) return undefined;
      entries.push(...added);
    }
    if (!entries.length && !from && next >= order.length) return withoutResult(field.value, terms, [], isStale);
    entries.sort((one, other) => other.score - one.score);
    const made = [];
    for (const { policy, passages } of entries) {
      made.push(entry(terms, policy, passages));
      await breath();
      if (isStale()) return undefined;
    }
    if (from) results.append(...made);
    else results.replaceChildren(...made);
    if (from) made[0]?.querySelector("a").focus();
    tell(order.length, next, isCertain);
    more.onclick = () => show(terms, order, next, isStale);
    return undefined;
  };

  // Policies with their passages, without those that turn out not to have what was asked for; null when stale.
  const read = async (terms, page, isStale) => {
    const entries = [];
    const begun = beginnings(terms);
    const texts = await Promise.all(page.map(({ place }) => text(place)));
    for (const [index, policy] of texts.entries()) {
      if (isStale()) return null;
      if (!policy) continue;
      const passages = await found(terms, policy, begun, isStale);
      if (!passages) return null;
      const has = new Set([...passages.flatMap((one) => [...one.has]), ...hits(terms, tokens(policy.title), begun).map(([term]) => term)]);
      if (!terms.every((term, number) => term.kind === "word" || has.has(number))) continue;
      entries.push({ policy, passages, score: page[index].score * (passages[0]?.isWhole ? 1.5 : 1) + (passages[0]?.score || 0) / 50 });
    }
    return entries;
  };

  const tell = (whole, looked, isCertain) => {
    const shown = results.children.length;
    const isOver = looked >= whole;
    const number = count(isCertain ? whole : shown, "policy", "policies");
    if (isOver) status.textContent = `${number} found`;
    else status.textContent = isCertain ? `${number} found, ${shown} shown` : `${shown ? number : "Nothing"} found so far, ${looked} of ${whole} policies searched`;
    advice.replaceChildren();
    more.hidden = isOver;
    more.textContent = isCertain ? "More policies" : "Search more policies";
  };

  // Nothing found: what to try

  // How many letters are to be changed, put in, left out, or swapped with the next; more than `most` counts as any.
  const distance = (one, other, most) => {
    if (Math.abs(one.length - other.length) > most) return most + 1;
    let [before, last] = [[], Array.from({ length: other.length + 1 }, (_, index) => index)];
    for (let row = 1; row <= one.length; row += 1) {
      const next = [row];
      for (let column = 1; column <= other.length; column += 1) {
        const same = one[row - 1] === other[column - 1];
        next[column] = Math.min(last[column] + 1, next[column - 1] + 1, last[column - 1] + (same ? 0 : 1));
        if (row > 1 && column > 1 && one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1]) {
          next[column] = Math.min(next[column], before[column - 2] + 1);
        }
      }
      [before, last] = [last, next];
    }
    return last[other.length];
  };

  const alike = async (word) => {
    if (word.length < 3) return [];
    const [first, second, third] = word;
    const likely = new Set([first + second, second + first, first + third, second + third].map(shardOf));
    const near = await nearIn(likely, word);
    return near.length ? near : nearIn([...shardNames].filter((name) => name.length === 2 && name[0] === first), word);
  };

  // The three words of these shards that are nearest to one; of those as near, the ones that more policies have.
  const nearIn = async (names, word) => {
    const most = word.length < 5 ? 1 : 2;
    const near = [];
    for (const lines of await Promise.all([...names].map(shard))) {
      for (const [one, coded] of lines) {
        const far = distance(word, one, most);
        if (far && far <= most) near.push({ one, far, often: coded.length });
      }
      await breath();
    }
    near.sort((one, other) => one.far - other.far || other.often - one.often);
    return near.slice(0, 3).map(({ one }) => one);
  };

  // The query with one word for another, as a link.
  const instead = (typed, word, other) => {
    const place = tokens(typed).find((one) => one.word === word);
    const query = place ? typed.slice(0, place.start) + other + typed.slice(place.end) : other;
    return element("a", { href: `?q=${encodeURIComponent(query)}` }, other);
  };

  const withoutResult = async (typed, terms, all, isStale) => {
    const lost = terms.length === 1 ? terms : terms.filter((_, index) => all[index] && !size(all[index]));
    const said = lost.length ? lost : terms;
    const notes = [];
    for (const term of lost.filter((one) => one.kind === "word")) {
      const near = await alike(term.words[0]);
      if (near.length) {
        const links = near.flatMap((one, index) => [index ? ", " : "", instead(typed, term.words[0], one)]);
        notes.push(element("p", {}, "Did you mean ", ...links, "?"));
      }
    }
    if (isStale()) return;
    results.replaceChildren();
    more.hidden = true;
    status.textContent = lost.length
      ? `No policy has ${said.map((term) => `“${term.told}”`).join(" or ")}`
      : `No policy has all of ${said.map((term) => `“${term.told}”`).join(", ")}`;
    const tries = ["Try fewer words, or the beginning of a word.", "A phrase in quotes is found only as it stands.", "A clause is found by its number: 4.2.1."];
    notes.push(element("ul", {}, ...tries.map((one) => element("li", {}, one))));
    advice.replaceChildren(element("div", { className: "advice" }, ...notes));
  };

  // One search at a time: a later one makes the earlier stale

  let turn = 0;
  const nothing = (said) => {
    results.replaceChildren();
    advice.replaceChildren();
    more.hidden = true;
    status.textContent = said;
  };

  const search = async () => {
    turn += 1;
    const mine = turn;
    const isStale = () => mine !== turn;
    const typed = field.value.trimStart();
    const terms = parsed(typed);
    if (!terms.length) return nothing("");
    if (!await list()) return nothing("The list of policies did not come. Try again in a moment.");
    const all = await Promise.all(terms.map(having));
    if (isStale()) return undefined;
    const order = ranked(all);
    if (order.length) return show(terms, order, 0, isStale);
    return /^[a-z]$/i.test(typed.trim()) ? nothing("Type another letter") : withoutResult(typed, terms, all, isStale);
  };

  const remember = () => {
    const query = field.value.trim();
    try {
      history.replaceState(null, "", query ? `?q=${encodeURIComponent(query)}` : location.pathname);
    } catch { /* from the disk some browsers keep the address as it is */ }
  };

  let pause = 0;
  let rest = 0;
  const now = () => {
    clearTimeout(pause);
    search();
  };

  field.addEventListener("input", () => {
    turn += 1; // whatever is under way was asked with other words
    clearTimeout(pause);
    clearTimeout(rest);
    pause = setTimeout(now, PAUSE);
    rest = setTimeout(remember, REST);
  });
  results.addEventListener("click", remember);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    now();
    remember();
  });

  // Arrow keys lead from the field through the results and back.
  document.addEventListener("keydown", (event) => {
    if (!["ArrowDown", "ArrowUp"].includes(event.key) || event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
    const stops = [field, ...results.querySelectorAll("a, button"), ...(more.hidden ? [] : [more])];
    const here = stops.indexOf(document.activeElement);
    const next = stops[here + (event.key === "ArrowDown" ? 1 : -1)];
    if (here < 0 || !next) return;
    event.preventDefault();
    next.focus();
  });

  form.hidden = false;
  field.value = new URLSearchParams(location.search).get("q") || field.value;
  if (!field.value) field.focus();
  if (field.value) search();
  else list();
}
