// The gradient at each layer of an untrained network, computed here: forward, back, and what three lines of theory say.
"use strict";
(() => {
  const FLOAT32 = -37.9; // log10 of the smallest normal float32
  const EPS = 1e-5; // of batch normalisation, as PyTorch has it

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
  const typical = values => Math.exp(values.reduce((sum, value) => sum + Math.log(value), 0) / values.length);

  /**
   * Send the signals forward and the gradient of their mean cross-entropy back.
   *
   * What a layer passes on: weights × slope; batch normalisation divides by the spread of each unit's sums, and of the
   * gradient's numbers, one for each signal, it takes away two directions, their mean and what lies along the sums. With
   * a shortcut that is the branch's part, beside 1. For ReLU and many signals slope and spread are √(1/2) and
   * √(1/2 - 1/(2π)), which gives the √(π/(π-1)) = 1.21 of Yang et al. (2019, "A mean field theory of batch normalization").
   * @returns weights [layer][fan_in * fan_out], the last the output's; norms [layer] of the gradient of what a hidden
   *   layer hands on; slopes and spreads [layer], root mean squares over what is multiplied; foreseen [layer], the
   *   predicted norms, the last as 1; slope and spread of a typical layer; factor a layer, measured and predicted (NaN
   *   for one layer)
   */
  const compute = (state, found) => {
    const { signals, labels, width, classes } = found, depth = Number(state.depth), scale = Number(state.scale);
    const { value, slope } = explore.functions[state.function], rows = labels.length;
    const shortcut = state.shortcut === "1", normalised = state.norm === "1";
    const next = explore.gaussian(explore.uniform(Number(state.seed)));
    const drawn = (fanIn, fanOut) => Float64Array.from({ length: fanIn * fanOut }, () => (next() * scale) / Math.sqrt(fanIn));
    const means = values => { // of each unit, over the signals
      const all = new Float64Array(width);
      values.forEach((value, i) => { all[i % width] += value / rows; });
      return all;
    };
    const weights = [], slopes = [], sums = [], roots = []; // roots: one over the spread of each unit
    let h = Float64Array.from(signals), fanIn = signals.length / rows;
    for (let layer = 0; layer < depth; layer++) {
      weights.push(drawn(fanIn, width));
      let z = product(h, weights[layer], fanIn, width);
      if (normalised) {
        const mean = means(z), centred = z.map((sum, i) => sum - mean[i % width]);
        roots.push(means(centred.map(sum => sum * sum)).map(variance => 1 / Math.sqrt(variance + EPS)));
        z = centred.map((sum, i) => sum * roots[layer][i % width]);
      }
      const out = z.map(value);
      sums.push(z);
      slopes.push(z.map((sum, i) => slope(out[i], sum)));
      h = shortcut && layer ? out.map((y, i) => y + h[i]) : out;
      fanIn = width;
    }
    weights.push(drawn(width, classes));
    const scores = product(h, weights[depth], width, classes), error = new Float64Array(scores.length);
    labels.forEach((label, row) => {
      const mine = scores.subarray(row * classes, (row + 1) * classes), most = Math.max(...mine);
      const powers = mine.map(score => Math.exp(score - most)), sum = powers.reduce((a, b) => a + b);
      powers.forEach((power, c) => { error[row * classes + c] = (power / sum - (c === label)) / rows; });
    });
    let gradient = product(error, weights[depth], classes, width, true);
    const norms = [norm(gradient)];
    for (let layer = depth - 1; layer > 0; layer--) {
      let e = gradient.map((g, i) => g * slopes[layer][i]);
      if (normalised) {
        const z = sums[layer], mean = means(e), along = means(e.map((g, i) => g * z[i]));
        e = e.map((g, i) => roots[layer][i % width] * (g - mean[i % width] - z[i] * along[i % width]));
      }
      const below = product(e, weights[layer], width, width, true);
      gradient = shortcut ? below.map((g, i) => g + gradient[i]) : below;
      norms.unshift(norm(gradient));
    }
    const rms = all => norm(all) / Math.sqrt(all.length), sloped = slopes.map(rms);
    const spreads = sloped.map((_, layer) => (normalised ? Math.sqrt(rows / (rows - 2)) / rms(roots[layer]) : 1));
    const foreseen = [1];
    for (let layer = depth - 1; layer > 0; layer--)
      foreseen.unshift(foreseen[0] * Math.hypot(shortcut, (scale * sloped[layer]) / spreads[layer]));
    const factor = sizes => (sizes[0] / sizes[depth - 1]) ** (1 / (depth - 1));
    return {
      weights: weights.map(all => Array.from(all)), norms, slopes: sloped, spreads, foreseen,
      slope: typical(sloped.slice(1)), spread: typical(spreads.slice(1)), factor: factor(norms), predicted: factor(foreseen),
    };
  };

  const draw = (state, found, pen) => {
    const result = compute(state, found), depth = result.norms.length, { number } = explore;
    const left = result.norms.map(size => Math.log10(size / result.norms[depth - 1]));
    const foreseen = result.foreseen.map(Math.log10), shown = [...left, ...foreseen].filter(Number.isFinite);
    const low = Math.min(-4, Math.floor(Math.min(...shown))), high = Math.max(2, Math.ceil(Math.max(...shown)));
    const [x0, x1, y0, y1] = [52, pen.width - 8, pen.height - 34, 14];
    const y = explore.scale(pen, [x0, y1, x1, y0], low, high, 8, true), wide = (x1 - x0) / depth;
    left.forEach((power, layer) => pen("rect", {
      x: x0 + layer * wide + wide * 0.1, width: wide * 0.8, class: explore.functions[state.function].fill,
      y: Math.min(y(power), y(0)), height: Math.max(1, Math.abs(y(power) - y(0))),
    }));
    if (depth > 1) {
      const points = foreseen.map((power, layer) => `${x0 + (layer + 0.5) * wide},${y(power)}`);
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

    const normalised = state.norm === "1", shortcut = state.shortcut === "1";
    const aids = [normalised && "batch normalisation", shortcut && "shortcuts"].filter(Boolean).join(" and ");
    const what = `${depth} ${explore.functions[state.function].words} layers${aids && ` with ${aids}`}`;
    const branch = `weights ${number(Number(state.scale), 3)} × slope ${number(result.slope, 3)}${normalised ? ` / spread ${number(result.spread, 3)}` : ""}`;
    const rule = shortcut ? `Predicted, averaged over the layers: the root of 1 + (${branch})²` : `Predicted: ${branch}`;
    const told = depth === 1
      ? "One hidden layer: nothing is multiplied, and nothing can vanish."
      : `${what}: each passes on ${number(result.factor, 3)} of the gradient. ${rule} = ${number(result.predicted, 3)}. ` +
        `The first layer’s gradient is ${number(10 ** left[0])} times the last one’s.`;
    const apart = Math.abs(result.factor / result.predicted - 1) > 0.1
      ? ` The prediction takes weights, slopes${normalised ? ", spreads" : ""} and gradients as independent; here they are not.` : "";
    const start = { 0.58: "PyTorch’s", 1: "Glorot’s", 1.41: "He’s" }[Number(state.scale)];
    return {
      told: told + apart, label: `A bar for each layer on a logarithmic axis; dashed, the prediction. ${told}${apart}`,
      values: { depth: state.depth, scale: `${Number(state.scale).toFixed(2)}${start ? `, ${start}` : ""}` },
    };
  };

  explore.gradient = { compute };
  explore.start("gradient", draw, { again: state => ({ seed: `${Number(state.seed) + 1}` }) });
})();
