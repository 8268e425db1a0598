"use strict";
// What the reader chose to see stands in the address, and goes along to the other comparisons. Nothing else is kept.
{
  const ours = ["view", "only", "hide"];
  const chosen = new URLSearchParams(location.search);
  const hidden = new Set((chosen.get("hide") || "").split(".").filter(Boolean));
  const inline = document.getElementById("_inline");
  const side = document.getElementById("_side");
  const substance = document.getElementById("_substance");
  const kinds = [...document.querySelectorAll("[id^='_show-']")];
  const kind = (box) => box.id.slice("_show-".length);

  const set = (name, value) => { if (value) chosen.set(name, value); else chosen.delete(name); };

  const carry = () => {
    for (const link of document.querySelectorAll("a[data-keeps]")) {
      const address = new URL(link.href);
      address.search = new URLSearchParams([...chosen].filter(([name]) => ours.includes(name)));
      link.href = address;
    }
  };

  const keep = () => {
    set("view", inline.checked ? "inline" : "");
    set("only", substance.checked ? "substance" : "");
    for (const box of kinds) if (box.checked) hidden.delete(kind(box)); else hidden.add(kind(box));
    set("hide", [...hidden].sort().join("."));
    const query = chosen.toString();
    history.replaceState(null, "", location.pathname + (query ? `?${query}` : "") + location.hash);
    carry();
  };

  const show = (box, checked) => {
    if (box.checked === checked) return;
    box.checked = checked;
    box.dispatchEvent(new Event("change", { bubbles: true }));
  };

  if (inline) {
    show(inline, chosen.get("view") === "inline");
    show(side, chosen.get("view") !== "inline");
    show(substance, chosen.get("only") === "substance");
    for (const box of kinds) show(box, !hidden.has(kind(box)));
    for (const box of [inline, side, substance, ...kinds]) box.addEventListener("change", keep);
  }
  carry();
}
