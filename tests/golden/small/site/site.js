/* The one script of every page. Absences: no global, no request to another host, no markup from text, nothing kept by the
   browser, and nothing that a page needs to be read. Without this script a marker's card opens by CSS (style.css, .card)
   and every link leads where it says; words come from data attributes that the templates write. */
(() => {
  "use strict";
  const { dataset: say, src } = document.currentScript;
  const TOP = new URL(".", src).href; // the site's folder
  const make = (name, css, ...inside) => {
    const element = document.createElement(name);
    if (css) element.className = css;
    element.append(...inside);
    return element;
  };
  const link = (href, text) => {
    const element = make("a", "", text);
    element.href = href;
    return element;
  };
  const on = (type, action) => document.addEventListener(type, action);

  // ------------------------------------------------------------ cards: one open at a time

  /* An open card is a popover: in the top layer nothing clips it. style.css ties it to its marker, or to the link that has the
     anchor's name. `owner` is what has to be left for it to close: the marker with its card, or the link to a record. */
  let open = null; // {owner, card, from}
  let timer = 0;
  let touch = false;

  const later = (pause, action) => {
    clearTimeout(timer);
    timer = setTimeout(action, pause);
  };
  const close = () => {
    clearTimeout(timer);
    if (!open) return;
    const { card, from } = open;
    open = null;
    if (card.matches(":popover-open")) card.hidePopover();
    from.style.removeProperty("anchor-name");
    if (card === peek) from.removeAttribute("aria-describedby");
  };
  const show = (owner, card, from) => {
    close();
    open = { owner, card, from };
    card.showPopover();
  };
  const inside = (node) => open && (open.owner.contains(node) || open.card.contains(node));

  // ------------------------------------------------------------ the evidence behind a marker

  const text = (node) => node.textContent.replace(/\s+/g, " ").trim();
  const encoded = (words) => encodeURIComponent(words).replace(/-/g, "%2D");

  /* The original at the very words: https://wicg.github.io/scroll-to-text-fragment/. The cited words stand in <b>, in an excerpt
     they are all there is; <i> holds gaps, which are ours. Words that stand there twice get their neighbours with them. */
  const atWords = (card) => {
    const url = card.dataset.original;
    const words = card.querySelector("q");
    if (!words) return url;
    const marked = [...words.querySelectorAll("b")];
    const parts = (marked.length ? marked : [...words.childNodes].filter((node) => node.nodeName !== "I")).map(text);
    const all = parts.join(" ").split(" ");
    const whole = parts.length === 1 && all.length <= 12;
    const ends = whole ? [parts[0]] : [parts[0].split(" ").slice(0, 6).join(" "), parts.at(-1).split(" ").slice(-6).join(" ")];
    let directive = ends.map(encoded).join(",");
    if (marked.length && "twice" in card.dataset) {
      const [before, after] = [marked[0].previousSibling, marked.at(-1).nextSibling].map((node) => (node && node.nodeType === 3 ? text(node) : ""));
      if (before) directive = `${encoded(before.split(" ").slice(-4).join(" "))}-,${directive}`;
      if (after) directive += `,-${encoded(after.split(" ").slice(0, 4).join(" "))}`;
    }
    return `${url}${url.includes("#") ? "" : "#"}:~:text=${directive}`;
  };

  /* From here on the card of this marker is ours, and opens no more by CSS. */
  const take = (cite) => (cite.querySelector(".card").popover = "manual");

  let cards = 0;
  const dress = (mark, card) => {
    const name = `card-${++cards}`;
    const lines = [...card.children];
    lines.forEach((line, n) => (line.id = `${name}-${n}`));
    mark.setAttribute("aria-describedby", lines.map((line) => line.id).join(" "));
    card.removeAttribute("aria-hidden");
    card.setAttribute("role", "group");
    card.setAttribute("aria-label", mark.getAttribute("aria-label"));
    const passage = link(mark.href, say.passage);
    passage.tabIndex = -1; // the marker itself leads there
    const links = make("span", "ways", passage);
    if (card.dataset.original) links.append(" ", link(atWords(card), say.original));
    card.append(links);
  };
  const evidence = (cite) => {
    const [mark, card] = [cite.querySelector("a.mark"), cite.querySelector(".card")];
    if (open && open.owner === cite) return;
    if (!card.querySelector(".ways")) dress(mark, card);
    show(cite, card, mark);
  };

  // ------------------------------------------------------------ who is behind a name

  /* What is known of records stands in cards/00.js to cards/3f.js, by the CRC-32 of the id: briefgen/pages/hovercards.py. */
  const RECORD = /^(?:actors|events|meetings|places|topics)\/([a-z0-9-]+)\.html$/;
  const known = new Map();
  const asked = new Map();
  on("briefgen:cards", (event) => Object.entries(event.detail).forEach(([id, card]) => known.set(id, card)));

  const recordOf = (anchor) => {
    if (!anchor.closest("main") || anchor.closest(".card, .cite, .hits, nav, svg") || !anchor.href.startsWith(TOP)) return "";
    return (RECORD.exec(anchor.href.slice(TOP.length)) || ["", ""])[1];
  };
  const shard = (id) => {
    let crc = -1;
    for (const letter of id) {
      crc ^= letter.charCodeAt(0);
      for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 && 0xedb88320);
    }
    return (~crc & 63).toString(16).padStart(2, "0");
  };
  const fetched = (name) => {
    if (!asked.has(name)) {
      asked.set(
        name,
        new Promise((done) => {
          const script = make("script");
          script.src = `${TOP}cards/${name}.js`;
          script.onload = script.onerror = () => done(script.remove());
          document.head.append(script);
        }),
      );
    }
    return asked.get(name);
  };

  const peek = make("div", "card peek");
  peek.id = "peek";
  peek.popover = "manual";
  const person = async (anchor, id) => {
    await fetched(shard(id));
    const card = known.get(id);
    if (!card || wanted !== anchor || !(card.lines.length || card.last)) return;
    const lines = card.lines.map(([label, value]) => make("span", "", make("b", "", label), " ", value));
    if (card.last) lines.push(make("span", "", make("b", "", card.last[0]), " ", link(TOP + card.last[1], card.last[2]), card.last[3]));
    peek.replaceChildren(make("strong", "", card.name), ...lines);
    peek.querySelectorAll("a").forEach((one) => (one.tabIndex = -1));
    if (!peek.isConnected) document.body.append(peek);
    show(anchor, peek, anchor);
    anchor.style.setProperty("anchor-name", "--peek");
    anchor.setAttribute("aria-describedby", peek.id);
  };

  // ------------------------------------------------------------ pointer, keys, touch

  let wanted = null; // the link or marker that a card is being opened for
  const find = (node) => {
    const cite = node.closest?.(".cite");
    if (cite) return cite.querySelector("a.mark") && cite;
    const found = node.closest?.("a[href]");
    return found && recordOf(found) ? found : null;
  };
  const start = (target, pause) => {
    wanted = target;
    if (target.matches(".cite")) take(target);
    later(pause, () => (target.matches(".cite") ? evidence(target) : person(target, recordOf(target))));
  };
  const leave = () => {
    wanted = null;
    if (!open) clearTimeout(timer);
    else later(250, () => open && !inside(document.querySelector(":focus-visible")) && close());
  };

  const enable = () => {
    on("pointerover", (event) => {
      if (event.pointerType === "touch") return;
      if (inside(event.target)) return clearTimeout(timer), void (wanted = open.owner);
      const target = find(event.target);
      if (!target) leave();
      else if (target !== wanted) start(target, target.matches(".cite") ? 100 : 300);
    });
    document.documentElement.addEventListener("pointerleave", leave);
    on("pointerdown", (event) => {
      touch = event.pointerType === "touch";
      const target = find(event.target);
      if (target?.matches(".cite")) take(target);
      if (open && !inside(event.target)) close();
      if (!inside(event.target)) (wanted = null), clearTimeout(timer);
    });
    on("click", (event) => {
      const cite = event.target.closest?.("a.mark")?.closest(".cite");
      if (!cite || !touch || event.detail === 0) return;
      event.preventDefault();
      if (open && open.owner === cite) close();
      else evidence(cite);
    });
    on("focusin", (event) => {
      if (inside(event.target) || !event.target.matches(":focus-visible")) return;
      const target = find(event.target);
      if (target && target !== wanted) start(target, target.matches(".cite") ? 0 : 300);
    });
    on("focusout", (event) => {
      if (!inside(event.relatedTarget) && event.target.matches("a")) leave();
    });
    on("keydown", (event) => {
      if (event.key !== "Escape" || !open) return;
      const { owner, from } = open;
      const back = inside(document.activeElement) && document.activeElement !== from;
      close();
      wanted = owner; // what is closed stays closed until it is left
      if (back) from.focus();
    });
  };
  if ("popover" in HTMLElement.prototype) enable();

  // ------------------------------------------------------------ how to cite this page

  const meta = (property) => document.querySelector(`meta[property="${property}"]`)?.content || document.title;
  const escaped = (words) => words.replace(/[\\{}&%$#_~^]/g, (sign) => ({ "\\": "\\textbackslash{}", "~": "\\~{}", "^": "\\^{}" })[sign] || `\\${sign}`);

  /* The page's address is the published one where it has one; a place that the reader has gone to is cited with it. */
  const address = () => {
    const page = document.querySelector("link[rel=canonical]")?.href || location.href.replace(/#.*/, "");
    const place = document.getElementById(location.hash.slice(1));
    return place?.closest("main > *") ? page + location.hash : page;
  };
  const today = () => {
    const lang = document.documentElement.lang;
    return new Date().toLocaleDateString(lang === "en" ? "en-GB" : lang, { day: "numeric", month: "long", year: "numeric" });
  };
  const bibtex = () => {
    const key = (location.pathname.split("/").pop() || "index").replace(/\.html$/, "");
    const day = new Date().toLocaleDateString("sv"); // which is written 2026-11-22
    const author = document.querySelector(".citing").dataset.author;
    const [title, who, site] = [meta("og:title"), author, meta("og:site_name")].map(escaped);
    const fields = { title: `{${title}}`, author: `{${who}}`, howpublished: `{${site}}`, url: address(), urldate: day };
    return `@misc{${key},\n${Object.entries(fields).map(([name, value]) => `  ${name} = {${value}}`).join(",\n")}\n}\n`;
  };

  /* Where the clipboard is closed to us (an old browser, a page sent without encryption), the older way of copying. */
  const copy = async (words) => {
    try {
      await navigator.clipboard.writeText(words);
    } catch {
      const field = make("textarea", "hidden", words);
      document.body.append(field);
      field.select();
      document.execCommand("copy");
      field.remove();
    }
  };
  const cite = ({ dataset: data, firstElementChild: summary }) => {
    const line = summary.nextElementSibling;
    const what = line.firstElementChild;
    line.replaceChildren(what, [data.comma, address(), data.comma, data.accessed.replace("{date}", today()), data.stop].join(""));
    return line;
  };
  const citing = (box) => {
    const line = cite(box);
    if (box.querySelector("button")) return;
    const said = make("span", "hint");
    said.setAttribute("role", "status");
    const button = (label, words) => {
      const element = make("button", "", label);
      element.type = "button";
      element.addEventListener("click", async () => {
        said.textContent = "";
        await copy(words());
        element.focus();
        said.textContent = box.dataset.copied;
      });
      return element;
    };
    const plain = button(box.dataset.copy, () => line.textContent);
    box.append(make("p", "", plain, " ", button(box.dataset.bibtex, bibtex), " ", said));
  };
  const opened = () => document.querySelectorAll(".citing[open]").forEach(citing);
  document.addEventListener("toggle", opened, true);
  addEventListener("hashchange", opened);

  // ------------------------------------------------------------ "/" leads to the search

  on("keydown", (event) => {
    const typing = event.target.closest?.("input, select, textarea");
    if (event.key !== "/" || typing || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    const field = document.getElementById("q");
    if (field) field.focus(), field.select();
    else location.assign(`${TOP}search.html`);
  });
})();
