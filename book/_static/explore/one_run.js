// One run or ten: draw a few seeds from the records of a comparison, and see what they alone would have said.
"use strict";
(() => {
  const mean = values => values.reduce((sum, value) => sum + value, 0) / values.length;

  /** @returns {number[]} so many of the seeds, by a shuffle that the state's seed decides */
  const drawn = (state, count) => {
    const uniform = explore.uniform(Number(state.seed)), places = Array.from({ length: count }, (_, place) => place);
    for (let place = count - 1; place > 0; place--) {
      const other = Math.floor(uniform() * (place + 1));
      [places[place], places[other]] = [places[other], places[place]];
    }
    return places.slice(0, Math.min(Number(state.runs), count));
  };

  /** @returns {[number, number]} of all ways to draw so many, how many have their mean on the other side of the bar */
  const misled = (values, size, bar) => {
    const truth = mean(values) > bar;
    let wrong = 0, ways = 0;
    const choose = (from, left, sum) => {
      if (left === 0) {
        ways += 1;
        wrong += sum / size > bar !== truth;
      } else for (let place = from; place <= values.length - left; place++) choose(place + 1, left - 1, sum + values[place]);
    };
    choose(0, size, 0);
    return [wrong, ways];
  };

  const draw = (state, found, pen) => {
    const { words, unit, bar, values, above, below } = found.comparisons[Number(state.comparison)] ?? found.comparisons[0];
    const { number } = explore, taken = drawn(state, values.length), mine = taken.map(place => values[place]);
    const all = state.all === "1", edge = [...values, bar], spread = Math.max(...edge) - Math.min(...edge);
    const [low, high] = [Math.min(...edge) - spread * 0.1, Math.max(...edge) + spread * 0.1];
    const x = value => 12 + ((value - low) / (high - low)) * (pen.width - 24), bottom = pen.height - 36, middle = bottom / 2;
    const step = [0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50].find(size => (high - low) / size <= 7) ?? 100;
    for (let tick = Math.ceil(low / step); tick * step <= high; tick++) {
      pen("line", { x1: x(tick * step), x2: x(tick * step), y1: 24, y2: bottom, class: "grid" });
      pen("text", { x: x(tick * step), y: bottom + 15, "text-anchor": "middle" }, `${Number((tick * step).toFixed(2))}`);
    }
    pen("text", { x: pen.width - 12, y: bottom + 31, "text-anchor": "end" }, unit);
    pen("line", { x1: x(bar), x2: x(bar), y1: 18, y2: bottom, class: "limit" });
    pen("text", { x: x(bar), y: 12, "text-anchor": x(bar) > pen.width / 2 ? "end" : "start" }, "the bar");
    values.forEach((value, place) => {
      const y = middle + ((place % 5) - 2) * 18, mineToo = taken.includes(place);
      if (all && !mineToo) pen("circle", { cx: x(value), cy: y, r: 5, class: "run other" });
      if (mineToo) pen("circle", { cx: x(value), cy: y, r: 7, class: "run new" });
    });
    pen("line", { x1: x(mean(mine)), x2: x(mean(mine)), y1: middle - 58, y2: middle + 58, class: "mean" });
    if (all) pen("path", { d: `M${x(mean(values))},${bottom - 12} l7,12 h-14 z`, class: "guess" });

    const said = mean(mine) > bar ? above : below, count = mine.length;
    let told = `${words}: ${count === 1 ? "this run says" : `these ${count} runs say`} ${number(mean(mine), 3)} ${unit}. You would believe: ${said}.`;
    if (all) {
      const [wrong, ways] = misled(values, count, bar);
      told += ` The mean of all ${values.length} is ${number(mean(values), 3)}, ${mean(values) > bar ? "above" : "below"} the bar. Of the ${ways} ways to draw ` +
        `${count === 1 ? "one run" : `${count} runs`}, ${wrong} would have told you the opposite.`;
    }
    return { told, label: `A dot for each run that was drawn, and their mean. ${told}`, values: { runs: `${count}` } };
  };

  explore.start("one_run", draw, { again: state => ({ seed: `${Number(state.seed) + 1}` }) });
})();
