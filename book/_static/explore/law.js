// A power law drawn by hand over measured errors: what it foretells, what three times the data buys, what halving costs.
"use strict";
(() => {
  const HELD = /^(\d+)~([\d.]+)$/; // a forecast: of which method, and what

  /** What a state says of a method: its seen points, the one held out, the line, and what was foretold of it. */
  const lawOf = (state, found) => {
    const { name, points } = found.methods[Number(state.method)] ?? found.methods[0];
    const seen = points.slice(0, -1), last = points[points.length - 1];
    const centre = Math.sqrt(seen[0].n * seen[seen.length - 1].n), slope = Number(state.slope), level = Number(state.level);
    const at = n => 10 ** level * (n / centre) ** -slope;
    const [, method, foretold] = HELD.exec(state.forecast) ?? [];
    return { name, seen, last, centre, slope, at, foretold: method === state.method ? Number(foretold) : undefined };
  };

  const draw = (state, found, pen) => {
    const { name, seen, last, centre, slope, at, foretold } = lawOf(state, found), { number } = explore;
    const points = found.methods.flatMap(method => method.points), log = Math.log10;
    const [left, right] = [log(seen[0].n) - 0.15, log(last.n) + 0.25];
    const [low, high] = [log(Math.min(...points.map(point => point.low))) - 0.5, log(100)];
    const [x0, x1, y0, y1] = [40, pen.width - 12, pen.height - 36, 8];
    const x = n => x0 + ((log(n) - left) / (right - left)) * (x1 - x0), y = error => y0 - ((log(error) - low) / (high - low)) * (y0 - y1);
    for (const error of [0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100].filter(value => log(value) >= low && log(value) <= high)) {
      pen("line", { x1: x0, x2: x1, y1: y(error), y2: y(error), class: "grid" });
      pen("text", { x: x0 - 6, y: y(error) + 4, "text-anchor": "end" }, `${error}`);
    }
    for (let power = Math.ceil(left); power <= right; power++) {
      pen("line", { x1: x(10 ** power), x2: x(10 ** power), y1: y0, y2: y1, class: "grid" });
      pen("text", { x: x(10 ** power), y: y0 + 15, "text-anchor": "middle" }, (10 ** power).toLocaleString("en"));
    }
    pen("text", { x: x1, y: y0 + 31, "text-anchor": "end" }, "training examples");
    pen("text", { x: x(last.n) - 8, y: y1 + 12, "text-anchor": "end" }, "wrong on new signals, %");
    const box = pen("svg", { x: x0, y: y1, width: x1 - x0, height: y0 - y1, overflow: "hidden" });
    const inside = (tag, attributes) => {
      const element = pen(tag, attributes);
      box.append(element);
      return element;
    };
    const ends = [10 ** left, 10 ** right], [a, b] = ends.map(at);
    const line = { x1: x(ends[0]) - x0, y1: y(a) - y1, x2: x(ends[1]) - x0, y2: y(b) - y1 };
    inside("line", { ...line, class: "law" });
    for (const point of seen) pen("circle", { cx: x(point.n), cy: y(point.mean), r: 5, class: "run new" });
    pen("line", { x1: x(last.n), x2: x(last.n), y1: y0, y2: y1, class: "limit" });
    if (foretold !== undefined) {
      pen("line", { x1: x(last.n), x2: x(last.n), y1: y(last.low), y2: y(last.high), class: "mean" });
      pen("circle", { cx: x(last.n), cy: y(last.mean), r: 6, class: "held" });
      pen("path", { d: `M${x(last.n) - 8},${y(foretold)} l-9,-5 v10 z`, class: "guess" });
    }
    // Take the line to move it, an end to turn it about the other one.
    const errorAt = py => 10 ** Math.min(high, Math.max(low, low + ((y0 - py) / (y0 - y1)) * (high - low)));
    const clamp = (value, least, most) => Math.min(most, Math.max(least, value));
    const set = (slope, level) => ({ slope: clamp(slope, 0, 1.5).toFixed(2), level: clamp(level, -1, 2).toFixed(2) });
    const grip = inside("line", { ...line, class: "take wide" });
    explore.drag(pen.svg, grip, (px, py) => {
      const n = 10 ** clamp(left + ((px - x0) / (x1 - x0)) * (right - left), left, right);
      return set(slope, log(errorAt(py)) + slope * log(n / centre));
    });
    ends.forEach((n, end) => {
      const place = { cx: x(n), cy: clamp(y(at(n)), y1, y0) };
      pen("circle", { ...place, r: 7, class: "grip" });
      explore.drag(pen.svg, pen("circle", { ...place, r: 22, class: "take" }), (_, py) => {
        const other = ends[1 - end], turned = -log(errorAt(py) / at(other)) / log(n / other);
        const kept = clamp(turned, 0, 1.5);
        return set(kept, log(at(other)) + kept * log(other / centre));
      });
    });

    const buys = 100 * (1 - 3 ** -slope), costs = 2 ** (1 / slope);
    const price = slope > 0 ? `to halve it takes ${number(costs)} times the data` : "nothing halves it";
    const many = last.n.toLocaleString("en");
    const told = (foretold === undefined
      ? `Your line, ${name}: ${number(at(last.n), 3)} % wrong at ${many} examples. `
      : `You foretold ${number(foretold, 3)} % at ${many} examples; measured is ${number(last.mean, 3)} %, ` +
        `${number(last.low, 3)} to ${number(last.high, 3)} in ${last.runs} runs. `) +
      `At slope ${slope.toFixed(2)} three times the data removes ${number(buys)} % of the error, and ${price}.`;
    return {
      told, label: `Error against training examples, both axes logarithmic, and your line. ${told}`,
      values: { slope: slope.toFixed(2), level: `${number(10 ** Number(state.level), 3)} %` },
    };
  };

  explore.start("law", draw, {
    reveal: (state, found) => {
      const { last, at } = lawOf(state, found);
      return { forecast: `${state.method}~${at(last.n).toFixed(2)}` };
    },
    again: () => ({ forecast: "" }),
  });
})();
