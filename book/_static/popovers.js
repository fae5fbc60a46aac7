// What a number, a term, a claim or a source is: in a popover for who points at it, tabs to it or taps it; a finger's second
// tap follows a link. A number's words are in the page; all others, and where a number comes from, are in explained.js (see
// lecture.publishing.site.explained), fetched when a reader first comes near. Without this script the style sheet shows a
// number's words, and a link is a link.
if ("popover" in HTMLElement.prototype) {
  const LINK = ':is(a[href*="#term-"], a[href*="#claim-C"], a[href*="#C"], .bibtex-citation > a):not([title])';
  const PLACE = `main article :is(.num, ${LINK}):not(:is(h1, h2, h3, header, .ledger, #explained) *)`;
  const CLAIM = /^#(claim-)?C\d\d/;
  const FILE = new URL("explained.js", document.currentScript.src), SITE = new URL("../", FILE).href;
  const SLOWLY = 150, LEAVING = 250; // ms: a pointer that only passes opens nothing, and has time to move onto what it opened
  const box = document.createElement("div");
  let known, asked, at, shut, tapped, timer; // at: what is explained now; shut: what a reader has shut; tapped: first by a finger
  box.id = "explained";
  box.popover = "manual";
  document.documentElement.classList.add("explains");

  const placeOf = target => { // a link that merely leads to a claim in other words, "22 more", tells by those
    const place = target.closest?.(PLACE);
    return place && (!CLAIM.test(place.hash) || place.matches(".verdict") || /^C\d\d/.test(place.textContent)) ? place : undefined;
  };
  const focused = () => (box.contains(document.activeElement) ? at : placeOf(document.activeElement));
  const entryOf = place => {
    const name = place.dataset.of ?? place.hash?.slice(1).replace(/^claim-/, "");
    return known?.get(name) ?? known?.get(place.href?.slice(SITE.length));
  };
  const whither = ({ hash }) => (hash.startsWith("#claim-") ? "The claim’s card" : hash.startsWith("#C") ? "In the ledger"
    : hash.startsWith("#term-") ? "In the glossary" : "In the references");

  function ask() {
    if (asked) return;
    asked = Object.assign(document.createElement("script"), { src: FILE });
    globalThis.explain = entries => { known = new Map(Object.entries(entries)); };
    asked.onload = () => at && show(at);
    asked.onerror = () => { known = new Map(); }; // then a link is a link
    document.head.append(asked);
  }

  const element = (tag, words, more = {}) => Object.assign(document.createElement(tag), { textContent: words }, more);
  const line = (...parts) => { const made = element("p", ""); made.append(...parts.filter(Boolean)); return made; };
  const way = (href, words, tabIndex = -1) => element("a", words, { href, tabIndex });

  // What the popover says of a place; nothing while, or where, nothing is known of it.
  function said(place) {
    const entry = entryOf(place), number = place.matches(".num");
    if (!entry && !number) return [];
    const { name, sign, css, text, more, url, records, run, card } = entry ?? {};
    if (number) return [
      line(place.querySelector("[hidden]").textContent), ...(records ? [line(records)] : []),
      ...(run ? [line("Compute it yourself: ", Object.assign(element("code", run), { translate: false }))] : []),
      ...(card ? [line(way(SITE + card, `Claim ${name}`, 0))] : [])]; // a stop of the keyboard: the number leads nowhere itself
    return [
      line(element("b", name), sign && " ", sign && element("span", sign, { className: css })), line(text), ...(more ? [line(more)] : []),
      line(way(place.href, whither(place)), url && " · ", url && way(url, new URL(url).host))];
  }

  function show(place) {
    ask();
    clearTimeout(timer);
    if (place === shut) return;
    if (place !== at) hide();
    shut = undefined;
    at = place;
    const lines = said(place);
    if (!lines.length) return;
    box.replaceChildren(...lines);
    place.setAttribute("aria-describedby", box.id);
    if (box.isConnected) return;
    place.after(box); // where it stands the keyboard finds what is in it next
    box.showPopover();
  }
  function hide() {
    clearTimeout(timer);
    at?.removeAttribute("aria-describedby");
    at = undefined;
    box.remove();
  }
  function close() { // by the reader, for as long as the pointer or the keyboard stays there
    const place = at;
    if (box.contains(document.activeElement)) place.focus();
    hide();
    shut = place;
  }

  addEventListener("pointerover", ({ target, pointerType }) => {
    if (pointerType === "touch" || box.contains(document.activeElement)) return;
    clearTimeout(timer);
    const place = placeOf(target);
    if (place !== shut && focused() !== shut) shut = undefined;
    if (place) {
      ask();
      timer = setTimeout(show, SLOWLY, place);
    } else if (at && !box.contains(target)) timer = setTimeout(() => (focused() ? show(focused()) : hide()), LEAVING);
  });
  addEventListener("focusin", ({ target }) => {
    ask(); // at the first stop of the keyboard, so that a screen reader hears all at the first term
    if (box.contains(target)) return;
    const place = placeOf(target);
    if (place !== shut) shut = undefined;
    if (place) show(place);
    else if (at) hide();
  });
  addEventListener("pointerdown", ({ target, pointerType }) => {
    const place = placeOf(target);
    tapped = pointerType === "touch" && place !== at ? place : undefined;
    if (place) return ask();
    if (at && !box.contains(target)) {
      document.activeElement?.closest(".num")?.blur();
      hide();
    }
  });
  addEventListener("click", event => {
    const place = placeOf(event.target);
    if (!place || place !== tapped) return;
    tapped = shut = undefined;
    if (known && !place.matches(".num") && !entryOf(place)) return;
    event.preventDefault();
    show(place);
  });
  addEventListener("keydown", event => {
    const number = document.activeElement?.closest(".num");
    if (event.key === "Escape" && box.isConnected) close();
    else if (number && (event.key === "Enter" || event.key === " ")) {
      if (at) close();
      else {
        shut = undefined;
        show(number);
      }
    } else return;
    event.preventDefault();
    event.stopImmediatePropagation(); // slides have keys of their own
  }, true);
}
