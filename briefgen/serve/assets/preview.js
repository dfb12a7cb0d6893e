/* The preview's part in a page. Absences: nothing of this is ever in what `briefgen build` writes; the page is not
   reloaded where its new contents can be put in place; a message never causes anything but what a comparison asks for. */
(() => {
  "use strict";
  const tag = document.currentScript;
  const ATTRIBUTE = "data-briefgen";
  const DEFAULT = "data-briefgen-open";
  const OWN = tag.src.replace(/[^/]*$/, "");
  let shown = JSON.parse(tag.getAttribute(ATTRIBUTE));
  let last = null; // the last message
  let busy = Promise.resolve();

  // ---------------------------------------------------------------- memory of this tab

  const remember = (key, value) => sessionStorage.setItem(`briefgen-${key}`, value);
  const recall = (key) => sessionStorage.getItem(`briefgen-${key}`) || "";

  // ---------------------------------------------------------------- small tools

  const make = (name, classes, ...children) => {
    const element = document.createElement(name);
    if (classes) element.className = classes;
    element.append(...children.filter((child) => child !== null && child !== ""));
    return element;
  };
  const count = (number, thing) => `${number} ${thing}${number === 1 ? "" : "s"}`;
  const here = () => location.href.replace(/#.*$/, "");
  const address = (base, path) => base + (path === "index.html" ? "" : path.split("/").map(encodeURIComponent).join("/"));

  // ---------------------------------------------------------------- a new version into this page

  const ours = (node) => node.nodeType === 1 && node.hasAttribute(ATTRIBUTE);
  const children = (node) => [...node.childNodes].filter((child) => !ours(child));
  const alike = (one, other) =>
    one.nodeType === other.nodeType && one.nodeName === other.nodeName && (one.id || "") === (other.id || "");

  const attributes = (old, fresh) => {
    for (const { name } of [...old.attributes]) if (!fresh.hasAttribute(name)) old.removeAttribute(name);
    for (const { name, value } of fresh.attributes) if (old.getAttribute(name) !== value) old.setAttribute(name, value);
  };

  /* Make `old` equal to `fresh` and leave every node alone that can stay: so what is open stays open, what is selected
     stays selected. Equal heads and tails are cut off first, which finds the place of most edits at once. */
  const morph = (old, fresh) => {
    if (old.nodeType !== 1) {
      if (old.nodeValue !== fresh.nodeValue) old.nodeValue = fresh.nodeValue;
      return;
    }
    attributes(old, fresh);
    const before = children(old);
    const after = children(fresh);
    while (before.length && after.length && before[0].isEqualNode(after[0])) before.shift(), after.shift();
    let next = [...old.childNodes].find(ours) || null;
    while (before.length && after.length && before.at(-1).isEqualNode(after.at(-1))) (next = before.pop()), after.pop();
    for (const one of after) {
      const place = before.findIndex((candidate) => alike(candidate, one));
      // What stands before a node that stays is gone, unless too much would go: then the node is new.
      if (place >= 0 && (place === 0 || before.length - place >= after.length - after.indexOf(one))) {
        before.splice(0, place).forEach((gone) => gone.remove());
        morph(before.shift(), one);
      } else old.insertBefore(document.importNode(one, true), before[0] || next);
    }
    before.forEach((gone) => gone.remove());
  };

  /* What is open and what is shut is the reader's: out of the way while nodes are compared, and put back on those that
     stayed. New ones are as the page has them. */
  const unfolded = (page) => {
    const opened = new Map([...document.querySelectorAll("details")].map((one) => [one, one.open]));
    opened.forEach((_, one) => one.removeAttribute("open"));
    for (const one of page.querySelectorAll("details[open]")) one.removeAttribute("open"), one.setAttribute(DEFAULT, "");
    return () => {
      for (const one of document.querySelectorAll("details")) {
        one.open = opened.has(one) ? opened.get(one) : one.hasAttribute(DEFAULT);
        one.removeAttribute(DEFAULT);
      }
    };
  };

  /* The first thing in <main> that the reader sees, and where: it stays there though the page grows above it. */
  const seen = () => {
    if (scrollY === 0) return () => {};
    const candidates = [...document.querySelectorAll("main *")].filter((e) => e.getBoundingClientRect().bottom > 0);
    const tops = candidates.slice(0, 50).map((e) => [e, e.getBoundingClientRect().top]);
    return () => {
      const [element, top] = tops.reverse().find(([e]) => e.isConnected) || [null, 0];
      if (element) scrollBy({ top: element.getBoundingClientRect().top - top, behavior: "instant" });
    };
  };

  /* What runs. JSON-LD is data: it changes with the page. */
  const scripts = (page) =>
    [...page.scripts].filter((s) => !ours(s) && s.type !== "application/ld+json").map((s) => s.getAttribute("src") || s.textContent).join("\n");

  const swap = async () => {
    const response = await fetch(here(), { cache: "no-store" });
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const fresh = page.querySelector(`script[${ATTRIBUTE}]`);
    const facts = fresh && JSON.parse(fresh.getAttribute(ATTRIBUTE));
    const whole = facts && page.querySelector("main") && document.querySelector("main");
    if (!whole || facts.missing !== shown.missing || scripts(page) !== scripts(document)) return location.reload();
    page.querySelectorAll(`[${ATTRIBUTE}]`).forEach((one) => one.remove());
    for (const link of page.querySelectorAll("link[rel=stylesheet]")) {
      const old = [...document.querySelectorAll("link[rel=stylesheet]")].find((one) => plain(one) === plain(link));
      if (old) link.setAttribute("href", old.getAttribute("href"));
    }
    const settle = seen();
    const refold = unfolded(page);
    attributes(document.documentElement, page.documentElement);
    morph(document.head, page.head);
    morph(document.body, page.body);
    refold();
    settle();
    shown = { ...facts, links: shown.links };
    document.dispatchEvent(new CustomEvent("briefgen:swapped"));
  };

  // ---------------------------------------------------------------- stylesheets, pictures

  const plain = (element) => (element.getAttribute("href") || element.getAttribute("src") || "").replace(/\?.*$/, "");
  const target = (element) => {
    const path = decodeURIComponent(new URL(plain(element), location.href).pathname);
    return path.startsWith(shown.base) ? path.slice(shown.base.length) : "";
  };

  const relink = (links) => {
    const changed = (path) => path in links && path in shown.links && links[path] !== shown.links[path];
    if (Object.keys(links).some((path) => changed(path) && path.endsWith(".js"))) return location.reload();
    for (const element of document.querySelectorAll("link[rel=stylesheet], img[src]")) {
      const path = ours(element) ? "" : target(element);
      if (!changed(path)) continue;
      if (element.nodeName === "IMG") element.src = `${plain(element)}?v=${links[path]}`;
      else restyle(element, `${plain(element)}?v=${links[path]}`);
    }
    shown.links = links;
  };

  /* The old stylesheet goes when the new one is there, so that the page is never bare. */
  const restyle = (old, href) => {
    const fresh = old.cloneNode();
    fresh.href = href;
    fresh.onload = fresh.onerror = () => old.remove();
    old.after(fresh);
  };

  // ---------------------------------------------------------------- the bar and the panel

  const host = make("briefgen-preview", "");
  host.setAttribute(ATTRIBUTE, "");
  const root = host.attachShadow({ mode: "open" });
  const style = make("link", "");
  style.rel = "stylesheet";
  style.href = `${OWN}preview.css`;
  const panel = make("section", "panel");
  panel.hidden = true;
  panel.setAttribute("aria-label", "Findings");
  const bar = make("div", "bar");
  root.append(style, panel, bar);
  document.documentElement.append(host);

  const copy = (button, text) => async () => {
    try {
      await navigator.clipboard.writeText(text);
      button.dataset.done = "copied";
    } catch {
      prompt("Copy:", text);
    }
    setTimeout(() => delete button.dataset.done, 1500);
  };

  const button = (classes, text, action) => {
    const element = make("button", classes, text);
    element.type = "button";
    element.addEventListener("click", action);
    return element;
  };

  const place = (one) => (one.file ? `${one.file}:${one.line}:${one.column}` : "");

  const finding = (one) => {
    const item = make("li", one.severity);
    const at = button("place", place(one), () => {});
    at.title = "Copy the place";
    at.addEventListener("click", copy(at, place(one)));
    item.append(make("p", "head", at, " ", make("span", "code", `${one.severity}: ${one.code}`)), make("p", "message", one.message));
    if (one.source) item.append(excerpt(one));
    for (const note of one.notes) item.append(make("p", "note", note.text + (note.file ? ` (${place(note)})` : "")));
    if (one.help) {
      const take = button("take", "Copy", () => {});
      take.addEventListener("click", copy(take, one.help));
      item.append(make("p", "note", one.help_place ? `Corrected, in place of ${one.help_place}:` : "Corrected:", " ", take), make("pre", "help", one.help));
    }
    return item;
  };

  const excerpt = (one) => {
    const { before, marked, after } = one.source;
    const number = String(one.line);
    const pre = make("pre", "source", make("span", "number", `${number} | `), before, make("mark", "", marked), after, "\n");
    pre.append(make("span", "number", `${" ".repeat(number.length)} | `), make("span", "caret", " ".repeat([...before].length)));
    pre.append(make("span", "caret", "^".repeat(Math.max(1, [...marked].length))));
    return pre;
  };

  /* With errors the panel is open until it is folded; without, it is shut until it is asked for. */
  const isOpen = () => (last.failing ? recall("panel") !== "folded" : recall("list") === "open") && last.findings.length > 0;
  const fold = () => {
    const open = isOpen() && !listing;
    listing = false;
    if (last.failing) remember("panel", open ? "folded" : "");
    else remember("list", open ? "" : "open");
    draw();
  };

  let listing = false; // whether the panel shows what no fact of the article quotes yet
  const list = (wanted) => {
    listing = wanted;
    draw();
  };

  const drawPanel = () => {
    if (listing && last.coverage) {
      panel.hidden = false;
      const left = last.coverage.left.map((text) => make("li", "", make("p", "message", text)));
      const close = button("fold", "Fold", () => list(false));
      const rest = left.length ? make("ol", "", ...left) : make("p", "note", "No paragraph is left without a fact.");
      return panel.replaceChildren(make("header", "", make("h2", "", last.coverage.says), close), rest);
    }
    panel.hidden = !isOpen();
    if (panel.hidden) return panel.replaceChildren();
    const { error = 0, warning = 0, info = 0 } = last.counts;
    const total = error + warning + (last.failing ? 0 : info); // remarks can wait until the errors are mended
    const listed = last.findings.filter((one) => !last.failing || one.severity !== "info");
    const held = last.held.slice(0, 3).join(", ") + (last.held.length > 3 ? ` and ${last.held.length - 3} more` : "");
    const older = held ? ` Shown as before: ${held}. All else is up to date.` : " The page above is the last good one.";
    const behind = last.ready ? older : "";
    const title = last.failing ? `With ${count(error, "error")} nothing is published.${behind}` : "Findings";
    const items = make("ol", "", ...listed.map(finding));
    const more = total > listed.length ? make("p", "note", `And ${total - listed.length} more.`) : null;
    panel.replaceChildren(make("header", "", make("h2", "", title), button("fold", "Fold", fold)), items, ...(more ? [more] : []));
  };

  const drawBar = () => {
    const { error = 0, warning = 0, info = 0 } = last.counts;
    const words = [error && count(error, "error"), warning && count(warning, "warning"), info && count(info, "remark")];
    const found = words.filter(Boolean).join(", ") || "No findings";
    const state = button(`findings ${error ? "error" : warning ? "warning" : "good"}`, found, fold);
    state.setAttribute("aria-expanded", String(!panel.hidden));
    const files = last.sources.slice(0, 3).map((source) => {
      const element = button("file", source.line > 1 ? `${source.file}:${source.line}` : source.file, () => {});
      element.title = "Copy the path";
      element.addEventListener("click", copy(element, source.file));
      return element;
    });
    if (last.sources.length > 3) files.push(make("span", "more", `and ${last.sources.length - 3} more`));
    const follow = make("input", "");
    follow.type = "checkbox";
    follow.checked = recall("follow") === "yes";
    follow.addEventListener("change", () => remember("follow", follow.checked ? "yes" : ""));
    const label = make("label", "follow", follow, " Follow");
    label.title = "Go to the page of whatever is saved";
    const covered = last.coverage ? button("covered", last.coverage.says, () => list(!listing)) : null;
    const tools = [state, covered, cite].filter(Boolean);
    bar.replaceChildren(...tools, make("span", "files", ...files), make("span", "notice", notice()), label);
  };

  /* Words selected on an article's page become the lines that cite them. */
  let selected = "";
  const cite = button("cite", "Copy as citation", async () => {
    const query = new URLSearchParams({ page: shown.page, words: selected });
    const { yaml, fault } = await (await fetch(`${OWN}citation?${query}`)).json();
    said = fault;
    if (yaml) await copy(cite, yaml)();
    draw();
  });
  cite.hidden = true;
  cite.addEventListener("pointerdown", (event) => event.preventDefault()); // or the selection would go
  document.addEventListener("selectionchange", () => {
    const range = getSelection().rangeCount ? getSelection().getRangeAt(0) : null;
    const inside = range && shown.page.startsWith("articles/") && document.querySelector("main")?.contains(range.commonAncestorContainer);
    const words = inside ? range.cloneContents() : null;
    words?.querySelectorAll("a.rests, a.mark, .gloss, .role").forEach((one) => one.remove());
    selected = words ? words.textContent.trim() : "";
    cite.hidden = !selected;
  });

  const notice = () => (offline ? "The preview has ended. Start briefgen serve again." : said);
  let offline = false;
  let said = recall("says");
  remember("says", "");

  const draw = () => {
    if (!last) return;
    drawPanel();
    drawBar();
    host.dataset.build = last.build;
  };

  // ---------------------------------------------------------------- messages

  const go = (base, path, says) => {
    if (says) remember("says", says);
    location.replace(address(base, path));
  };

  const take = async (message) => {
    const before = last;
    last = message;
    if (!message.failing) remember("panel", ""); // the next fault opens it again
    else if (!(before && before.failing)) listing = false;
    if (before) said = "";
    if (message.ready && shown.digest !== message.digest) {
      if (message.to) return go(message.base, message.to.url, message.to.says);
    }
    if (message.base !== shown.base && message.ready) return go(message.base, shown.page, "The address of the site has changed.");
    const fresh = before && before.build !== message.build;
    if (fresh && message.saved && message.saved !== shown.page && recall("follow") === "yes") {
      remember("says", "");
      return location.assign(address(message.base, message.saved));
    }
    draw();
    if (message.ready && shown.digest !== message.digest) await swap();
    if (message.ready) relink(message.links);
  };

  let pause = 250;
  const connect = () => {
    const query = new URLSearchParams({ page: shown.page, missing: shown.missing ? "1" : "0" });
    const socket = new WebSocket(`${OWN.replace(/^http/, "ws")}live?${query}`);
    socket.onopen = () => {
      pause = 250;
      offline = false;
    };
    socket.onmessage = (event) => {
      busy = busy.then(() => take(JSON.parse(event.data))).catch((fault) => console.error(fault));
    };
    socket.onclose = () => {
      offline = true;
      draw();
      setTimeout(connect, pause);
      pause = Math.min(pause * 2, 4000);
    };
  };
  connect();
})();
