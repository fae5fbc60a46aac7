// Three causes: switch them on and off, guess the error of each of the eight networks, and see what the records say.
"use strict";
(() => {
  const LEFT = 116, ROW = 30, TOP = 10;
  const mean = values => values.reduce((sum, value) => sum + value, 0) / values.length;
  const on = (state, cause) => state[cause] === "1";
  const cellOf = (state, found) => found.cells.find(cell => found.causes.every(cause => cell.has.includes(cause) === on(state, cause)));
  /** @returns {Map<string, number>} the guesses that were made, by cell: "full-5.none-90" in the address */
  const guesses = state => new Map(state.seen.split(".").filter(Boolean).map(one => one.split("-")).map(([key, guess]) => [key, Number(guess)]));

  const draw = (state, found, pen) => {
    const here = cellOf(state, found), seen = guesses(state), right = pen.width - 14, { number } = explore;
    const bottom = TOP + ROW * found.cells.length, x = error => LEFT + (error / 100) * (right - LEFT);
    for (const error of [0, 30, 60, 90]) {
      pen("line", { x1: x(error), x2: x(error), y1: TOP, y2: bottom, class: error === found.guessing ? "limit" : "grid" });
      pen("text", { x: x(error), y: bottom + 15, "text-anchor": "middle" }, `${error}`);
    }
    pen("text", { x: right, y: bottom + 31, "text-anchor": "end" }, `wrong on new examples, % (guessing: ${found.guessing})`);
    found.cells.forEach((cell, row) => {
      const y = TOP + ROW * (row + 0.5);
      pen("text", { x: LEFT - 12, y: y + 4, "text-anchor": "end", class: cell === here ? "strong" : "" }, `${cell === here ? "▸ " : ""}${cell.words}`);
      const guess = cell === here ? Number(state.guess) : seen.get(cell.key);
      if (seen.has(cell.key)) {
        for (const error of cell.errors) pen("circle", { cx: x(error), cy: y, r: 4, class: cell.has.includes("depth") ? "run new" : "run old" });
        pen("line", { x1: x(mean(cell.errors)), x2: x(mean(cell.errors)), y1: y - 10, y2: y + 10, class: "mean" });
      }
      const at = seen.get(cell.key) ?? guess;
      if (at !== undefined) pen("path", { d: `M${x(at)},${y - 5} l5,-9 h-10 z`, class: "guess" });
      const row_ = pen("rect", { x: 0, y: y - ROW / 2, width: pen.width, height: ROW, class: "take" });
      row_.addEventListener("click", () => pen.svg.dispatchEvent(new CustomEvent("explore", {
        detail: Object.fromEntries(found.causes.map(cause => [cause, cell.has.includes(cause) ? "1" : "0"])),
      })));
    });

    let told = `${here.told} Your guess: ${state.guess} % wrong.`;
    if (seen.has(here.key)) {
      const [low, high] = [Math.min(...here.errors), Math.max(...here.errors)].map(error => number(error));
      told = `${here.told} You guessed ${seen.get(here.key)} %. The records: ${number(mean(here.errors))} % on average over ` +
        `${here.errors.length} networks, ${low} to ${high}.`;
    }
    if (seen.size === found.cells.length) {
      const error = has => mean(found.cells.find(cell => cell.has.length === has.length && has.every(cause => cell.has.includes(cause))).errors);
      const all = error(found.causes), none = error([]);
      const worth = found.causes.map(cause =>
        `${found.names[cause]} ${number(error(found.causes.filter(other => other !== cause)) - all)} beside the other two, ` +
        `${number(none - error([cause]))} alone`);
      told += ` All eight are open. Points of error that each cause saves: ${worth.join("; ")}.`;
    }
    return { told, label: `Eight networks, with and without each cause; those that you have guessed are open. ${told}`, values: { guess: `${state.guess} %` } };
  };

  const seenNow = (state, cells) => {
    const seen = guesses(state);
    for (const cell of cells) if (!seen.has(cell.key)) seen.set(cell.key, Number(state.guess));
    return { seen: [...seen].map(([key, guess]) => `${key}-${guess}`).join(".") };
  };
  explore.start("causes", draw, {
    reveal: (state, found) => seenNow(state, [cellOf(state, found)]),
    again: () => ({ seen: "" }),
  });
})();
