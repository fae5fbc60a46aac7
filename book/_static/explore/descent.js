// Descent: a walker who feels the slope and takes a step, again and again, as torch.optim.SGD does with momentum.
"use strict";
(() => {
  const REACH = 2.1, FAR = 100, GRID = 50, LINES = 9; // whoever is farther off than FAR has left
  const LANDS = { // height, and slope along either axis
    bowl: (x, y) => [(x * x + y * y) / 2, x, y],
    ravine: (x, y, stretch) => [(x * x + stretch * y * y) / 2, x, stretch * y],
    saddle: (x, y) => [(x * x - y * y) / 2 + y ** 4 / 4, x, y ** 3 - y],
    plateau: (x, y) => {
      const hole = Math.exp(-4.5 * (x * x + y * y));
      return [1 - hole, 9 * x * hole, 9 * y * hole];
    },
    // Σ (y − t)² with y = σ(w x + b); Σ 2 (y − t) y (1 − y) (x, 1)
    neuron: (w, b, _, { inputs, targets }) => inputs.reduce(([loss, atW, atB], x, i) => {
      const y = 1 / (1 + Math.exp(-(w * x + b))), error = y - targets[i], each = 2 * error * y * (1 - y);
      return [loss + error * error, atW + each * x, atB + each];
    }, [0, 0, 0]),
  };
  const away = ([a, b], [c, d] = [0, 0]) => Math.hypot(a - c, b - d);
  const angle = ([a, b], [c, d]) => (Math.atan2(Math.abs(a * d - b * c), a * c + b * d) * 180) / Math.PI;
  const count = n => [...Array(n).keys()];

  /** The landscape of a state, and the walk on it, [step][2]; it stops early for whoever leaves. */
  const walk = (state, found) => {
    const { minima, curvature, scale, axes } = found.landscapes[state.land], stretch = Number(state.stretch);
    const ground = place => LANDS[state.land](...place, stretch, found);
    const size = 10 ** state.step, momentum = Number(state.momentum);
    let here = [state.x * scale, state.y * scale], speed = [0, 0];
    const path = [here];
    while (path.length <= state.steps && away(here) < FAR) {
      const [, ...slope] = ground(here);
      speed = speed.map((old, i) => momentum * old + slope[i]);
      here = here.map((at, i) => at - size * speed[i]);
      path.push(here);
    }
    const bottom = place => [...minima].sort((a, b) => away(a, place) - away(b, place))[0];
    return { ground, minima, bottom, scale, axes, path, here, size, momentum, lambda: curvature ?? stretch };
  };

  /** The direction in which a small circle is lowest, if it is lower than its middle. */
  const lookAround = (ground, [x, y], radius) => {
    const ways = count(360).map(degree => [Math.cos, Math.sin].map(of => of((degree * Math.PI) / 180)));
    const heights = ways.map(([a, b]) => ground([x + radius * a, y + radius * b])[0]), lowest = Math.min(...heights);
    return lowest < ground([x, y])[0] ? ways[heights.indexOf(lowest)] : undefined;
  };

  /** What became of the walker. */
  const fate = (path, bottom, near) => {
    const steps = path.length - 1, left = path.map(place => away(place, bottom(place))), half = path.slice(steps >> 1);
    const moves = half.slice(1).map(([x, y], i) => [x - half[i][0], y - half[i][1]]);
    const zigzag = moves.filter((move, i) => i && angle(move, moves[i - 1]) > 90).length > moves.length / 2;
    if (left[steps] < near) return `It arrives at step ${left.findLastIndex(far => far >= near) + 1}`;
    const here = path[steps], still = away(here, half[0]) < near / 10, slow = away(here, path.at(-2)) < left[steps] / 50;
    const how = !steps ? "stands" : zigzag ? "zigzags" : still ? "sits still" : slow ? "creeps" : "is on its way";
    return `At step ${steps} it ${how}, ${explore.number(left[steps])} from the bottom`;
  };

  /** Lines of equal height, with equally much ground between them, by marching squares. */
  const contours = (ground, reach, place) => {
    const at = n => ((2 * n) / GRID - 1) * reach, nodes = count(GRID + 1), cells = count(GRID);
    const heights = nodes.map(i => nodes.map(j => ground([at(i), at(j)])[0])), sorted = heights.flat().sort((a, b) => a - b);
    return count(LINES).map(line => {
      const level = sorted[Math.floor(((line + 0.5) / LINES) * sorted.length)];
      const cuts = cells.flatMap(i => cells.flatMap(j => [[i, j], [i + 1, j], [i + 1, j + 1], [i, j + 1]].flatMap(([a, b], k, corners) => {
        const [c, d] = corners[(k + 1) % 4], p = heights[a][b], q = heights[c][d], share = (level - p) / (q - p);
        return p < level === q < level ? [] : [place([at(a + share * (c - a)), at(b + share * (d - b))])];
      })));
      return cuts.map((cut, k) => "ML"[k % 2] + cut).join("");
    });
  };

  const draw = (state, found, pen) => {
    const { ground, minima, bottom, scale, axes, path, here, size, momentum, lambda } = walk(state, found);
    const { number } = explore, side = pen.width, reach = REACH * scale, { land, ...values } = state;
    const place = ([x, y]) => [1 + x / reach, 1 - y / reach].map(at => Number(((at * side) / 2).toFixed(1)));
    const start = (x, y) => ({ x: (x / side - 0.5) * 2 * REACH, y: (0.5 - y / side) * 2 * REACH });
    const dot = (at, r, kind) => pen("circle", { cx: at[0], cy: at[1], r, class: kind });
    for (const d of contours(ground, reach, place)) pen("path", { d, class: "contour" });
    for (const at of minima) pen("path", { d: `M${place(at)}m-5,-5l10,10m0,-10l-10,10`, class: "mean" });
    const seen = path.map(place);
    pen("polyline", { points: seen.join(" "), class: "walk" });
    pen("path", { d: seen.map(at => `M${at}h0`).join(""), class: "walk feet" });
    explore.tap(pen.svg, pen("rect", { width: side, height: side, class: "take" }), start);

    const pace = size * lambda, limit = 2 * (1 + momentum);
    let told = `Step ${number(size, 3)} × λ ${number(lambda, 3)} = ${number(pace, 3)}, ${pace < limit ? "below" : "not below"} the limit ${number(limit, 3)}. `;
    if (away(here) < FAR) {
      const [, a, b] = ground(here), look = lookAround(ground, here, found.small * scale), at = place(here), steep = away([a, b]);
      dot(at, 16, "ring");
      const turn = angle([-a, -b], [1, 0]) * (b > 0 ? 1 : -1);
      if (steep) pen("path", { d: "M0,0h38m-8,-5l8,5l-8,5", transform: `translate(${at}) rotate(${turn})`, class: "way" });
      if (look) dot([at[0] + 16 * look[0], at[1] - 16 * look[1]], 4, "guess");
      const past = angle([-a, -b], bottom(here).map((to, axis) => to - here[axis]));
      const finds = !look ? "nothing lower" : steep && angle(look, [-a, -b]) < 1 ? "the same way" : "another way down";
      told += `${fate(path, bottom, found.near * scale)}. The slope there is ${number(steep)}${steep ? `, ${number(past < 0.05 ? 0 : past)}° off the way to the bottom` : ""}; ` +
        `looking around finds ${finds}.`;
    } else told += `It leaves: gone at step ${path.length - 1}.`;
    dot(place(path[0]), 7, "grip");
    explore.drag(pen.svg, dot(place(path[0]), 22, "take"), start);
    const [x, y] = path[0].map((to, axis) => axes[axis] + number(to, 3));
    return {
      told, label: `Contours, the walk, and an arrow down the steepest way. ${told}`,
      values: { ...values, x, y, step: number(size) },
    };
  };

  explore.descent = { walk };
  explore.start("descent", draw, { one: ({ steps }, found) => ({ steps: `${(Number(steps) + 1) % (found.steps + 1)}` }) });
})();
