// A deep network that trains in the page as the library's does, in double precision, in arrays that are made once.
// A matrix lies row by row; weights are [inputs, outputs].
"use strict";
(() => {
  const EPS = 1e-5, RENEWED = 0.1; // of batch normalisation, as in lecture.models.layers
  const RECENT = 8, MOST = 20000; // steps: averaged, and at most
  const SLICE = 10, POWERS = [-12, 2]; // ms of steps a frame; of ten, between which bars end
  const GRID = 48, CELLS = GRID * GRID, EDGE = 1.1; // of the map: cells along a side, and where it ends
  const { functions, number } = explore, empty = (size, value = 0) => new Float64Array(size).fill(value);

  /** @returns a network before its first step */
  const build = (state, found) => {
    const depth = Number(state.depth), width = Number(state.width), seed = Number(state.seed), rows = found.batch;
    const uniform = explore.uniform(seed), gaussian = explore.gaussian(uniform), parameters = [];
    const parameter = (size, draw) => parameters[parameters.push({ v: empty(size).map(draw), g: empty(size), first: empty(size), second: empty(size) }) - 1];
    const layers = Array.from({ length: depth + 1 }, (_, n) => {
      const inputs = n ? width : 2, outputs = n < depth ? width : 2, all = rows * outputs;
      const start = {
        default: () => (2 * uniform() - 1) / Math.sqrt(inputs),
        Xavier: () => (2 * uniform() - 1) * Math.sqrt(6 / (inputs + outputs)),
        He: () => gaussian() * Math.sqrt(2 / inputs),
      }[state.start];
      const shortcut = n > 0 && n < depth && state.shortcut === "1", z = empty(all), y = empty(all), h = shortcut ? empty(all) : y;
      const w = parameter(inputs * outputs, start), b = parameter(outputs, state.start === "default" ? start : () => 0);
      return {
        inputs, outputs, shortcut, w, b, z, y, h, ...(n < depth && state.norm === "1" && {
          gain: parameter(outputs, () => 1), shift: parameter(outputs, () => 0),
          hat: empty(all), root: empty(outputs), mean: empty(outputs), variance: empty(outputs, 1),
        }),
      };
    });
    const net = {
      layers, parameters, rows, points: found.sets[state.data], x: empty(rows * 2), labels: empty(rows), d: empty(rows * width), e: empty(rows * width),
      next: explore.uniform(~seed), bend: functions[state.function], optimiser: state.optimiser, rate: 10 ** Number(state.rate),
      steps: 0, losses: empty(MOST + 1), rights: empty(MOST + 1), norms: empty(depth + 1),
    };
    gradient(net);
    return net;
  };

  /** Send x through; normalise by the batch, or by the mean and variance that were kept of all. */
  const forward = (net, training) => {
    const { rows, bend: { value } } = net;
    let a = net.x;
    for (const layer of net.layers) {
      const { inputs, outputs, w: { v: w }, b: { v: b }, z, y, h } = layer;
      for (let r = 0; r < rows; r++) {
        const at = r * outputs;
        for (let c = 0; c < outputs; c++) z[at + c] = b[c];
        for (let k = 0; k < inputs; k++) {
          const factor = a[r * inputs + k], row = k * outputs;
          for (let c = 0; c < outputs; c++) z[at + c] += factor * w[row + c];
        }
      }
      if (layer.gain) normalise(layer, rows, training);
      for (let i = 0; i < z.length; i++) y[i] = value(z[i]);
      if (layer.shortcut) for (let i = 0; i < z.length; i++) h[i] = y[i] + a[i];
      a = h;
    }
  };
  const normalise = ({ outputs, z, hat, root, gain, shift, mean, variance }, rows, training) => {
    for (let c = 0; c < outputs; c++) {
      let middle = mean[c], spread = variance[c];
      if (training) {
        middle = spread = 0;
        for (let i = c; i < z.length; i += outputs) middle += z[i] / rows;
        for (let i = c; i < z.length; i += outputs) spread += (z[i] - middle) ** 2 / rows;
        mean[c] += RENEWED * (middle - mean[c]);
        variance[c] += RENEWED * ((spread * rows) / (rows - 1) - variance[c]);
      }
      root[c] = 1 / Math.sqrt(spread + EPS);
      for (let i = c; i < z.length; i += outputs) z[i] = (hat[i] = (z[i] - middle) * root[c]) * gain.v[c] + shift.v[c];
    }
  };

  /** Draw a batch; find its mean cross-entropy, its share of right answers, and all gradients. */
  const gradient = net => {
    const { layers, rows, points, labels, x, d, e, bend: { slope } } = net, last = layers.length - 1, scores = layers[last].z;
    for (let r = 0; r < rows; r++) [x[2 * r], x[2 * r + 1], labels[r]] = points[Math.floor(net.next() * points.length)];
    forward(net, true);
    for (const { g } of net.parameters) g.fill(0);
    let loss = 0, right = 0;
    for (let r = 0; r < rows; r++) {
      const above = scores[2 * r + 1] - scores[2 * r], against = labels[r] ? -above : above;
      loss += Math.max(against, 0) + Math.log1p(Math.exp(-Math.abs(against)));
      right += above > 0 === labels[r] > 0;
      e[2 * r + 1] = (labels[r] ? -1 : 1) / (1 + Math.exp(-against)) / rows;
      e[2 * r] = -e[2 * r + 1];
    }
    net.losses[net.steps] = loss / rows;
    net.rights[net.steps] = right / rows;
    for (let l = last; l >= 0; l--) { // d is the gradient of what a layer hands on, e that of its sums
      const layer = layers[l], { inputs, outputs, w: { v: w, g: dw }, b: { g: db }, z, y } = layer, a = l ? layers[l - 1].h : x;
      if (l < last) for (let i = 0; i < z.length; i++) e[i] = d[i] * slope(y[i], z[i]);
      if (layer.gain) denormalise(layer, rows, e);
      for (let r = 0; r < rows; r++) {
        const at = r * outputs;
        for (let c = 0; c < outputs; c++) db[c] += e[at + c];
        for (let k = 0; k < inputs; k++) {
          const i = r * inputs + k, row = k * outputs;
          let sum = layer.shortcut ? d[i] : 0;
          for (let c = 0; c < outputs; c++) {
            dw[row + c] += a[i] * e[at + c];
            sum += e[at + c] * w[row + c];
          }
          d[i] = sum;
        }
      }
      net.norms[l] = Math.sqrt(dw.reduce((sum, g) => sum + g * g, 0));
    }
  };
  const denormalise = ({ outputs, z, hat, root, gain, shift }, rows, e) => {
    for (let c = 0; c < outputs; c++) {
      for (let i = c; i < z.length; i += outputs) {
        gain.g[c] += e[i] * hat[i];
        shift.g[c] += e[i];
      }
      for (let i = c; i < z.length; i += outputs) e[i] = gain.v[c] * root[c] * (e[i] - (shift.g[c] + hat[i] * gain.g[c]) / rows);
    }
  };

  const over = ({ steps, losses }) => steps === MOST || !Number.isFinite(losses.at(steps - 1));
  const step = net => {
    if (over(net)) return void (net.running = false);
    gradient(net);
    const { optimiser, rate } = net, t = ++net.steps, one = 1 - 0.9 ** t, two = 1 - 0.999 ** t;
    for (const { v, g, first, second } of net.parameters)
      for (let i = 0; i < v.length; i++)
        if (optimiser === "adam") {
          first[i] = 0.9 * first[i] + 0.1 * g[i];
          second[i] = 0.999 * second[i] + 0.001 * g[i] * g[i];
          v[i] -= (rate * first[i]) / one / (Math.sqrt(second[i] / two) + 1e-8);
        } else v[i] -= rate * (first[i] = (optimiser === "momentum" ? 0.9 * first[i] : 0) + g[i]);
  };

  const shown = new Map(); // networks by what the page brought
  /** Compute for some milliseconds: steps, and a part of the map. @returns whether there is more */
  const work = net => {
    const { x, rows, field, layers } = net, { z } = layers.at(-1), centre = n => ((2 * n + 1) / GRID - 1) * EDGE;
    const begun = performance.now(), ran = net.running, spent = () => performance.now() - begun;
    while (net.running && spent() < SLICE) step(net);
    if (net.swept >= CELLS || ran !== net.running) net.swept = 0; // at rest all of the map is of the last step
    while (net.swept < CELLS && spent() < 1.5 * SLICE) {
      for (let r = 0; r < rows; r++) {
        x[2 * r] = centre((net.swept + r) % GRID);
        x[2 * r + 1] = -centre(Math.floor((net.swept + r) / GRID));
      }
      forward(net, false);
      for (let r = 0; r < rows; r++) field[net.swept++] = z[2 * r + 1] - z[2 * r];
    }
    return net.running || net.swept < CELLS;
  };

  const map = (pen, { field, points }, side) => {
    const areas = Array(6).fill(""), dots = ["", ""], transform = `scale(${side / GRID})`;
    const at = value => (((value / EDGE + 1) * GRID) / 2).toFixed(2);
    field.forEach((score, i) => { // what is no number stays blank
      const sure = Math.min(2, Math.floor(Math.abs(score)));
      if (sure >= 0) areas[sure + (score > 0 ? 3 : 0)] += `M${i % GRID} ${Math.floor(i / GRID) + 0.5}h1`;
    });
    for (const [px, py, label] of points) dots[label] += `M${at(px)} ${at(-py)}h.01`;
    areas.forEach((d, n) => pen("path", { d, transform, class: `area ${n < 3 ? "kind-0" : "kind-1"}`, opacity: 0.16 * (1 + (n % 3)) }));
    for (const how of ["dots halo", "dots"]) dots.forEach((d, n) => pen("path", { d, transform, class: `${how} ${n ? "kind-1" : "kind-0"}` }));
  };
  const bars = (pen, { norms, bend }, box) => {
    const [x0, y0, x1, y1] = box, y = explore.scale(pen, box, ...POWERS, 5, true), wide = (x1 - x0) / norms.length;
    pen("text", { x: x0 - 40, y: y0 - 12, class: "strong" }, "Gradient, from first layer to last");
    norms.forEach((norm, n) => {
      const top = y(Math.log10(norm));
      pen("rect", { x: x0 + (n + 0.1) * wide, width: 0.8 * wide, y: top, height: y1 - top, class: bend.fill });
    });
  };
  const recent = (values, seen) => { // the mean of the last ones
    const some = values.subarray(Math.max(0, seen - RECENT), seen);
    return some.reduce((sum, value) => sum + value, 0) / some.length;
  };
  const curve = (pen, { losses }, seen, box) => {
    const [x0, y0, x1, y1] = box, y = explore.scale(pen, box, 0, 1, 2), guess = y(Math.LN2), end = Math.max(200, seen), points = [];
    for (let at = 1; at <= seen; at += Math.ceil(seen / 300)) points.push([x0 + (at / end) * (x1 - x0), y(recent(losses, at))]);
    const [cx, cy] = points.at(-1);
    pen("text", { x: x0 - 40, y: y0 - 12, class: "strong" }, "Loss");
    pen("line", { x1: x0, x2: x1, y1: guess, y2: guess, class: "limit" });
    pen("text", { x: x1, y: guess - 5, "text-anchor": "end" }, "guessing");
    pen("polyline", { points: points.join(" "), class: "loss" });
    pen("circle", { cx, cy, r: 4, class: "grip" });
    pen("text", { x: x1, y: y1 + 16, "text-anchor": "end" }, `${end} steps`);
  };

  const draw = (state, found, pen) => {
    const key = JSON.stringify(state), before = shown.get(found), { width, height } = pen;
    if (before?.key !== key)
      shown.set(found, Object.assign(build(state, found), { key, running: before?.running, field: empty(CELLS, NaN), swept: 0 }));
    const net = shown.get(found), { steps, losses, rights, norms, running } = net, seen = Math.max(1, steps);
    pen.svg.parentNode.querySelector("[data-act=run]").textContent = running ? "Pause" : "Run";
    const stacked = height > width, side = stacked ? Math.min(width, height / 2) : Math.min(0.46 * width, height);
    const x = stacked ? 40 : side + 66, y = stacked ? side + 20 : 0, middle = (y + height) / 2;
    map(pen, net, side);
    bars(pen, net, [x, y + 22, width - 4, middle - 14]);
    curve(pen, net, seen, [x, middle + 26, width - 4, height - 20]);

    const told = !Number.isFinite(losses[seen - 1]) ? `Step ${steps}: diverged, its numbers got too large.`
      : `Step ${steps}: loss ${number(recent(losses, seen))}; guessing gives ${number(Math.LN2)}. ${number(100 * recent(rights, seen), 3)} % of its ` +
        `last answers are right. Gradient at the first layer ${number(norms[0])}, at the last hidden one ${number(norms.at(-2))}.`;
    return {
      told, label: `A map of the answers, each layer’s gradient, the loss. ${told}`,
      values: { depth: state.depth, width: state.width, rate: number(net.rate) },
      moving: running, work: (running || net.swept < CELLS) && (() => work(net)),
    };
  };

  const act = change => (_, found) => (change(shown.get(found)), {}); // the controls stay as they are
  explore.live = { build, step, forward };
  explore.start("live", draw, {
    run: act(net => { if (over(net)) net.key = ""; net.running = !net.running; net.swept = 0; }),
    step: act(net => { net.running = false; step(net); net.swept = 0; }),
    restart: act(net => { net.key = ""; }),
    again: ({ seed }) => ({ seed: `${Number(seed) + 1}` }),
  });
})();
