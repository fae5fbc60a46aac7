// The search page. Sphinx's index knows the words of each page; its objects are claims, figures, terms and the
// entries of the reference (see lecture.publishing.places). Sphinx's own searchtools.js would name them all alike and look for them letter by letter.
const Search = { setIndex: index => show(index), passages: {} }; // so searchindex.js and _passages/*.js call it

const NUMBERS = { one: 1, two: 2, three: 3, four: 4, five: 5, six: 6, seven: 7, eight: 8, nine: 9, ten: 10,
  hundred: 100, thousand: 1000 };
const OTHER_FORM = new Map(Object.entries(NUMBERS).flatMap(([word, n]) => [[word, `${n}`], [`${n}`, word]]));
const WORD = /([\p{L}\p{N}_]+)/u; // splits a text: every second piece is a word
const ROOT = document.documentElement.dataset.content_root;
const stemmer = new Stemmer();
const loaded = {}; // by page, the promise of its passages

const words = text => text.toLowerCase().split(WORD).filter((_, n) => n % 2);
const sameName = (a, b) => words(a).join(" ") === words(b).join(" ");
const fits = (word, term) => // "overf" fits overfitting, but 100 not 1000
  term.some(form => word === form || (/^\D.{2}/.test(form) && word.startsWith(form)));
const says = (text, term) => words(text).some(word => fits(word, term) || fits(stemmer.stemWord(word), term));

// HTML as text; a chapter's title without its number.
function plain(html) {
  const { body } = new DOMParser().parseFromString(html, "text/html");
  body.querySelector(".section-number")?.remove();
  return body.textContent;
}

// What a query asks for: its words without "the" and "of", unless it has no others; each in the forms that will do.
function asked(query) {
  const idle = new Set(stopwords), all = [...new Set(words(query))], telling = all.filter(word => !idle.has(word));
  const forms = word => (OTHER_FORM.has(word) ? [word, OTHER_FORM.get(word)] : [word]);
  return (telling.length ? telling : all).map(word => forms(word).map(form => stemmer.stemWord(form)));
}

// Claims, figures, terms and entries of the reference, in the order of the book.
function things({ objects, objnames, titles }) {
  return Object.entries(objects).flatMap(([prefix, list]) => list.map(([page, type, place, anchor, name]) => {
    const [, kind, label] = objnames[type];
    const [title, more = ""] = plain(prefix ? `${prefix}.${name}` : name).split("\t");
    const thing = { kind: kind.split("-")[0], names: [title], page, anchor, place, title, more };
    if (thing.kind === "entry") return { ...thing, label };
    if (thing.kind !== "claim") return thing;
    const id = anchor.replace("claim-", "");
    return { ...thing, id, names: [id, id.replace("C0", "C")], verdict: label, css: `verdict verdict-${kind.split("-")[1]}` };
  })).sort((a, b) => a.place - b.place);
}

// Headings, but for those that repeat a page's title.
function sections({ alltitles, titles }) {
  const pages = new Set(titles.map(plain));
  return Object.entries(alltitles).filter(([title]) => !pages.has(title)).flatMap(([title, places]) =>
    places.map(([page, anchor]) => ({ kind: "section", names: [], page, anchor, title })));
}

// The pages that have every term, in their text or their title.
function pages({ terms: texts, titleterms, titles }, terms) {
  const having = (table, term) => {
    const exact = term.filter(form => Object.hasOwn(table, form));
    return (exact.length ? exact : Object.keys(table).filter(word => fits(word, term))).flatMap(word => table[word]);
  };
  const found = terms.map(term => new Set([...having(texts, term), ...having(titleterms, term)]));
  return titles.map(plain).map((title, page) => ({ kind: "page", names: [title], page, title }))
    .filter(({ page, title }) => title && terms.length && found.every(pages => pages.has(page)));
}

// Everything found, best first: what is named so, claims, figures, terms, then sections and pages, chapters before others.
function find(terms, query, index) {
  const every = text => terms.length > 0 && terms.every(term => says(text, term));
  const all = things(index), claims = all.filter(thing => thing.kind === "claim");
  const chapters = [...new Set(claims.map(claim => claim.page))];
  const rank = ({ kind, names, title, page }) => {
    if (kind === "entry") return names.some(name => sameName(name, query)) ? 0 : 10; // the book comes before its machinery
    if (kind === "page" && index.docnames[page].startsWith("reference/")) return 10;
    if (names.some(name => sameName(name, query))) return kind === "page" ? 1 : 0;
    if (kind === "term") return every(title) ? 4 : 9; // 9: only its explanation says it
    if (kind === "page") return every(title) ? 5 : chapters.includes(page) ? 7 : 8;
    return { claim: 2, figure: 3, section: 6 }[kind];
  };
  const place = ({ page, place }) => place ?? (chapters.indexOf(page) + 1 || chapters.length + 1);
  return [
    ...all.filter(({ names, title, more, verdict = "" }) => every([...names, title, more, verdict].join(" "))),
    ...sections(index).filter(section => every(section.title)),
    ...pages(index, terms),
  ].map(item => ({ ...item, rank: rank(item), chapter: chapters.includes(item.page) }))
    .sort((a, b) => a.rank - b.rank || place(a) - place(b));
}

function element(tag, css, ...content) {
  const made = document.createElement(tag);
  if (css) made.className = css;
  made.append(...content);
  return made;
}

const marked = (text, terms) => text.split(WORD).map((piece, n) =>
  n % 2 && terms.some(term => says(piece, term)) ? element("mark", "", piece) : piece);

// About forty words of a text from shortly before the first that was asked for.
function excerpt(text, terms) {
  const pieces = text.trim().split(WORD);
  const first = pieces.findIndex((piece, n) => n % 2 && terms.some(term => says(piece, term)));
  const start = first < 24 ? 0 : first - 16, end = start + 80;
  return (start ? "… " : "") + pieces.slice(start, end).join("").trim() + (end < pieces.length ? " …" : "");
}

function address(docname) {
  const { BUILDER, LINK_SUFFIX } = DOCUMENTATION_OPTIONS;
  return ROOT + (BUILDER === "dirhtml" ? `${docname}/`.replace(/(^|\/)index\/$/, "$1") : docname + LINK_SUFFIX);
}

// The paragraph of a page or section that says most of what was asked (see lecture.publishing.site.passages).
async function quote({ anchor }, docname, terms) {
  loaded[docname] ??= new Promise((resolve, reject) => {
    const script = element("script", "");
    Object.assign(script, { src: `${ROOT}_passages/${docname}.js`, onload: resolve, onerror: reject });
    document.head.append(script);
  });
  await loaded[docname];
  const page = Search.passages[docname], texts = page[anchor] ?? Object.values(page).flat();
  const worth = text => terms.filter(term => says(text, term)).length;
  return excerpt(texts.reduce((best, text) => (worth(text) > worth(best) ? text : best), texts[0] ?? ""), terms);
}

const isQuoted = item => item.kind === "section" || item.kind === "page";

function drawn(item, where, url, terms) {
  const called = { claim: `Claim ${item.id}`, figure: "Figure", term: "Glossary", entry: item.label, section: "Section",
    page: item.chapter ? "Chapter" : "Page" }[item.kind];
  const about = element("p", "kicker", element("b", "", ...marked(called, terms)));
  if (item.kind !== "page" && item.kind !== "term") about.append(element("span", "", where));
  if (item.verdict) about.append(element("span", item.css, ...marked(item.verdict, terms)));
  const link = element("a", "", ...marked(item.title, terms));
  link.href = url + (item.anchor ? `#${item.anchor}` : "");
  const entry = element("li", "", about, link);
  entry.dataset.kind = item.kind;
  const more = item.kind === "figure" && item.more ? `Tests ${item.more.replaceAll(" ", ", ")}` : item.more;
  if (more || isQuoted(item)) entry.append(element("p", "more", ...marked(more ?? "", terms)));
  return entry;
}

function show(index) {
  const query = (new URLSearchParams(location.search).get("q") ?? "").trim();
  if (!query) return;
  for (const field of document.querySelectorAll("input[name=q]")) field.value = query;
  document.title = `${query} — ${document.title}`;
  const terms = asked(query), found = find(terms, query, index);
  const how = found.length === 0 ? "Nothing found" : found.length === 1 ? "1 result" : `${found.length} results`;
  document.getElementById("search-status").textContent = `${how} for “${query}”`;
  document.getElementById("search-elsewhere").hidden = found.length > 0;
  const waiting = new Map();
  const watch = new IntersectionObserver(entries => { // what a result quotes is loaded when it comes into sight
    for (const { target } of entries.filter(entry => entry.isIntersecting)) {
      watch.unobserve(target);
      const item = waiting.get(target);
      quote(item, index.docnames[item.page], terms)
        .then(text => target.lastChild.append(...marked(text, terms)), () => {}); // without a quotation it leads there still
    }
  });
  for (const item of found) {
    const entry = drawn(item, plain(index.titles[item.page]), address(index.docnames[item.page]), terms);
    document.getElementById("search-results").append(entry);
    if (!isQuoted(item)) continue;
    waiting.set(entry, item);
    watch.observe(entry);
  }
}
