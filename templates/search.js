/* The search of search.html, in the browser alone. Absences: no request but for the scripts of search/ (made by
   briefgen/pages/search/, which says what they hold), no markup from text, no evaluation, nothing kept.
   What is typed is folded as the index was (briefgen/folding.py). All words must be found; the last one, and every one of four
   letters and more, may be the beginning of a word. */
(() => {
  "use strict";
  const TOP = new URL(".", document.currentScript.src).href; // the site's folder
  const form = document.getElementById("search");
  const field = document.getElementById("q");
  const list = document.getElementById("hits");
  const found = document.getElementById("found");
  const more = document.getElementById("more");
  const clear = document.getElementById("clear");
  const filters = form.querySelector(".search-filters");
  const everything = document.getElementById("a-z");
  const say = form.dataset;
  const PAGES = 10; // pages shown at a time
  const HITS = 3; // entries shown of a page
  const LENGTH = 240; // letters shown of an entry
  const ENOUGH = 400; // pages after which a word of very many postings is read no further
  const TOGETHER = 6; // shards of one beginning that are read together

  const make = (name, css, ...inside) => {
    const element = document.createElement(name);
    if (css) element.className = css;
    element.append(...inside);
    return element;
  };

  // ------------------------------------------------------------ shards

  const kept = new Map(); // name -> promise of what the shard holds
  const waiting = new Map();
  let failed = false; // whether anything could not be fetched since the last key
  document.addEventListener("briefgen:search", ({ detail: [name, data] }) => waiting.get(name)?.(data));
  const shard = (name) => {
    if (!kept.has(name)) {
      kept.set(
        name,
        new Promise((done) => {
          waiting.set(name, done);
          const script = make("script");
          script.src = `${TOP}search/${name}.js`;
          script.onerror = () => {
            kept.delete(name); // a dropped connection is no answer for ever
            failed = true;
            done(null);
          };
          document.head.append(script);
        }),
      );
    }
    return kept.get(name);
  };
  const fileName = (text) => Array.from(text, (c) => (/[a-z0-9]/.test(c) ? c : `_${c.codePointAt(0).toString(16)}_`)).join("");
  let index = null; // the manifest
  let shards = null; // the beginnings that have a shard of terms, and those that are divided

  // ------------------------------------------------------------ folding: as briefgen/folding.py

  const letters = new Map();
  const part = (c) => index.folding.letters[c] ?? (/[\p{L}\p{N}]/u.test(c) ? c : /[\p{M}\p{Cf}]/u.test(c) ? "" : " ");
  const letter = (c) => {
    const lower = c.toLowerCase();
    if (lower in index.folding.letters) return index.folding.letters[lower];
    const out = Array.from(lower.normalize("NFKD").toLowerCase(), part).join("");
    return new RegExp(index.folding.signs, "u").test(c) ? ` ${out} ` : out;
  };
  /* A text folded, and where each folded letter comes from. */
  const fold = (text) => {
    let folded = "";
    const from = [];
    let at = 0;
    for (const c of text) {
      if (!letters.has(c)) letters.set(c, letter(c));
      const out = letters.get(c);
      for (let n = 0; n < out.length; n++) from.push(at);
      folded += out;
      at += c.length;
    }
    from.push(text.length);
    return [folded, from];
  };
  const withoutParticles = (word) => {
    const forms = [word];
    let rest = word;
    if ("وف".includes(rest[0]) && rest.length > 3) forms.push((rest = rest.slice(1)));
    if (rest.startsWith("لل") && rest.length > 3) return [...forms, rest.slice(2)];
    if ("بكل".includes(rest[0]) && rest.length > 3) forms.push((rest = rest.slice(1)));
    if (rest.startsWith("ال") && rest.length > 3) forms.push(rest.slice(2));
    return forms;
  };
  const cut = (word) => Array.from(word).slice(0, index.folding.longest).join("");
  const forms = (word) => {
    const bare = word.endsWith("'s") && word.length > 2 ? word.slice(0, -2) : word;
    const parts = bare.split("'");
    const tail = parts.length > 1 && Array.from(parts.at(-1)).length > 3 ? [parts.at(-1)] : [];
    return [...new Set([...withoutParticles(parts.join("")), ...tail].map(cut))];
  };
  const wordsOf = (chunk) => {
    const bare = chunk.replace(/^[a-z]+[ -]/, "");
    let parts = bare.split(".");
    if (parts.length > 1 && parts.every((p) => Array.from(p).length === 1 && !/[0-9]/.test(p))) parts = [parts.join("")];
    const words = parts.map(forms);
    if (bare !== chunk) words[0] = [...words[0], ...["al", "el"].map((article) => cut(article + words[0][0]))];
    return words;
  };
  /* The words of a text: where each stands, and the terms it is found by. */
  const words = (text) => {
    const [folded, from] = fold(text);
    return [...folded.matchAll(new RegExp(index.folding.pattern, "gu"))].flatMap((match) => {
      const start = from[match.index + match[0].length - match[0].replace(/^[a-z]+[ -]/, "").length];
      const end = from[match.index + match[0].length];
      return wordsOf(match[0]).map((terms) => ({ start, end, terms }));
    });
  };

  // ------------------------------------------------------------ looking up

  const PAGE = () => 3 + index.hashed; // letters of a key that are the page's, then one for the part of it
  const KEY = () => PAGE() + 1;
  /* Adds postings to hits: key -> {mark: how the page's name holds the word, exact, codes of entries}. */
  const gather = (hits, postings, exact) => {
    for (const one of postings.split(" ")) {
      const key = one.slice(0, KEY());
      const marked = "!.:".indexOf(one[KEY()] || " ");
      const mark = 2 - marked; // 2 its whole name, 1 a word of it, 0 a word beside it
      const hit = hits.get(key) || { mark: -1, exact: false, codes: new Map() };
      if (marked >= 0) hit.mark = Math.max(hit.mark, mark);
      hit.exact ||= exact;
      for (let n = KEY() + (marked >= 0); n < one.length; n += 2) {
        const code = one.slice(n, n + 2);
        hit.codes.set(code, exact || hit.codes.get(code) || false);
      }
      hits.set(key, hit);
    }
  };
  /* Whether a term is looked for as the beginning of words, too. */
  const begins = ({ last, facet }, term) => last || (!facet && term.length >= 4);
  /* The shards that hold a term and, if asked for, what begins so; of too many the one that has a foretaste of them. */
  const shardsOf = (term, longer) => {
    let name = term;
    while (name && !shards.all.has(name)) name = Array.from(name).slice(0, -1).join("");
    if (!name || (name !== term && shards.divided.has(name))) return [[], false];
    const under = longer && shards.divided.has(name) ? [...shards.all].filter((one) => one.startsWith(term)) : [name];
    return under.length > TOGETHER ? [[name], true] : [under, false];
  };
  /* One word: its hits so far, the files that hold more, and whether this is a foretaste only. */
  const lookUp = async (word) => {
    const answer = { hits: new Map(), files: [], foretaste: false, more: false };
    const read = (own, text, term) => {
      const exact = own === term;
      if (!text.startsWith("~")) return gather(answer.hits, text, exact);
      const [starts, ...names] = text.slice(1).split(" ");
      if (names.length) gather(answer.hits, names.join(" "), exact);
      return starts.split(",").forEach((start, n, all) => {
        const name = `p${fileName(own)}.${fileName(start)}`;
        answer.files.push({ name, exact, holds: (key) => key >= start && (n + 1 === all.length || key < all[n + 1]) });
      });
    };
    await Promise.all(
      word.terms.map(async (term) => {
        const longer = begins(word, term);
        const [names, foretaste] = shardsOf(term, longer);
        const held = await Promise.all(names.map((name) => shard(`t${fileName(name)}`)));
        for (const [own, text] of held.flatMap((one) => Object.entries(one || {}))) {
          if (own === term || (own && longer && own.startsWith(term))) read(own, text, term);
          else if (!own && foretaste && word.last) {
            answer.foretaste = true;
            gather(answer.hits, text, false);
          }
        }
      }),
    );
    return answer;
  };
  /* Postings in files of their own: of a word beside others only those files where the others have hits. */
  const readOn = async (answers) => {
    const closed = answers.filter((a) => !a.files.length && !a.foretaste);
    const keys = closed.length ? [...closed.sort((a, b) => a.hits.size - b.hits.size)[0].hits.keys()] : null;
    for (const answer of answers) {
      const files = answer.files.filter(({ holds }) => !keys || keys.some(holds));
      const batch = keys ? files.length : 2;
      for (let n = 0; n < files.length && (keys || answers.length > 1 || answer.hits.size < ENOUGH); n += batch) {
        const texts = await Promise.all(files.slice(n, n + batch).map((file) => shard(file.name)));
        texts.forEach((text, m) => text && gather(answer.hits, text, files[n + m].exact));
        answer.more = n + batch < files.length;
      }
    }
  };

  // ------------------------------------------------------------ ranking

  /* Names first, a whole name before all; then exact before beginnings; what holds all words before what needs the page's name. */
  const judge = (key, hits, filters) => {
    const head = hits.every((h) => h.mark >= 1) && filters.every((f) => f.get(key)?.mark >= 1);
    const codes = new Map();
    for (const code of new Set(hits.flatMap((h) => [...h.codes.keys()]))) {
      if (!hits.every((h) => h.codes.has(code) || h.mark >= 0) || !filters.every((f) => f.get(key)?.codes.has(code))) continue;
      codes.set(code, hits.reduce((sum, h) => sum + (h.codes.has(code) ? 2 + h.codes.get(code) : 0), 0));
    }
    if (!head && !codes.size) return null;
    const exact = hits.every((h) => h.exact);
    const whole = hits.length === 1 && hits[0].mark === 2;
    const best = Math.max(0, ...codes.values());
    const rank = head ? (exact ? 1 : 3) - whole : best === 3 * hits.length ? 4 : best >= 2 * hits.length ? 5 : 6;
    return { key, rank, head, codes };
  };
  /* The parts of a page as one result. */
  const together = (parts) => {
    const pages = new Map();
    for (const { key, rank, head, codes } of parts) {
      const id = key.slice(0, PAGE());
      const page = pages.get(id) || { id, rank, head: "", parts: new Map(), many: 0 };
      page.rank = Math.min(page.rank, rank);
      if (head) page.head = key;
      if (codes.size) page.parts.set(key, codes);
      page.many += codes.size;
      pages.set(id, page);
    }
    return [...pages.values()].sort((a, b) => a.rank - b.rank || Math.min(b.many, 3) - Math.min(a.many, 3) || (a.id < b.id ? -1 : 1));
  };
  const search = async (query, facets) => {
    const asked = words(query).map(({ terms }) => ({ terms, last: false, facet: false }));
    if (!asked.length) return null;
    asked.at(-1).last = !/\s$/.test(query);
    const filters = facets.map((term) => ({ terms: [term], last: false, facet: true }));
    const answers = await Promise.all([...asked, ...filters].map(lookUp));
    const [of, filtering] = [answers.slice(0, asked.length), answers.slice(asked.length)];
    // A word of few letters says too little beside others: while it is being written, the others count.
    const counted = of.length > 1 ? of.filter((a) => !a.foretaste) : of;
    await readOn([...counted, ...filtering]);
    const [least, ...others] = [...counted].sort((a, b) => a.hits.size - b.hits.size).map((a) => a.hits);
    const parts = [];
    for (const [key, hit] of least) {
      if (!others.every((o) => o.has(key))) continue;
      const one = judge(key, [hit, ...others.map((o) => o.get(key))], filtering.map((a) => a.hits));
      if (one) parts.push(one);
    }
    return { results: together(parts), asked, short: of.length === 1 && of[0].foretaste, more: of.some((a) => a.more) };
  };

  // ------------------------------------------------------------ showing

  const isHit = (terms, asked) => asked.some((word) => word.terms.some((t) => terms.some((own) => own === t || (begins(word, t) && own.startsWith(t)))));
  const hitsIn = (text, asked) => words(text).filter(({ terms }) => isHit(terms, asked));
  /* A text with its hits in <mark>; of a long one the stretch around the first hit. */
  const marked = (text, asked, length) => {
    const hits = hitsIn(text, asked);
    let [from, to] = [0, text.length];
    if (to > length) {
      from = hits.length && hits[0].start > length / 3 ? text.indexOf(" ", hits[0].start - length / 4) + 1 : 0;
      from = from > 0 && from <= hits[0].start ? from : hits.length && from ? hits[0].start : 0;
      to = from + length < text.length ? Math.max(text.lastIndexOf(" ", from + length), hits[0]?.end || 0) : text.length;
    }
    const out = document.createDocumentFragment();
    let at = from;
    if (from) out.append("… ");
    for (const { start, end } of hits) {
      if (start < at || end > to) continue;
      out.append(text.slice(at, start), make("mark", "", text.slice(start, end)));
      at = end;
    }
    out.append(text.slice(at, to));
    if (to < text.length) out.append(" …");
    return [out, hits];
  };
  let options = 0;
  const option = (href, css, ...inside) => {
    const link = make("a", css, ...inside);
    link.href = TOP + href;
    link.id = `hit-${++options}`;
    link.tabIndex = -1;
    link.setAttribute("role", "option");
    link.setAttribute("aria-selected", "false");
    return link;
  };
  const nameHit = (page, asked) => {
    const [url, title, lang, about, names] = page;
    const text = make("span", "hit-title", marked(title, asked, Infinity)[0]);
    if (lang) Object.assign(text, { lang, dir: "auto" });
    const also = names.filter(([name]) => name !== title && hitsIn(name, asked).length);
    const others = (also.length ? also : names.filter(([, tongue]) => tongue)).slice(0, 4).map(([name, tongue]) => {
      const other = make("bdi", "", marked(name, asked, Infinity)[0]);
      if (tongue) other.lang = tongue;
      return other;
    });
    const below = others.flatMap((other, n) => (n ? [say.comma, other] : [other]));
    return option(url, "hit name", text, " ", make("span", "hit-about", about), ...(below.length ? [make("span", "hit-names", ...below)] : []));
  };
  const entryHit = (page, entry, asked) => {
    const [, voice, fragment, label, text, lang, places] = entry;
    const [shown, hits] = marked(text, asked, LENGTH);
    const within = ([start, end]) => hits.filter((h) => start <= h.start && h.end <= end).length;
    const best = places.reduce((most, place) => (within(place) > (most ? within(most) : 0) ? place : most), null);
    const words = make(voice === "s" ? "q" : "span", voice === "s" ? "said" : "", shown);
    if (voice === "s") words.dir = "auto";
    if (lang) words.lang = lang;
    const at = best ? best[2] : fragment;
    const parts = label ? [make("span", "hit-label", marked(label, asked, Infinity)[0]), " ", words] : [words];
    return option(page[0] + (at ? `#${encodeURIComponent(at)}` : ""), `hit ${{ s: "source", e: "editors", f: "fact" }[voice]}`, ...parts);
  };
  const block = (key) => {
    const whole = 2 ** (6 * index.hashed);
    const digit = (c) => index.digits.indexOf(c);
    const number = Array.from(key.slice(3, PAGE())).reduce((sum, c) => sum * 64 + digit(c), 0);
    const place = (number + digit(key.at(-1)) * index.apart) % whole;
    return `b${Math.floor(place / (whole / 2 ** index.bits)).toString(16)}`;
  };
  const text = async (key) => (await shard(block(key)))?.[key];
  /* What is to be shown of a page: its head, and of the parts with the best entries what they hold. */
  const read = async ({ head, parts }) => {
    const best = (codes) => Math.max(...codes.values());
    const keys = [...parts.keys()].sort((a, b) => best(parts.get(b)) - best(parts.get(a)) || (a < b ? -1 : 1)).slice(0, HITS);
    const held = await Promise.all(keys.map(text));
    const entries = keys.flatMap((key, n) => (held[n]?.[5] || []).filter(([code]) => parts.get(key).has(code)).map((entry) => [parts.get(key).get(entry[0]), entry]));
    const page = held.find(Boolean) || (await text(head));
    return page && { page, entries: entries.sort(([a], [b]) => b - a) }; // those alike stay as they stand on the page
  };
  const show = ({ head, many }, { page, entries }, asked) => {
    const fit = head ? entries.filter(([held]) => held >= 2 * asked.length) : entries;
    const title = make("bdi", "hit-title", marked(page[1], asked, Infinity)[0]);
    const group = make("div", "hit-page", head ? nameHit(page, asked) : make("p", "hit-head", title, " ", make("span", "hit-about", page[3])));
    group.setAttribute("role", "group");
    group.setAttribute("aria-label", page[1]);
    group.append(...fit.slice(0, HITS).map(([, entry]) => entryHit(page, entry, asked)));
    const rest = fit.length === entries.length ? many - HITS : fit.length - HITS;
    if (rest > 0) group.append(make("p", "hint", say.rest.replace("{n}", rest)));
    list.append(group);
  };

  // ------------------------------------------------------------ the state: what is typed and chosen

  let turn = 0; // of several searches under way only the last is shown
  let now = null; // {results, asked} that are shown
  let shown = 0;
  let at = null; // the option that is current
  const chosen = (name) => form.elements[name]?.value || "";

  const select = (next) => {
    at?.setAttribute("aria-selected", "false");
    at = next;
    if (!at) return field.removeAttribute("aria-activedescendant");
    at.setAttribute("aria-selected", "true");
    field.setAttribute("aria-activedescendant", at.id);
    return at.scrollIntoView({ block: "nearest" });
  };
  const empty = () => {
    select(null);
    list.replaceChildren();
    shown = 0;
  };
  const some = async () => {
    const mine = turn;
    const { results, asked } = now;
    const next = results.slice(shown, shown + PAGES);
    const texts = await Promise.all(next.map(read));
    if (mine !== turn) return;
    if (!shown) empty();
    next.forEach((one, n) => texts[n] && show(one, texts[n], asked));
    shown += next.length;
    more.hidden = shown >= results.length;
  };
  const open = (yes) => {
    list.hidden = !yes;
    filters.hidden = !yes;
    everything.hidden = yes;
    clear.hidden = !field.value;
    field.setAttribute("aria-expanded", String(yes));
  };
  const count = (results) => {
    const of = {};
    for (const { id } of results) of[id[0]] = (of[id[0]] || 0) + 1;
    for (const radio of form.elements.kind) {
      if (!radio.value) continue;
      radio.parentElement.hidden = !of[radio.value] && !radio.checked;
      radio.parentElement.querySelector("b").textContent = of[radio.value] || 0;
    }
  };
  const address = () => {
    const url = new URL(location.href);
    url.hash = "";
    for (const name of ["q", "kind", "party", "year"]) {
      if (chosen(name).trim()) url.searchParams.set(name, chosen(name));
      else url.searchParams.delete(name);
    }
    try {
      history.replaceState(null, "", url);
    } catch {
      // some browsers let a file's address alone; the search works without
    }
  };
  const update = async () => {
    const mine = ++turn;
    failed = false;
    index ||= await shard("manifest");
    if (mine !== turn) return;
    if (!index) {
      found.textContent = say.failed;
      return;
    }
    if (!shards) {
      const all = new Set(index.terms.split(" "));
      shards = { all, divided: new Set([...all].map((name) => Array.from(name).slice(0, -1).join(""))) };
    }
    const facets = [chosen("party") && `@${chosen("party")}`, chosen("year") && `=${chosen("year")}`].filter(Boolean);
    const answer = await search(field.value, facets);
    if (mine !== turn) return;
    address();
    if (!answer) {
      empty();
      open(false);
      more.hidden = true;
      found.textContent = "";
      return;
    }
    count(answer.results);
    now = { ...answer, results: answer.results.filter(({ id }) => !chosen("kind") || id[0] === chosen("kind")) };
    shown = 0;
    if (now.results.length) await some();
    else {
      empty();
      more.hidden = true;
    }
    if (mine !== turn) return;
    open(true);
    const { length } = now.results;
    const said = (answer.more ? say.some : say.results).replace("{n}", length);
    found.textContent = failed ? say.failed : length ? (answer.short ? say.short.replace("{n}", length) : said) : say.none;
  };

  // ------------------------------------------------------------ keys and the pointer

  const step = (way) => {
    const all = [...list.querySelectorAll("[role=option]")];
    if (!all.length) return;
    const next = at ? all.indexOf(at) + way : way > 0 ? 0 : all.length - 1;
    select(all[next] || null); // beyond either end the field itself
  };
  const leave = () => {
    field.value = "";
    form.elements.kind[0].checked = true;
    update();
  };
  field.addEventListener("input", update);
  filters.addEventListener("change", update);
  more.addEventListener("click", () => some());
  clear.addEventListener("click", () => {
    leave();
    field.focus();
  });
  field.addEventListener("keydown", (event) => {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") step(event.key === "ArrowDown" ? 1 : -1);
    else if (event.key === "Escape" && field.value) leave();
    else if (event.key === "Escape") field.blur();
    else return;
    event.preventDefault();
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (!at && matchMedia("(pointer: coarse)").matches) field.blur(); // the keyboard makes room for the results
    else (at || list.querySelector("[role=option]"))?.click();
  });

  const given = new URLSearchParams(location.search);
  form.hidden = false;
  for (const name of ["q", "party", "year"]) if (form.elements[name]) form.elements[name].value = given.get(name) || "";
  for (const radio of form.elements.kind) if (given.get("kind") && radio.value === given.get("kind")) radio.checked = true;
  if (!location.hash) field.focus({ preventScroll: true });
  if (field.value) update();
  else shard("manifest"); // so that the first key waits for one thing less
})();
