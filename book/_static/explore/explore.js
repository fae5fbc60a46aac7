// What the explorables share: controls, the address, what is said aloud, and a pen for drawings.
//
// The page brings everything: the question, the controls (a form), an empty drawing and the records (an attribute of
// the section). A script of its own draws what the controls say. It tells explore.start its name and
//   draw(state, found, pen): draws, and returns { told, label, values }: a sentence, the drawing's words, words for
//     sliders by name; and, where something is left to compute or moves, work() and moving, of which below;
//   acts: for each button with data-act a function of (state, found) that returns what it sets.
// The state is the values of the form's controls by name, as strings; all of it stands in the address.
"use strict";
(() => {
  const RAISED = { "-": "⁻", 0: "⁰", 1: "¹", 2: "²", 3: "³", 4: "⁴", 5: "⁵", 6: "⁶", 7: "⁷", 8: "⁸", 9: "⁹" };
  const QUIET = 400; // ms after the last change before it is said aloud and put into the address
  const BETWEEN = 80, CALM = 1000, REPORTS = 6000; // ms between drawings that move, also where motion is unwelcome; between reports
  const calm = matchMedia("(prefers-reduced-motion: reduce)");

  /** @returns {Record<string, string>} the values of a form's controls */
  const read = form => {
    const state = {};
    for (const { name, type, value, checked } of form.elements)
      if (name && (type !== "radio" || checked)) state[name] = type === "checkbox" ? (checked ? "1" : "0") : value;
    return state;
  };

  /** Set controls to what a state says; a slider takes the nearest value that it has, a choice only its own. */
  const write = (form, state) => {
    for (const control of form.elements) {
      if (!(control.name in state)) continue;
      const value = state[control.name];
      if (control.type === "radio") control.checked = control.checked ? true : control.value === value;
      else if (control.type === "checkbox") control.checked = value === "1";
      else control.value = value;
    }
    for (const control of form.elements) // the one that is asked for, if it is there, and no other
      if (control.type === "radio" && control.value === state[control.name]) control.checked = true;
  };

  /** @returns {(tag: string, attributes?: object, text?: string) => SVGElement} what adds an element to a drawing */
  const penOf = svg => {
    svg.replaceChildren();
    const pen = (tag, attributes = {}, text = "") => {
      const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
      for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
      element.textContent = text;
      svg.append(element);
      return element;
    };
    return Object.assign(pen, { svg, width: svg.clientWidth, height: svg.clientHeight });
  };

  const begin = (section, name, draw, acts) => {
    const form = section.querySelector("form"), svg = section.querySelector("svg");
    const told = section.querySelector(".told"), heard = section.querySelector(".heard");
    const found = JSON.parse(section.dataset.found), first = read(form);
    let waiting = 0, frame = 0, moving = false, reported = 0;

    const show = () => {
      if (!svg.clientWidth) return; // not yet laid out: the observer below tells when
      cancelAnimationFrame(frame);
      const shown = draw(read(form), found, penOf(svg)), drawn = performance.now();
      moving = shown.moving;
      const go = () => { // work a little in each frame, until it is done or time for the next drawing
        const more = shown.work(), now = performance.now(), was = moving;
        if (more && now - drawn < (moving && calm.matches ? CALM : BETWEEN)) return void (frame = requestAnimationFrame(go));
        show();
        if (was && (!moving || now - reported > REPORTS)) say();
      };
      if (shown.work) frame = requestAnimationFrame(go);
      told.textContent = shown.told;
      svg.setAttribute("aria-label", shown.label);
      for (const [control, words] of Object.entries(shown.values ?? {})) {
        section.querySelector(`[data-value="${control}"]`).textContent = words;
        form.elements[control].setAttribute("aria-valuetext", words);
      }
      for (const preset of section.querySelectorAll("[data-set]")) {
        const set = Object.entries(JSON.parse(preset.dataset.set)), now = read(form);
        preset.setAttribute("aria-pressed", set.every(([control, value]) => now[control] === value));
      }
      section.querySelector(".why").textContent = section.querySelector("[aria-pressed=true]")?.dataset.why ?? "";
    };
    const say = () => {
      reported = performance.now();
      clearTimeout(waiting);
      waiting = setTimeout(() => {
        heard.textContent = `${section.querySelector(".why").textContent} ${told.textContent}`;
        try {
          history.replaceState(null, "", `#${name}:${new URLSearchParams(read(form))}`);
        } catch { /* a sandboxed frame may keep the address from a page */ }
      }, QUIET);
    };
    const changed = () => { show(); say(); };
    const recall = () => {
      if (!location.hash.startsWith(`#${name}:`)) return;
      write(form, { ...first, ...Object.fromEntries(new URLSearchParams(location.hash.slice(name.length + 2))) });
      section.scrollIntoView({ block: "start", behavior: "instant" });
    };
    const set = state => { write(form, state); changed(); };

    form.addEventListener("input", changed);
    form.addEventListener("submit", event => event.preventDefault());
    section.addEventListener("click", ({ target }) => {
      const { set: preset, act } = target.closest("button")?.dataset ?? {};
      if (preset) set({ ...first, ...JSON.parse(preset) });
      if (act) set(acts[act](read(form), found));
    });
    svg.addEventListener("explore", ({ detail }) => set(detail)); // something in the drawing was touched
    addEventListener("hashchange", () => { recall(); show(); });
    recall();
    const near = new IntersectionObserver(entries => { // a page that is read from the top need not wait for it
      if (!entries.some(entry => entry.isIntersecting)) return;
      near.disconnect();
      new ResizeObserver(show).observe(svg);
    }, { rootMargin: "100%" });
    near.observe(section);
  };

  const touched = (svg, at, { clientX, clientY }) => {
    const from = svg.getBoundingClientRect();
    svg.dispatchEvent(new CustomEvent("explore", { detail: at(clientX - from.left, clientY - from.top) }));
  };

  window.explore = {
    start(name, draw, acts = {}) {
      for (const section of document.querySelectorAll(`[data-explorable="${name}"]`)) begin(section, name, draw, acts);
    },

    /** Let something in a drawing be touched: `at` makes of a place in it, in pixels, what that sets. */
    tap(svg, element, at) { element.addEventListener("click", event => touched(svg, at, event)); },

    /** Let it be taken and moved: `at` is as for tap. */
    drag(svg, element, at) {
      element.addEventListener("pointerdown", event => {
        event.preventDefault();
        const move = event => touched(svg, at, event);
        const end = () => {
          removeEventListener("pointermove", move);
          for (const done of ["pointerup", "pointercancel"]) removeEventListener(done, end);
        };
        addEventListener("pointermove", move); // the drawing is made anew meanwhile, and the element with it
        for (const done of ["pointerup", "pointercancel"]) addEventListener(done, end);
      });
    },

    /** What a unit does with its sum: its value, its slope by value and sum, its name and the class of its bars. */
    functions: {
      sigmoid: { words: "sigmoid", fill: "fill-sigmoid", value: z => 1 / (1 + Math.exp(-z)), slope: y => y * (1 - y) },
      tanh: { words: "tanh", fill: "fill-tanh", value: Math.tanh, slope: y => 1 - y * y },
      relu: { words: "ReLU", fill: "fill-relu", value: z => Math.max(z, 0), slope: (_, z) => (z > 0 ? 1 : 0) },
      linear: { words: "linear", fill: "fill-linear", value: z => z, slope: () => 1 },
    },

    /** Draw lines across a box [left, top, right, bottom] at round numbers; powers of ten if asked. @returns where a number lies */
    scale(pen, [x0, y0, x1, y1], low, high, most, powers = false) {
      const y = value => y1 - ((value < high ? Math.max(value, low) : high) - low) / (high - low) * (y1 - y0);
      const step = [0.5, 1, 2, 4, 5, 10, 20, 50].find(size => (high - low) / size <= most) ?? 100;
      for (let value = Math.ceil(low / step) * step; value <= high; value += step) {
        pen("line", { x1: x0, x2: x1, y1: y(value), y2: y(value), class: value ? "grid" : "axis" });
        const words = powers ? (value ? "10" : "1") : `${value}`;
        const label = pen("text", { x: x0 - 6, y: y(value) + 4, "text-anchor": "end" }, words);
        if (powers && value) label.append(pen("tspan", { dy: -5, "font-size": 9 }, `${value}`.replace("-", "−")));
      }
      return y;
    },

    /** Numbers as people write them: 0.139, 12, 3.4 × 10⁻¹³. */
    number(value, digits = 2) {
      if (!Number.isFinite(value)) return "too large for a computer's numbers";
      const size = Math.abs(value);
      if (size && (size < 1e-3 || size >= 1e5)) {
        const [factor, power] = value.toExponential(1).split("e");
        return `${factor} × 10${[...power.replace("+", "")].map(sign => RAISED[sign]).join("")}`;
      }
      return `${Number(value.toPrecision(digits))}`.replace("-", "−");
    },

    /** @returns {() => number} uniform numbers in [0, 1): Tommy Ettinger's Mulberry32 */
    uniform(seed) {
      let state = seed >>> 0;
      return () => {
        state = (state + 0x6d2b79f5) | 0;
        let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
        mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
        return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
      };
    },

    /** @returns {() => number} Gaussian numbers of uniform ones, by Box and Muller */
    gaussian: uniform => () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform()),
  };
})();
