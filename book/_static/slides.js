// A page of slides (lecture.publishing.directives.slides) shown one by one: a dialog takes the slides of the page and gives
// them back, so that nothing behind it can be reached while it is open. Without this script the page is a long one to read.
document.addEventListener("DOMContentLoaded", () => {
  const root = document.documentElement, bar = document.querySelector(".slide-bar");
  const slides = [...document.querySelectorAll("article.slide")];
  if (!slides.length || !bar) return;
  const show = document.createElement("dialog"), end = document.createComment("slides");
  show.className = "show";
  show.setAttribute("aria-label", "Slides");
  bar.before(show);
  slides.at(-1).after(end);
  let current = 0, out = false; // out: the slides have left the page for the dialog

  const button = (sign, name, act) => {
    const made = document.createElement("button");
    Object.assign(made, { type: "button", textContent: sign, title: name, onclick: act });
    made.setAttribute("aria-label", name);
    return made;
  };
  const place = document.createElement("span");
  const notes = () => {
    const all = slides.map(slide => slide.querySelector("details.notes")), open = !all[current].open;
    for (const one of all) one.open = open;
  };
  const reading = document.createElement("div"), showing = document.createElement("div");
  reading.append(
    button("Full screen (f)", "Show full screen (f)", () => enter()),
    button("Notes (n)", "Open or fold all notes (n)", notes),
    button("Print", "Print, with the notes that are open", () => print()));
  showing.append(
    button("‹", "Back", () => go(current - 1)), place, button("›", "Next", () => go(current + 1)),
    button("Notes", "Open or fold all notes (n)", notes), button("✕", "Back to the page (f, Escape)", () => leave()));
  bar.append(reading);
  showing.className = "slide-bar";

  const begun = n => slides[n].dataset.begins;
  const top = slide => slide.getBoundingClientRect().top - parseFloat(getComputedStyle(root).scrollPaddingTop);

  function go(n, take = true) {
    current = Math.max(0, Math.min(n, slides.length - 1));
    for (const slide of slides) slide.classList.toggle("current", slide === slides[current]);
    place.textContent = `${current + 1} of ${slides.length} · from ${begun(current)}`;
    history.replaceState(null, "", `#${slides[current].id}`);
    if (show.open) show.scrollTop = slides[current].scrollTop = 0;
    else slides[current].scrollIntoView({ block: "start", behavior: "instant" });
    if (take) slides[current].focus({ preventScroll: true });
  }

  // The slide that is read: the last whose top has passed the upper third of the window.
  const read = () => Math.max(0, slides.findLastIndex(slide => slide.getBoundingClientRect().top < innerHeight / 3));

  async function enter() {
    if (out) return;
    out = true;
    const n = read();
    await root.requestFullscreen?.().catch(() => {}); // a phone may refuse: the dialog fills its window as well
    if (!out) return;
    show.append(...slides, showing);
    show.showModal();
    go(n);
  }
  function leave() {
    if (!out) return;
    out = false;
    if (show.open) show.close();
    end.before(...slides);
    showing.remove();
    if (document.fullscreenElement) document.exitFullscreen().catch(() => {});
    go(current);
  }
  show.addEventListener("cancel", event => { event.preventDefault(); leave(); }); // Escape, or the way back of a phone
  document.addEventListener("fullscreenchange", () => { if (!document.fullscreenElement) leave(); });
  addEventListener("beforeprint", leave);

  for (const slide of slides) slide.tabIndex = -1;

  // While slides are shown, all keys are theirs; on the page the letters and two arrows that nothing else wants.
  const fits = () => slides[current].scrollHeight <= slides[current].clientHeight + 1;
  const shown = {
    ArrowRight: () => go(current + 1), PageDown: () => go(current + 1), ArrowLeft: () => go(current - 1),
    PageUp: () => go(current - 1), ArrowDown: () => fits() && go(current + 1), ArrowUp: () => fits() && go(current - 1),
    Home: () => go(0), End: () => go(slides.length - 1), f: leave, Escape: leave, n: notes,
  };
  const page = {
    ArrowRight: () => { const n = slides.findIndex(slide => top(slide) > 2); if (n >= 0) go(n); },
    ArrowLeft: () => { const n = slides.findLastIndex(slide => top(slide) < -2); if (n >= 0) go(n); },
    f: enter, n: () => { current = read(); notes(); },
  };
  addEventListener("keydown", event => {
    const { target, key } = event;
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (target.closest?.("input, textarea, select, [contenteditable]") || document.querySelector("dialog[open]:not(.show)")) return;
    const act = (show.open ? shown : page)[key];
    if (!act || (key.startsWith("Arrow") && !show.open && target.closest?.("pre, [role=button], .math"))) return;
    if (act() !== false) event.preventDefault();
  });

  // A finger that goes sideways turns the slide; up and down it scrolls a slide that is longer than the screen.
  let from;
  show.addEventListener("touchstart", ({ touches }) => { from = touches.length === 1 ? touches[0] : undefined; }, { passive: true });
  show.addEventListener("touchend", ({ changedTouches: [to] }) => {
    if (!from) return;
    const across = to.clientX - from.clientX, along = to.clientY - from.clientY;
    if (Math.abs(across) > 50 && Math.abs(across) > 2 * Math.abs(along)) go(current - Math.sign(across));
  });
});
