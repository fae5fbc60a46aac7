// The points shuffled: an example in both orders, a bet on how much each model's error grows, and what the records say.
"use strict";
(() => {
  const mean = values => values.reduce((sum, value) => sum + value, 0) / values.length;
  const signed = value => `${value < 0 ? "−" : "+"}${Math.abs(value)}`;

  const picture = (pen, values, side) => {
    const points = Array.from(values, Number);
    if (points.length < 100) { // a signal: heights
      const [low, high] = [Math.min(...points), Math.max(...points)];
      const at = (height, place) => `${(place * side) / (points.length - 1)},${side - ((height - low) / (high - low)) * side}`;
      pen("polyline", { points: points.map(at).join(" "), class: "law", fill: "none", transform: "translate(0 6)" });
      return;
    }
    const size = Math.sqrt(points.length), wide = side / size; // a digit: greys from 0 to 9
    pen("rect", { width: side, height: side, class: "axis", fill: "none" });
    points.forEach((grey, place) => grey && pen("rect", {
      x: (place % size) * wide, y: Math.floor(place / size) * wide, width: wide, height: wide, class: "strong", opacity: grey / 9,
      "shape-rendering": "crispEdges",
    }));
  };

  const draw = (state, found, pen) => {
    const { examples, models } = found[state.data] ?? found.digits, { label, orders } = examples[state.example];
    const wide = pen.width > 560, side = wide ? 240 : 100, open = state.open.split(".").includes(state.data);
    picture(pen, orders[state.shuffled], side);
    const left = (wide ? side + 24 : 0) + 92, top = wide ? 0 : side + 14, bottom = pen.height - 36;
    const high = (bottom - top) / models.length;
    const x = error => left + (error / 100) * (pen.width - 8 - left);
    for (const error of [0, 25, 50, 75, 100]) {
      pen("line", { x1: x(error), x2: x(error), y1: top, y2: bottom, class: "grid" });
      pen("text", { x: x(error), y: bottom + 15, "text-anchor": "middle" }, `${error}`);
    }
    pen("text", { x: pen.width, y: bottom + 31, "text-anchor": "end" }, "wrong, %: filled, in order; rings, shuffled");
    const results = models.map(({ bet, words, errors: [ordered, shuffled] }, row) => {
      const y = top + high * (row + 0.5) - 3, guess = x(mean(ordered) + Number(state[bet]));
      pen("text", { x: left - 10, y: y + 4, "text-anchor": "end" }, words);
      for (const error of ordered) pen("circle", { cx: x(error), cy: y - 8, r: 4, class: "run new" });
      if (open) for (const error of shuffled) pen("circle", { cx: x(error), cy: y + 6, r: 4, class: "held thin" });
      pen("path", { d: `M${guess},${y + 10} l5,9 h-10 z`, class: "guess" });
      const grown = +(mean(shuffled) - mean(ordered)).toFixed(1), worse = shuffled.filter((error, run) => error > ordered[run]).length;
      return { off: Math.abs(grown - state[bet]), words: `${words} ${signed(grown)} (you: +${state[bet]}), worse in ${worse} of ${ordered.length} runs` };
    });
    const what = state.data === "signals" ? `A signal of class ${label}` : `A ${label}`;
    const told = open
      ? `Points of error: ${results.map(({ words }) => words).join("; ")}. Your bets are off by ${explore.number(mean(results.map(({ off }) => off)))} on average.`
      : `${what}, ${state.shuffled === "1" ? "shuffled: one permutation for all examples, old and new" : "in order"}. By how much does each error grow? The triangles are your bets.`;
    const bets = ["simple", "mlp", "cnn", "gru"].map(bet => [bet, `+${state[bet]} points`]);
    return { told, label: `An example, and a row for each model. ${told}`, values: { example: `class ${label}`, ...Object.fromEntries(bets) } };
  };

  explore.start("shuffled", draw, {
    reveal: ({ data, open }) => ({ open: [...new Set([...open.split("."), data])].filter(Boolean).join(".") }),
    again: () => ({ open: "" }),
  });
})();
