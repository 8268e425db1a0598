"use strict";
// Words as they are searched: folded as in words.py, with where each stands in its text. Whoever changes one changes both.
{
  const fold = (text) => text.replace(/[‘’‛ʼ′]/g, "'").normalize("NFKD")
    .replace(/[\u00ad\u200b-\u200f\u2060\ufeff\p{M}]/gu, "").toLowerCase().replaceAll("ς", "σ").replaceAll("ß", "ss");
  const SIGNS = /[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\u{20000}-\u{3ffff}]/u;
  const EACH_SIGN = /[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\u{20000}-\u{3ffff}]|[^\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\u{20000}-\u{3ffff}]+/gu;
  const WORD = /[\p{L}\p{N}]+(?:'[\p{L}\p{N}]+)*/gu;
  const SAME = /^[\n -~‘’‛′“”–—]*$/; // folding changes none of these into more or fewer

  // The words of a folded text, with where each begins and ends in it.
  const pieces = (folded) => {
    const found = [];
    const hasSigns = SIGNS.test(folded);
    for (const { 0: word, index } of folded.matchAll(WORD)) {
      const bare = word.replace(/'s$/, "");
      if (!hasSigns) found.push({ word: bare.replaceAll("'", ""), start: index, end: index + bare.length });
      else {
        for (const { 0: part, index: inner } of bare.matchAll(EACH_SIGN)) {
          found.push({ word: part.replaceAll("'", ""), start: index + inner, end: index + inner + part.length });
        }
      }
    }
    return found;
  };

  // The same, with where each begins and ends in the text as it is shown.
  const tokens = (text) => {
    if (SAME.test(text)) return pieces(fold(text));
    const starts = [];
    const ends = [];
    let folded = "";
    let place = 0;
    for (const sign of text) {
      const one = fold(sign);
      place += sign.length;
      for (let index = 0; index < one.length; index += 1) {
        starts.push(place - sign.length);
        ends.push(place);
      }
      if (!one && ends.length) ends[ends.length - 1] = place; // a mark stays with its letter
      folded += one;
    }
    return pieces(folded).map(({ word, start, end }) => ({ word, start: starts[start], end: ends[end - 1] }));
  };

  const words = (text) => pieces(fold(text)).map((piece) => piece.word);

  // English endings, taken off alike from what is typed and what is found. The first three letters always stay.
  const stem = (word) => {
    if (word.length < 4 || !/^[a-z]+$/.test(word)) return word;
    let root = word;
    if (/sses$/.test(root)) root = root.slice(0, -2);
    else if (/[^aeiou]ies$/.test(root) && root.length > 4) root = `${root.slice(0, -3)}y`;
    else if (/[^sui]s$/.test(root)) root = root.slice(0, -1);
    const bare = root.replace(/(?:ing|(?<!e)ed)$/, "");
    if (bare !== root && bare.length > 2 && /[aeiouy]/.test(bare)) {
      root = bare.length > 3 && /([^aeiouflsz])\1$/.test(bare) ? bare.slice(0, -1) : bare;
    }
    if (root.length > 5 && /([^aeiou])\1$/.test(root)) root = root.slice(0, -1);
    if (root.length > 3 && root.endsWith("e")) root = root.slice(0, -1);
    return root.length > 3 ? root.replace(/([^aeiou])y$/, "$1i") : root;
  };
  const stems = new Map();
  const stemmed = (word) => {
    if (!stems.has(word)) stems.set(word, stem(word));
    return stems.get(word);
  };

  // The file of the index that has a word: see `shard` in search.py.
  const shardOf = (word) => {
    if (word.endsWith(".")) return `no${word[0]}`;
    const start = word.slice(0, 2);
    return /^[0-9a-z]+$/.test(start) ? start : `u${(word.codePointAt(0) >> 8).toString(16)}`;
  };

  globalThis.policyWords = { SIGNS, words, tokens, stem, stemmed, shardOf };
}
