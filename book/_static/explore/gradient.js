// The gradient at each layer of an untrained network, computed here: forward, back, and what three lines of theory say.
"use strict";
(() => {
  const FLOAT32 = -37.9; // log10 of the smallest normal float32

  /** @returns {Float64Array} a [rows, inner] matrix times an [inner, columns] one, the second turned if asked */
  const product = (a, b, inner, columns, turned = false) => {
    const rows = a.length / inner, result = new Float64Array(rows * columns);
    for (let r = 0; r < rows; r++)
      for (let k = 0; k < inner; k++) {
        const factor = a[r * inner + k];
        for (let c = 0; c < columns; c++)
          result[r * columns + c] += factor * (turned ? b[c * inner + k] : b[k * columns + c]);
      }
    return result;
  };
  const norm = values => Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));

  /**
   * Send the signals forward and the gradient of their mean cross-entropy back.
   * @returns weights [layer][fan_in * fan_out], the last the output's; norms [layer] of the gradient of what a hidden
   *   layer hands on; slopes [layer], root mean square; factor a layer, measured and predicted (NaN for one layer)
   */
  const compute = (state, found) => {
    const { signals, labels, width, classes } = found, depth = Number(state.depth), scale = Number(state.scale);
    const { value, slope } = explore.functions[state.function], inputs = signals.length / labels.length;
    const shortcut = state.shortcut === "1", next = explore.gaussian(explore.uniform(Number(state.seed)));
    const drawn = (fanIn, fanOut) => Float64Array.from({ length: fanIn * fanOut }, () => (next() * scale) / Math.sqrt(fanIn));
    const weights = [], slopes = [];
    let h = Float64Array.from(signals), fanIn = inputs;
    for (let layer = 0; layer < depth; layer++) {
      weights.push(drawn(fanIn, width));
      const z = product(h, weights[layer], fanIn, width), out = z.map(value);
      slopes.push(z.map((sum, i) => slope(out[i], sum)));
      h = shortcut && layer ? out.map((y, i) => y + h[i]) : out;
      fanIn = width;
    }
    weights.push(drawn(width, classes));
    const scores = product(h, weights[depth], width, classes), error = new Float64Array(scores.length);
    labels.forEach((label, row) => {
      const mine = scores.subarray(row * classes, (row + 1) * classes), most = Math.max(...mine);
      const powers = mine.map(score => Math.exp(score - most)), sum = powers.reduce((a, b) => a + b);
      powers.forEach((power, c) => { error[row * classes + c] = (power / sum - (c === label)) / labels.length; });
    });
    let gradient = product(error, weights[depth], classes, width, true);
    const norms = [norm(gradient)];
    for (let layer = depth - 1; layer > 0; layer--) {
      const below = product(gradient.map((g, i) => g * slopes[layer][i]), weights[layer], width, width, true);
      gradient = shortcut ? below.map((g, i) => g + gradient[i]) : below;
      norms.unshift(norm(gradient));
    }
    const roots = slopes.map(all => norm(all) / Math.sqrt(all.length)), passed = roots.slice(1);
    const mean = Math.exp(passed.reduce((sum, root) => sum + Math.log(root), 0) / passed.length);
    const branch = scale * mean;
    return {
      weights: weights.map(all => Array.from(all)), norms, slopes: roots, slope: mean,
      factor: (norms[0] / norms[depth - 1]) ** (1 / (depth - 1)),
      predicted: shortcut ? Math.sqrt(1 + branch * branch) : branch,
    };
  };

  const draw = (state, found, pen) => {
    const result = compute(state, found), depth = result.norms.length, { number } = explore;
    const left = result.norms.map(size => Math.log10(size / result.norms[depth - 1]));
    const foreseen = layer => (depth - 1 - layer) * Math.log10(result.predicted) || 0;
    const shown = [...left, foreseen(0)].filter(Number.isFinite);
    const low = Math.min(-4, Math.floor(Math.min(...shown))), high = Math.max(2, Math.ceil(Math.max(...shown)));
    const [x0, x1, y0, y1] = [52, pen.width - 8, pen.height - 34, 14];
    const y = explore.scale(pen, [x0, y1, x1, y0], low, high, 8, true), wide = (x1 - x0) / depth;
    left.forEach((power, layer) => pen("rect", {
      x: x0 + layer * wide + wide * 0.1, width: wide * 0.8, class: explore.functions[state.function].fill,
      y: Math.min(y(power), y(0)), height: Math.max(1, Math.abs(y(power) - y(0))),
    }));
    if (depth > 1) {
      const points = left.map((_, layer) => `${x0 + (layer + 0.5) * wide},${y(foreseen(layer))}`);
      pen("polyline", { points: points.join(" "), class: "foreseen" });
    }
    if (low < FLOAT32) {
      pen("line", { x1: x0, x2: x1, y1: y(FLOAT32), y2: y(FLOAT32), class: "limit" });
      pen("text", { x: x1, y: y(FLOAT32) - 5, "text-anchor": "end" }, "float32 ends here");
    }
    const every = [1, 2, 4, 8, 16].find(gap => (x1 - x0) / (depth / gap) >= 24) ?? 16;
    for (let layer = 0; layer < depth; layer++)
      if (layer === 0 || (layer + 1) % every === 0)
        pen("text", { x: x0 + (layer + 0.5) * wide, y: y0 + 15, "text-anchor": "middle" }, `${layer + 1}`);
    pen("text", { x: x1, y: y0 + 31, "text-anchor": "end" }, "layer (1 is next to the input)");

    const what = `${depth} ${explore.functions[state.function].words} layer${depth > 1 ? "s" : ""}${state.shortcut === "1" ? " with shortcuts" : ""}`;
    const rule = state.shortcut === "1"
      ? `the root of 1 + (weights ${number(Number(state.scale), 3)} × slope ${number(result.slope)})²`
      : `weights ${number(Number(state.scale), 3)} × slope ${number(result.slope)}`;
    const told = depth === 1
      ? "One hidden layer: nothing is multiplied, and nothing can vanish."
      : `${what}: each passes on ${number(result.factor, 3)} of the gradient. Predicted: ${rule} = ${number(result.predicted, 3)}. ` +
        `At the first layer the gradient is ${number(10 ** left[0])} times what it is at the last.`;
    const apart = Math.abs(result.factor / result.predicted - 1) > 0.1
      ? " The prediction takes weights, slopes and gradients as independent; here they are not." : "";
    const start = { 0.58: "PyTorch’s", 1: "Glorot’s", 1.41: "He’s" }[Number(state.scale)];
    return {
      told: told + apart, label: `A bar for each layer on a logarithmic axis; dashed, the prediction. ${told}${apart}`,
      values: { depth: state.depth, scale: `${Number(state.scale).toFixed(2)}${start ? `, ${start}` : ""}` },
    };
  };

  explore.gradient = { compute };
  explore.start("gradient", draw, { again: state => ({ seed: `${Number(state.seed) + 1}` }) });
})();
